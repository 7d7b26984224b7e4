//! Sentence ends among the words of a paragraph.

use super::Word;
use super::lists::{Ends, abbreviation, is_starter};

/// One past the last word of each sentence.
pub fn ends(text: &str, words: &[Word]) -> Vec<usize> {
    let form = |i: usize| words[i].span.of(text);
    let mut out = Vec::new();
    let mut i = 0;
    let mut start = 0;
    while i < words.len() {
        let mut end = i + 1;
        if stops(form(i)) {
            // Closing marks go with the sentence: only those that stand right behind the stop.
            while end < words.len() && closes(form(end)) && words[end].span.start == words[end - 1].span.end {
                end += 1;
            }
            if end == words.len() || begins(text, words, i, end) {
                out.push(end);
                start = end;
            }
        } else if let Some(kind) = pointed(form(i)) {
            if end < words.len() && kind != Ends::Never && abbreviation_ends(text, words, end) {
                out.push(end);
                start = end;
            }
        } else if end < words.len() && line_break(text, words, i, start) {
            out.push(end);
            start = end;
        }
        i = end;
    }
    if out.last() != Some(&words.len()) && !words.is_empty() {
        out.push(words.len());
    }
    out
}

fn stops(form: &str) -> bool {
    form.starts_with(['.', '!', '?', '…', '。']) && form.chars().all(|c| matches!(c, '.' | '!' | '?' | '…' | '。'))
}

fn closes(form: &str) -> bool {
    matches!(form, "\"" | "”" | "’" | "'" | ")" | "]" | "»" | "''")
}

fn opens(form: &str) -> bool {
    matches!(form, "\"" | "“" | "‘" | "'" | "(" | "[" | "«" | "``" | "-" | "—" | "–" | "*" | "•")
}

/// Whether a sentence begins at word `next`, behind the stop `stop`.
fn begins(text: &str, words: &[Word], stop: usize, next: usize) -> bool {
    let form = |i: usize| words[i].span.of(text);
    // A stop without a space behind it is inside something ("Yahoo!Mail"), unless a mark or capital follows.
    let mut at = next;
    while at < words.len() && opens(form(at)) {
        at += 1;
    }
    let Some(first) = words.get(at).map(|w| w.span.of(text)) else { return true };
    let c = first.chars().next().unwrap_or(' ');
    let dots = form(stop).starts_with("..") || form(stop) == "…";
    if dots {
        return c.is_uppercase() && next > stop;
    }
    if c.is_lowercase() {
        // "?" he asked — but a stop, a space and a lower-case brand ("iPhone") is rare enough to lose.
        return first.chars().nth(1).is_some_and(char::is_uppercase);
    }
    c.is_alphanumeric() || at > next || !c.is_ascii_punctuation()
}

/// The kind of abbreviation that the word with its point is.
fn pointed(form: &str) -> Option<Ends> {
    let word = form.strip_suffix('.')?;
    let lower = word.to_lowercase();
    if lower.is_empty() {
        return None;
    }
    if lower.chars().count() == 1 {
        return Some(Ends::Never);
    }
    abbreviation(&lower).or_else(|| word.contains('.').then_some(Ends::May))
}

/// Whether an abbreviation in front of word `next` closed its sentence too.
fn abbreviation_ends(text: &str, words: &[Word], next: usize) -> bool {
    let mut at = next;
    while at < words.len() && opens(words[at].span.of(text)) {
        at += 1;
    }
    words.get(at).is_some_and(|w| {
        let form = w.span.of(text);
        form.chars().next().is_some_and(char::is_uppercase) && is_starter(&form.to_lowercase())
    })
}

/// Whether the line ends a heading or list item: it is short, unstopped, and the next line begins with a capital.
fn line_break(text: &str, words: &[Word], i: usize, start: usize) -> bool {
    const HEADING: usize = 12;
    let gap = &text[words[i].span.end..words[i + 1].span.start];
    gap.contains('\n') && i + 1 - start <= HEADING && words[i + 1].span.of(text).chars().next().is_some_and(|c| c.is_uppercase() || matches!(c, '•' | '*' | '-' | '“' | '"'))
}
