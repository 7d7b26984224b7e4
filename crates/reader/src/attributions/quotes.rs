//! Quotations: where they begin and end, who speaks where the sentence does not say, what runs on.

use reportedly_record::{Analysis, Article, Manner, ParagraphKind, Quote, SourceKind, Span};

use super::FoundAttribution;
use super::settings::setting;
use crate::stance::Link;

/// Every quotation in double marks, in text order. One that is not closed ends with its paragraph.
pub fn quotations(article: &Article) -> Vec<Quote> {
    let mut out = Vec::new();
    for paragraph in &article.paragraphs {
        if paragraph.kind == ParagraphKind::Boilerplate {
            continue;
        }
        let text = paragraph.span.of(&article.text);
        let mut open: Option<usize> = None;
        for (i, c) in text.char_indices() {
            let at = paragraph.span.start + i;
            let end = at + c.len_utf8();
            match (c, open) {
                ('“' | '«' | '„', None) => open = Some(at),
                // A second opening mark inside an open quotation begins the next one: the first was never closed.
                ('“', Some(start)) if c == '“' => {
                    out.push(Quote { span: Span::new(start, at), closed: false });
                    open = Some(at);
                }
                ('”' | '»', Some(start)) => {
                    out.push(Quote { span: Span::new(start, end), closed: true });
                    open = None;
                }
                ('"', None) => open = Some(at),
                ('"', Some(start)) => {
                    out.push(Quote { span: Span::new(start, end), closed: true });
                    open = None;
                }
                _ => {}
            }
        }
        if let Some(start) = open {
            out.push(Quote { span: Span::new(start, paragraph.span.end), closed: false });
        }
    }
    out
}

/// How much of the content stands in quotation marks.
pub fn manner(text: &str, quotes: &[Quote], content: &[Span]) -> Manner {
    let solid = |s: Span| s.of(text).chars().filter(|c| c.is_alphanumeric()).count();
    let all: usize = content.iter().map(|c| solid(*c)).sum();
    let quoted: usize = content
        .iter()
        .flat_map(|c| {
            quotes
                .iter()
                .filter(|q| q.span.overlaps(*c))
                .map(move |q| Span::new(q.span.start.max(c.start), q.span.end.min(c.end)))
        })
        .map(solid)
        .sum();
    match (quoted, all) {
        (0, _) => Manner::Indirect,
        (q, a) if q * 10 >= a * 9 => Manner::Direct,
        _ => Manner::Mixed,
    }
}

/// Content that begins with a later sentence of a quotation begins where the quotation does: "**We tried. It failed**," she said.
pub fn run_back(analysis: &Analysis, quotes: &[Quote], found: &mut [FoundAttribution]) {
    for attribution in found.iter_mut() {
        let Some(cue) = attribution.cue.clone().map(|c| analysis.span(c)) else { continue };
        let Some(first) = attribution.content.first_mut() else { continue };
        let Some(quote) = quotes.iter().find(|q| q.span.start < first.start && first.start < q.span.end) else {
            continue;
        };
        let begins = analysis.token_at(first.start).is_some_and(|at| {
            let sentence = analysis.sentences[analysis.sentence_of(at)].tokens.start;
            analysis.tokens[sentence..at].iter().all(|t| t.upos == "PUNCT")
        });
        if begins && !quote.span.contains(cue) {
            first.start = quote.span.start;
        }
    }
}

/// Content that reaches into a quotation goes on to the quotation's end, over sentences.
pub fn run_on(article: &Article, analysis: &Analysis, quotes: &[Quote], found: &mut [FoundAttribution]) {
    for attribution in found.iter_mut() {
        let Some(last) = attribution.content.last_mut() else { continue };
        let Some(quote) = quotes.iter().find(|q| {
            q.span.start < last.end && last.end < q.span.end && q.span.start + 1 >= last.start.saturating_sub(2)
        }) else {
            continue;
        };
        // Only where the sentence ends inside the quotation; a cue that interrupts it ends the run.
        let sentence = analysis.sentences.iter().find(|s| s.span.contains(Span::new(last.start, last.start)));
        if sentence.is_some_and(|s| s.span.end < quote.span.end && s.span.end <= last.end + 3) {
            last.end = quote.span.end;
        }
        *last = fitted(article, *last);
    }
}

