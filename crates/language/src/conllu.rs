//! CoNLL-U: given words in, analyses out. The format is <https://universaldependencies.org/format.html>.
//!
//! MISC carries `SpaceAfter=No`, `TokenRange=start:end` (code points of the text), `NER=` and `Factuality=`.

use std::fmt::Write;

use reportedly_record::{Analysis, Article, CodePoints, Name, Paragraph, ParagraphKind, Sentence, Span, Token};
use thiserror::Error;

use crate::model::{TaggedWord, name_kind};

/// What is wrong with a CoNLL-U file.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("line {line}: {reason}")]
pub struct ConlluError {
    /// Line of the file, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

/// A sentence as a file gives it: its comments and its words.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GivenSentence {
    /// Comment lines with their `#`.
    pub comments: Vec<String>,
    /// Rows in file order; empty nodes are left out.
    pub rows: Vec<GivenRow>,
}

/// A line of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum GivenRow {
    /// A multiword token: first and last word, and its line.
    Multiword(usize, usize, String),
    /// A word: its ten columns.
    Word(Vec<String>),
}

impl GivenSentence {
    /// The words' forms in order.
    pub fn forms(&self) -> Vec<&str> {
        self.words().map(|c| c[1].as_str()).collect()
    }

    fn words(&self) -> impl Iterator<Item = &Vec<String>> {
        self.rows.iter().filter_map(|r| match r {
            GivenRow::Word(columns) => Some(columns),
            GivenRow::Multiword(..) => None,
        })
    }
}

/// Reads a file's sentences.
pub fn parse(text: &str) -> Result<Vec<GivenSentence>, ConlluError> {
    let mut out = Vec::new();
    let mut current = GivenSentence::default();
    for (number, line) in text.lines().chain([""]).enumerate() {
        let error = |reason: &str| ConlluError { line: number + 1, reason: reason.to_owned() };
        if line.trim().is_empty() {
            if !current.rows.is_empty() {
                out.push(std::mem::take(&mut current));
            }
            continue;
        }
        if line.starts_with('#') {
            current.comments.push(line.to_owned());
            continue;
        }
        let columns: Vec<String> = line.split('\t').map(str::to_owned).collect();
        if columns.len() != 10 {
            return Err(error(&format!("{} columns instead of 10; is it CoNLL-U with tabs?", columns.len())));
        }
        if columns[0].contains('.') {
            continue;
        }
        if let Some((a, b)) = columns[0].split_once('-') {
            let range = a.parse().ok().zip(b.parse().ok()).filter(|(a, b): &(usize, usize)| a <= b && *a > 0);
            let (a, b) = range.ok_or_else(|| error("a multiword range that is no range"))?;
            current.rows.push(GivenRow::Multiword(a, b, columns[1].clone()));
        } else {
            let expected = current.words().count() + 1;
            if columns[0].parse() != Ok(expected) {
                return Err(error(&format!("word `{}` where word {expected} should stand", columns[0])));
            }
            current.rows.push(GivenRow::Word(columns));
        }
    }
    Ok(out)
}

/// The given sentences with the model's columns; words, ranges, comments and `SpaceAfter` stay as given.
pub fn write_given(sentences: &[GivenSentence], tags: &[Vec<TaggedWord>]) -> String {
    let mut out = String::new();
    for (sentence, tags) in sentences.iter().zip(tags) {
        for comment in &sentence.comments {
            let _ = writeln!(out, "{comment}");
        }
        let mut words = tags.iter();
        for row in &sentence.rows {
            match row {
                GivenRow::Multiword(a, b, form) => {
                    let _ = writeln!(out, "{a}-{b}\t{form}\t_\t_\t_\t_\t_\t_\t_\t_");
                }
                GivenRow::Word(columns) => {
                    let Some(tag) = words.next() else { continue };
                    let mut misc: Vec<String> = columns[9].split('|').filter(|m| m.starts_with("SpaceAfter=")).map(str::to_owned).collect();
                    misc.extend(model_misc(&tag.upos, &tag.ner, tag.factuality));
                    row_to(&mut out, &columns[0], &columns[1], tag, &misc);
                }
            }
        }
        out.push('\n');
    }
    out
}

