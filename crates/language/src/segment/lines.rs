//! What lines say of sentences: a dateline, a line drawn between paragraphs, a line that was broken on purpose.

use reportedly_record::Span;

use super::Word;
use super::lists;

/// A line shorter than this (in characters) was not filled: whoever broke it meant it.
const FILLED: usize = 45;
/// No dateline is longer (in words).
const DATELINE: usize = 16;
/// Marks of a line drawn with marks.
const RULE: usize = 8;

/// The lines of a paragraph.
pub struct Lines {
    /// Characters of the longest; 0 where there is only one line.
    longest: usize,
}

impl Lines {
    /// Measures the paragraph.
    pub fn of(text: &str, paragraph: Span) -> Self {
        let lines = paragraph.of(text);
        if !lines.contains('\n') {
            return Self { longest: 0 };
        }
        Self { longest: lines.lines().map(|line| line.trim_end().chars().count()).max().unwrap_or_default() }
    }

    /// Whether the line ends behind word `i` because its author wanted a new one: the next word would have fitted.
    pub fn breaks(&self, text: &str, words: &[Word], i: usize) -> bool {
        let (Some(word), Some(next)) = (words.get(i), words.get(i + 1)) else { return false };
        if self.longest == 0 || !text[word.span.end..next.span.start].contains('\n') {
            return false;
        }
        let first = next.span.of(text);
        if is_bullet(first) {
            return true;
        }
        if word.span.of(text).ends_with([',', '-', '–', '—', '/', '&']) || first.starts_with(char::is_lowercase) {
            return false;
        }
        let from = text[..word.span.end].rfind('\n').map_or(0, |n| n + 1);
        let used = text[from..word.span.end].trim_start().chars().count();
        let wanted = text[next.span.start..].split(char::is_whitespace).next().unwrap_or_default().chars().count();
        used < FILLED || used + wanted < self.longest
    }
}

/// Whether a line drawn with marks begins or ends behind word `i` of the sentence that begins at `start`.
pub fn is_rule(text: &str, words: &[Word], start: usize, i: usize) -> bool {
    let drawn = |w: &Word| {
        let form = w.span.of(text);
        form.len() >= RULE && form.bytes().all(|b| matches!(b, b'=' | b'_' | b'*' | b'-' | b'~'))
    };
    let Some(next) = words.get(i + 1).filter(|next| next.span.start > words[i].span.end) else { return false };
    (i == start && drawn(&words[i])) || drawn(next)
}

/// One past the last word of the dateline that opens a report: "NAIROBI, Sept. 5 (Wire) —".
/// UD English makes it a sentence of its own.
pub fn dateline(text: &str, words: &[Word]) -> Option<usize> {
    let form = |i: usize| words[i].span.of(text);
    let spaced = |i: usize| i > 0 && words[i - 1].span.end < words[i].span.start;
    let dash = (1..words.len().min(DATELINE)).find(|&i| is_dash(form(i)) && (spaced(i) || form(i) != "-"))?;
    let next = words.get(dash + 1)?.span.of(text);
    let begins =
        next.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '"' | '“' | '‘' | '\'' | '('));
    // A headline may be "US - Russia talks fail", but no stop ends it.
    let reported = words.last().is_some_and(|w| w.span.of(text).ends_with(['.', '!', '?', '"', '”', '’', ')']));
    let place = form(0).chars().filter(|c| c.is_alphabetic()).count() > 1
        && form(0).chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
    let source = form(dash - 1) == ")" && form(0) != "(";
    // "MUST READ - do this" is no dateline; a place in front of a mere hyphen says who or when besides.
    let place = place && (form(dash) != "-" || (0..dash).any(|i| matches!(form(i), "," | ")")));
    let named = (0..dash).all(|i| is_named(form(i)));
    (begins && reported && named && (place || source)).then_some(dash + 1)
}

/// What may stand in a dateline: names, numbers, days, brackets.
fn is_named(form: &str) -> bool {
    let Some(c) = form.chars().next() else { return false };
    c.is_uppercase()
        || c.is_ascii_digit()
        || matches!(form, "," | "." | "(" | ")" | "/" | "-")
        || lists::is_particle(form)
}

fn is_dash(form: &str) -> bool {
    matches!(form, "—" | "–" | "-" | "--" | "―")
}

fn is_bullet(form: &str) -> bool {
    matches!(form, "•" | "*" | "·" | "●" | "▪" | "■" | "►" | "-" | "–" | "—")
}
