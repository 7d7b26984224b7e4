//! CoNLL-U: given words in, analyses out. The format is <https://universaldependencies.org/format.html>.
//!
//! MISC carries `SpaceAfter=No`, `TokenRange=start:end` (code points of the text), `NER=` and `Factuality=`.

use std::fmt::Write;
use std::ops::Range;

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
    /// The line of each row, from 1.
    lines: Vec<usize>,
}

/// A line of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum GivenRow {
    /// A multiword token.
    Multiword {
        /// Its first word, from 1.
        first: usize,
        /// Its last word.
        last: usize,
        /// Its characters.
        form: String,
        /// Its tenth column.
        misc: String,
    },
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
            GivenRow::Multiword { .. } => None,
        })
    }
}

/// Reads a file's sentences.
pub fn parse(text: &str) -> Result<Vec<GivenSentence>, ConlluError> {
    let mut out = Vec::new();
    let mut current = GivenSentence::default();
    // Words so far, and the last word that a multiword token has promised.
    let (mut count, mut promised) = (0, 0);
    for (number, line) in text.trim_start_matches('\u{feff}').lines().chain([""]).enumerate() {
        let error = |reason: String| ConlluError { line: number + 1, reason };
        if line.trim().is_empty() {
            if promised > count {
                return Err(error(format!("the sentence ends before word {promised} of its multiword token")));
            }
            if !current.rows.is_empty() {
                out.push(std::mem::take(&mut current));
            }
            (count, promised) = (0, 0);
            continue;
        }
        if line.starts_with('#') {
            current.comments.push(line.to_owned());
            continue;
        }
        let columns: Vec<String> = line.split('\t').map(str::to_owned).collect();
        if columns.len() != 10 {
            return Err(error(format!("{} columns instead of 10; is it CoNLL-U with tabs?", columns.len())));
        }
        if columns[0].contains('.') {
            continue;
        }
        let next = count + 1;
        let row = if let Some((first, last)) = columns[0].split_once('-') {
            match (first.parse(), last.parse()) {
                (Ok(first), Ok(last)) if first == next && first <= last && next > promised => {
                    promised = last;
                    GivenRow::Multiword { first, last, form: columns[1].clone(), misc: columns[9].clone() }
                }
                _ => return Err(error(format!("multiword token `{}` before word {next}", columns[0]))),
            }
        } else if columns[0].parse() == Ok(next) {
            count = next;
            GivenRow::Word(columns)
        } else {
            return Err(error(format!("word `{}` where word {next} should stand", columns[0])));
        };
        current.rows.push(row);
        current.lines.push(number + 1);
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
                GivenRow::Multiword { first, last, form, misc } => {
                    let _ = writeln!(out, "{first}-{last}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}");
                }
                GivenRow::Word(columns) => {
                    let Some(tag) = words.next() else { continue };
                    let mut misc: Vec<String> =
                        columns[9].split('|').filter(|m| m.starts_with("SpaceAfter=")).map(str::to_owned).collect();
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
            let _ = writeln!(out, "# newdoc id = {}", article.id.split_whitespace().collect::<Vec<_>>().join(" "));
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
            let glued = |k: usize| {
                k > sentence.tokens.start && analysis.tokens[k - 1].span.end == analysis.tokens[k].span.start
            };
            if part(i) && !(part(i.wrapping_sub(1)) && glued(i)) {
                let mut last = i;
                while part(last + 1) && glued(last + 1) {
                    last += 1;
                }
                let whole = Span::new(token.span.start, analysis.tokens[last].span.end);
                let space = if spaced(article, whole.end) { "_" } else { "SpaceAfter=No" };
                let _ = writeln!(
                    out,
                    "{id}-{}\t{}\t_\t_\t_\t_\t_\t_\t_\t{space}",
                    last - sentence.tokens.start + 1,
                    whole.of(&article.text)
                );
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
    let _ = writeln!(
        out,
        "{id}\t{form}\t{}\t{}\t{}\t{}\t{head}\t{}\t_\t{misc}",
        tag.lemma, tag.upos, tag.xpos, tag.feats, tag.deprel
    );
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
///
/// The text is rebuilt from forms and `SpaceAfter`; sentences always stand apart. Names come from `NER=`, factuality from
/// `Factuality=` (3 where it is missing). A head of `_` is none.
pub fn read_analysis(text: &str) -> Result<(Article, Analysis), ConlluError> {
    let mut article = Article { id: "conllu".to_owned(), ..Article::default() };
    let mut analysis = Analysis::default();
    for (number, sentence) in parse(text)?.into_iter().enumerate() {
        let new = sentence.comments.iter().any(|c| c.starts_with("# newpar") || c.starts_with("# newdoc"));
        if number > 0 {
            article.text.push_str(if new { "\n\n" } else { " " });
        }
        let start = article.text.len();
        if new || number == 0 {
            article.paragraphs.push(Paragraph { span: Span::new(start, start), kind: ParagraphKind::Body });
        }
        let tokens = read_words(&sentence, &mut article.text, &mut analysis)?;
        let paragraph = article.paragraphs.len() - 1;
        article.paragraphs[paragraph].span.end = article.text.len();
        analysis.sentences.push(Sentence { span: Span::new(start, article.text.len()), tokens, paragraph });
    }
    Ok((article, analysis))
}

/// Adds a sentence's words and names to the text and the analysis; which words those are.
fn read_words(
    sentence: &GivenSentence,
    text: &mut String,
    analysis: &mut Analysis,
) -> Result<Range<usize>, ConlluError> {
    let offset = analysis.tokens.len();
    let count = sentence.words().count();
    let mut gap = false;
    let mut multiword: Option<Multiword> = None;
    for (row, &line) in sentence.rows.iter().zip(&sentence.lines) {
        let c = match row {
            GivenRow::Multiword { last, form, misc, .. } => {
                multiword = Some(Multiword { last: *last, rest: form.clone(), spaced: spaced_after(misc) });
                continue;
            }
            GivenRow::Word(columns) => columns,
        };
        let here = analysis.tokens.len();
        if std::mem::take(&mut gap) {
            text.push(' ');
        }
        let at = text.len();
        let whole = multiword.take();
        if let Some(mut whole) = whole {
            let is_last = here - offset + 1 == whole.last;
            text.push_str(&whole.take(&c[1], is_last));
            if is_last {
                gap = whole.spaced;
            } else {
                multiword = Some(whole);
            }
        } else {
            text.push_str(&c[1]);
            gap = spaced_after(&c[9]);
        }
        let head = match c[6].as_str() {
            "_" | "0" => None,
            other => match other.parse::<usize>() {
                Ok(head) if (1..=count).contains(&head) => Some(head - 1 + offset),
                _ => {
                    return Err(ConlluError { line, reason: format!("head `{other}` in a sentence of {count} words") });
                }
            },
        };
        analysis.tokens.push(Token {
            span: Span::new(at, text.len()),
            form: c[1].clone(),
            lemma: c[2].clone(),
            upos: c[3].clone(),
            xpos: c[4].clone(),
            feats: if c[5] == "_" { String::new() } else { c[5].clone() },
            head,
            deprel: c[7].clone(),
            factuality: misc(&c[9], "Factuality").and_then(|f| f.parse().ok()).unwrap_or(3.0),
        });
        let tag = misc(&c[9], "NER").unwrap_or_default();
        if let Some(kind) = tag.get(2..).and_then(name_kind) {
            let continued = |name: &&mut Name| {
                tag.starts_with("I-") && name.kind == kind && name.tokens.end == here && here > offset
            };
            match analysis.names.last_mut().filter(continued) {
                Some(name) => name.tokens.end += 1,
                None => analysis.names.push(Name { tokens: here..here + 1, kind }),
            }
        }
    }
    Ok(offset..analysis.tokens.len())
}

/// A multiword token whose characters its words divide.
struct Multiword {
    last: usize,
    rest: String,
    spaced: bool,
}

impl Multiword {
    /// A word's own characters where the token goes on with them, else one; the last word has what is left.
    fn take(&mut self, word: &str, is_last: bool) -> String {
        if is_last {
            return std::mem::take(&mut self.rest);
        }
        let same = self.rest.get(..word.len()).is_some_and(|start| start.to_lowercase() == word.to_lowercase());
        let cut = if same { word.len() } else { self.rest.chars().next().map_or(0, char::len_utf8) };
        self.rest.drain(..cut).collect()
    }
}

fn spaced_after(misc: &str) -> bool {
    !misc.split('|').any(|m| m == "SpaceAfter=No")
}

fn misc<'a>(column: &'a str, key: &str) -> Option<&'a str> {
    column.split('|').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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

    #[test]
    fn errors_name_the_line() {
        let row = |id: &str, head: &str| format!("{id}\ta\ta\tX\tFW\t_\t{head}\tdep\t_\t_\n");
        let text = format!("# a comment\n{}{}{}", row("1", "0"), row("1.1", "_"), row("2", "7"));
        let error = read_analysis(&text).expect_err("there is no word 7");
        assert_eq!(error.to_string(), "line 4: head `7` in a sentence of 2 words");
        let error = parse(&format!("{}{}", row("1-3", "_"), row("1", "0"))).expect_err("words 2 and 3 are missing");
        assert_eq!(error.to_string(), "line 3: the sentence ends before word 3 of its multiword token");
    }

    #[test]
    fn given_words_ranges_and_comments_stay() {
        let text = "# sent_id = 7\n1-2\tcan't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n1\tca\t_\t_\t_\t_\t_\t_\t_\t_\n\
                    2\tn't\t_\t_\t_\t_\t_\t_\t_\t_\n2.1\tgo\t_\t_\t_\t_\t_\t_\t_\t_\n3\t.\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No|Old=1\n\n";
        let given = parse(text).expect("the sample is well formed");
        let word = |upos: &str, head| TaggedWord {
            lemma: "l".to_owned(),
            upos: upos.to_owned(),
            xpos: "X".to_owned(),
            feats: "_".to_owned(),
            head,
            deprel: "d".to_owned(),
            ner: "O".to_owned(),
            factuality: 1.0,
        };
        let tags = vec![word("AUX", None), word("PART", Some(0)), word("PUNCT", Some(0))];
        let want = "# sent_id = 7\n1-2\tcan't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n1\tca\tl\tAUX\tX\t_\t0\td\t_\tFactuality=1.00\n\
                    2\tn't\tl\tPART\tX\t_\t1\td\t_\t_\n3\t.\tl\tPUNCT\tX\t_\t1\td\t_\tSpaceAfter=No\n\n";
        assert_eq!(write_given(&given, &[tags]), want);
    }

    #[test]
    fn an_analysis_survives_being_written() {
        let text = "# newpar\n1\tMara\tMara\tPROPN\tNNP\tNumber=Sing\t4\tnsubj\t_\tNER=B-person|Factuality=3.00\n\
                    2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_\n2\tdid\tdo\tAUX\tVBD\t_\t4\taux\t_\tFactuality=-1.50\n\
                    3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_\n4\tleave\tleave\tVERB\tVB\t_\t0\troot\t_\tFactuality=-2.50\n\
                    5\tNew\tNew\tPROPN\tNNP\t_\t6\tcompound\t_\tNER=B-place\n6\tÖrby\tÖrby\tPROPN\tNNP\t_\t4\tobj\t_\tNER=I-place|SpaceAfter=No\n\
                    7\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_\n\n# newpar\n1\tA\u{a0}b\tb\tNOUN\tNN\t_\t0\troot\t_\tFactuality=0.25\n\n";
        let (article, analysis) = read_analysis(text).expect("the sample is well formed");
        assert_eq!(article.text, "Mara didn't leave New Örby.\n\nA\u{a0}b");
        assert_eq!(
            analysis.names.iter().map(|n| analysis.span(n.tokens.clone()).of(&article.text)).collect::<Vec<_>>(),
            ["Mara", "New Örby"]
        );
        let written = write(&article, &analysis, &|i| i == 1 || i == 2);
        assert!(written.contains("\n2-3\tdidn't\t") && written.contains("TokenRange=22:26"), "{written}");
        assert_eq!(read_analysis(&written).expect("what was written is well formed"), (article, analysis));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "([12](-2|\\.1)?\t\\PC{0,3}(\t[_012]){7}\t(_|SpaceAfter=No|NER=[BI]-place)\n|\n|#.\n|\\PC{0,4}\n){0,8}") {
            if let Ok((article, analysis)) = read_analysis(&text) {
                for token in &analysis.tokens {
                    prop_assert!(article.text.get(token.span.start..token.span.end).is_some());
                }
                for paragraph in &article.paragraphs {
                    prop_assert!(article.text.get(paragraph.span.start..paragraph.span.end).is_some());
                }
                let _ = write(&article, &analysis, &|_| true);
            }
        }
    }
}