/// Quotations that no attribution holds: the speaker of the same paragraph, of the paragraph before, or of the one after.
pub fn speakers_next_door(article: &Article, analysis: &Analysis, quotes: &[Quote], found: &mut Vec<FoundAttribution>) {
    for (number, quote) in quotes.iter().enumerate() {
        let inner = quote.span;
        // What is said within the quotation says nothing of who speaks it.
        let around = |a: &FoundAttribution| a.cue.as_ref().is_none_or(|c| !inner.contains(analysis.span(c.clone())));
        let held = |a: &FoundAttribution| around(a) && a.content.iter().any(|c| c.overlaps(shrunk(article, inner)));
        if ((inner.end - inner.start) as f32) < setting("shortest_speech") || found.iter().any(held) {
            continue;
        }
        let Some(paragraph) = article.paragraphs.iter().position(|p| p.span.contains(inner)) else { continue };
        let bounds = article.paragraphs[paragraph].span;
        if !is_speech(article, analysis, inner) {
            continue;
        }
        let of = |span: Span| {
            found
                .iter()
                .filter(move |a| {
                    a.source.is_some()
                        && a.link != Link::None
                        && a.cue.as_ref().is_some_and(|c| span.contains(analysis.span(c.clone())))
                })
                .min_by_key(|a| a.cue.as_ref().map(|c| analysis.tokens[c.start].span.start.abs_diff(inner.start)))
        };
        let continued = number > 0 && !quotes[number - 1].closed;
        let before = paragraph.checked_sub(1).map(|p| article.paragraphs[p].span);
        let after = article.paragraphs.get(paragraph + 1).map(|p| p.span);
        let speaker = of(bounds)
            .or_else(|| before.filter(|_| continued).and_then(of))
            .or_else(|| last_speaker(found, inner))
            .or_else(|| after.and_then(of));
        let Some(speaker) = speaker else { continue };
        let source = speaker.source.clone();
        if let Some(same) = spoken_before(analysis, found, Span::new(bounds.start, inner.start)) {
            found[same].content.push(fitted(article, inner));
            continue;
        }
        found.push(FoundAttribution {
            source,
            entity: None,
            kind: SourceKind::Unspecified,
            named: false,
            cue: None,
            content: vec![fitted(article, inner)],
            manner: Manner::Direct,
            within: None,
            link: Link::Say,
            rule: "quote",
        });
    }
}

/// The attribution whose speaker goes on in the same paragraph: "We tried," **she said**. "It failed."
fn spoken_before(analysis: &Analysis, found: &[FoundAttribution], before: Span) -> Option<usize> {
    (0..found.len())
        .filter(|&i| found[i].source.is_some() && found[i].link != Link::None)
        .filter(|&i| found[i].content.iter().all(|c| c.end <= before.end))
        .filter_map(|i| Some((analysis.span(found[i].cue.clone()?), i)))
        .filter(|(cue, _)| before.contains(*cue))
        .max_by_key(|(cue, _)| cue.start)
        .map(|(_, i)| i)
}

/// The last source before the quotation, whoever it is: in a report a quotation goes on with its last speaker.
fn last_speaker(found: &[FoundAttribution], quote: Span) -> Option<&FoundAttribution> {
    found
        .iter()
        .filter(|a| {
            a.source.is_some() && a.link != Link::None && a.content.last().is_some_and(|c| c.end <= quote.start)
        })
        .max_by_key(|a| a.content.last().map(|c| c.end))
}

/// A quotation that is a sentence of its own, not a title or a borrowed word.
fn is_speech(article: &Article, analysis: &Analysis, quote: Span) -> bool {
    let tokens = analysis.tokens_in(quote);
    let verbs = tokens.clone().any(|i| matches!(analysis.tokens[i].upos.as_str(), "VERB" | "AUX"));
    let stopped = quote.of(&article.text).trim_end_matches(['”', '"', '»']).ends_with(['.', ',', '!', '?', '…']);
    let first = quote.of(&article.text).chars().nth(1).is_some_and(char::is_uppercase);
    verbs && (stopped || first)
}

fn shrunk(article: &Article, span: Span) -> Span {
    let text = span.of(&article.text);
    let lead = text.chars().next().map_or(0, char::len_utf8);
    let trail = text.chars().next_back().map_or(0, char::len_utf8);
    if lead + trail < text.len() { Span::new(span.start + lead, span.end - trail) } else { span }
}

/// The span without white space at its edges.
fn fitted(article: &Article, span: Span) -> Span {
    let text = span.of(&article.text);
    let start = span.start + (text.len() - text.trim_start().len());
    let end = span.start + text.trim_end().len();
    Span::new(start, end.max(start))
}