/// An analysis as CoNLL-U, with the text's paragraphs as `newpar`.
pub fn write(article: &Article, analysis: &Analysis, multiword: &dyn Fn(usize) -> bool) -> String {
    let mut out = String::new();
    let map = CodePoints::of(&article.text);
    let mut last_paragraph = None;
    let ner = name_tags(analysis);
    for (number, sentence) in analysis.sentences.iter().enumerate() {
        if number == 0 {
            let _ = writeln!(out, "# newdoc id = {}", article.id);
        }
        if last_paragraph != Some(sentence.paragraph) {
            out.push_str("# newpar\n");
            last_paragraph = Some(sentence.paragraph);
        }
        let text: Vec<&str> = sentence.span.of(&article.text).split_whitespace().collect();
        let _ = writeln!(out, "# sent_id = {}\n# text = {}", number + 1, text.join(" "));
        for i in sentence.tokens.clone() {
            let token = &analysis.tokens[i];
            let id = i - sentence.tokens.start + 1;
            let part = |k: usize| sentence.tokens.contains(&k) && multiword(k);
            let glued = |k: usize| k > sentence.tokens.start && analysis.tokens[k - 1].span.end == analysis.tokens[k].span.start;
            if part(i) && !(part(i.wrapping_sub(1)) && glued(i)) {
                let mut last = i;
                while part(last + 1) && glued(last + 1) {
                    last += 1;
                }
                let whole = Span::new(token.span.start, analysis.tokens[last].span.end);
                let space = if spaced(article, whole.end) { "_" } else { "SpaceAfter=No" };
                let _ = writeln!(out, "{id}-{}\t{}\t_\t_\t_\t_\t_\t_\t_\t{space}", last - sentence.tokens.start + 1, whole.of(&article.text));
            }
            let mut misc = Vec::new();
            if !spaced(article, token.span.end) {
                misc.push("SpaceAfter=No".to_owned());
            }
            let range = map.span(&article.text, token.span);
            misc.push(format!("TokenRange={}:{}", range.start, range.end));
            misc.extend(model_misc(&token.upos, &ner[i], token.factuality));
            let tag = TaggedWord {
                lemma: token.lemma.clone(),
                upos: token.upos.clone(),
                xpos: token.xpos.clone(),
                feats: if token.feats.is_empty() { "_".to_owned() } else { token.feats.clone() },
                head: token.head.map(|h| h - sentence.tokens.start),
                deprel: token.deprel.clone(),
                ner: String::new(),
                factuality: token.factuality,
            };
            row_to(&mut out, &id.to_string(), &token.form, &tag, &misc);
        }
        out.push('\n');
    }
    out
}

fn row_to(out: &mut String, id: &str, form: &str, tag: &TaggedWord, misc: &[String]) {
    let head = tag.head.map_or(0, |h| h + 1);
    let misc = if misc.is_empty() { "_".to_owned() } else { misc.join("|") };
    let _ = writeln!(out, "{id}\t{form}\t{}\t{}\t{}\t{}\t{head}\t{}\t_\t{misc}", tag.lemma, tag.upos, tag.xpos, tag.feats, tag.deprel);
}

fn model_misc(upos: &str, ner: &str, factuality: f32) -> Vec<String> {
    let mut out = Vec::new();
    if !ner.is_empty() && ner != "O" {
        out.push(format!("NER={ner}"));
    }
    if matches!(upos, "VERB" | "ADJ" | "NOUN" | "AUX" | "PROPN") {
        out.push(format!("Factuality={factuality:.2}"));
    }
    out
}

fn spaced(article: &Article, end: usize) -> bool {
    article.text[end..].chars().next().is_none_or(char::is_whitespace)
}

fn name_tags(analysis: &Analysis) -> Vec<String> {
    let mut out = vec![String::new(); analysis.tokens.len()];
    for name in &analysis.names {
        let kind = format!("{:?}", name.kind).to_lowercase();
        for (k, i) in name.tokens.clone().enumerate() {
            out[i] = format!("{}-{kind}", if k == 0 { "B" } else { "I" });
        }
    }
    out
}

/// An article and its analysis from CoNLL-U whose columns are filled: how symbolic stages are tested without the model.
pub fn read_analysis(text: &str) -> Result<(Article, Analysis), ConlluError> {
    let mut article = Article { id: "conllu".to_owned(), ..Article::default() };
    let mut analysis = Analysis::default();
    for (number, sentence) in parse(text)?.into_iter().enumerate() {
        let new = sentence.comments.iter().any(|c| c.starts_with("# newpar") || c.starts_with("# newdoc"));
        if new || number == 0 {
            if number > 0 {
                article.text.push_str("\n\n");
            }
            let at = article.text.len();
            article.paragraphs.push(Paragraph { span: Span::new(at, at), kind: ParagraphKind::Body });
        } else if !article.text.is_empty() && !article.text.ends_with(' ') {
            article.text.push(' ');
        }
        let start = article.text.len();
        let offset = analysis.tokens.len();
        // Words of a multiword token share its characters: the first words take their own, the last one the rest.
        let mut multiword: Option<(usize, String)> = None;
        for row in &sentence.rows {
            match row {
                GivenRow::Multiword(_, last, form) => multiword = Some((*last, form.clone())),
                GivenRow::Word(c) => {
                    let id = analysis.tokens.len() - offset + 1;
                    let at = article.text.len();
                    let mut spaced = !c[9].contains("SpaceAfter=No");
                    let piece = match &mut multiword {
                        Some((last, rest)) if id < *last => {
                            spaced = false;
                            let cut = if rest.to_lowercase().starts_with(&c[1].to_lowercase()) { c[1].len() } else { rest.chars().next().map_or(0, char::len_utf8) };
                            let cut = if rest.is_char_boundary(cut) { cut } else { rest.len() };
                            rest.drain(..cut).collect()
                        }
                        Some((_, rest)) => {
                            let rest = std::mem::take(rest);
                            multiword = None;
                            rest
                        }
                        None => c[1].clone(),
                    };
                    article.text.push_str(&piece);
                    analysis.tokens.push(Token {
                        span: Span::new(at, article.text.len()),
                        form: c[1].clone(),
                        lemma: c[2].clone(),
                        upos: c[3].clone(),
                        xpos: c[4].clone(),
                        feats: if c[5] == "_" { String::new() } else { c[5].clone() },
                        head: c[6].parse::<usize>().ok().filter(|h| *h > 0).map(|h| h - 1 + offset),
                        deprel: c[7].clone(),
                        factuality: misc(&c[9], "Factuality").and_then(|f| f.parse().ok()).unwrap_or(3.0),
                    });
                    if let Some(kind) = misc(&c[9], "NER").and_then(|tag| Some((tag.starts_with("I-"), name_kind(tag.get(2..)?)?))) {
                        let here = analysis.tokens.len() - 1;
                        match analysis.names.last_mut() {
                            Some(name) if kind.0 && name.tokens.end == here => name.tokens.end += 1,
                            _ => analysis.names.push(Name { tokens: here..here + 1, kind: kind.1 }),
                        }
                    }
                    if spaced {
                        article.text.push(' ');
                    }
                }
            }
        }
        let end = article.text.trim_end().len();
        article.text.truncate(end);
        let tokens = offset..analysis.tokens.len();
        let count = tokens.len();
        for i in tokens.clone() {
            let head = analysis.tokens[i].head;
            if head.is_some_and(|h| h >= offset + count) {
                return Err(ConlluError { line: 0, reason: format!("sentence {}: a head outside the sentence", number + 1) });
            }
        }
        let paragraph = article.paragraphs.len() - 1;
        article.paragraphs[paragraph].span.end = end;
        analysis.sentences.push(Sentence { span: Span::new(start, end), tokens, paragraph });
    }
    Ok((article, analysis))
}

fn misc<'a>(column: &'a str, key: &str) -> Option<&'a str> {
    column.split('|').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "# newpar\n1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n1\tdo\tdo\tAUX\tVBP\t_\t3\taux\t_\t_\n2\tn't\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_\n3\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No\n4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_\n\n";

    #[test]
    fn a_given_tree_becomes_an_analysis() {
        let (article, analysis) = read_analysis(SAMPLE).expect("the sample is well formed");
        assert_eq!(article.text, "don't go.");
        let words: Vec<&str> = analysis.tokens.iter().map(|t| t.span.of(&article.text)).collect();
        assert_eq!(words, ["do", "n't", "go", "."]);
        assert_eq!(analysis.tokens[0].head, Some(2));
    }

    #[test]
    fn a_line_with_too_few_columns_is_named() {
        let error = parse("1\tdo\n").expect_err("two columns");
        assert_eq!(error.to_string(), "line 1: 2 columns instead of 10; is it CoNLL-U with tabs?");
    }

    #[test]
    fn words_must_be_counted_from_one() {
        assert!(parse("2\ta\t_\t_\t_\t_\t_\t_\t_\t_\n").is_err());
    }
}
