//! Words: what lies between white space, cut at punctuation, hyphens, clitics, currency and units.

use reportedly_record::Span;

use super::Word;
use super::lists::{Ends, abbreviation, is_prefix};

/// The words of a stretch of text.
pub fn split(text: &str, within: Span) -> Vec<Word> {
    let mut out = Vec::new();
    let slice = within.of(text);
    let mut start = None;
    for (i, c) in slice.char_indices().chain([(slice.len(), ' ')]) {
        if c.is_whitespace() {
            if let Some(from) = start.take() {
                let rest = &slice[i..];
                chunk(text, Span::new(within.start + from, within.start + i), rest, &mut out);
            }
        } else if start.is_none() {
            start = Some(i);
        }
    }
    out
}

/// One run without white space; `after` is the text behind it.
fn chunk(text: &str, span: Span, after: &str, out: &mut Vec<Word>) {
    let s = span.of(text);
    if is_web(s) {
        let tail = s.trim_end_matches(['.', ',', ';', ')', '"', '”', '’', '?', '!', ':']).len();
        push(out, Span::new(span.start, span.start + tail), false);
        pieces(text, Span::new(span.start + tail, span.end), after, out);
        return;
    }
    pieces(text, span, after, out);
}

/// Cuts punctuation off both ends, then the inside.
fn pieces(text: &str, span: Span, after: &str, out: &mut Vec<Word>) {
    let (mut start, mut end) = (span.start, span.end);
    while let Some(c) = text[start..end].chars().next().filter(|&c| leads(c, &text[start..end])) {
        let len = run_length(&text[start..end], c);
        push(out, Span::new(start, start + len), false);
        start += len;
    }
    let mut tail: Vec<Span> = Vec::new();
    while start < end {
        let core = &text[start..end];
        let Some(c) = core.chars().next_back() else { break };
        let cut = match c {
            '.' => {
                let dots = core.len() - core.trim_end_matches('.').len();
                if dots > 1 { dots } else if keeps_point(core, after, !tail.is_empty()) { 0 } else { 1 }
            }
            '\'' | '’' if possessive_plural(core) => 0,
            // A mark that repeats is one word: "!!", "--".
            '!' | '?' | '-' | '—' | '–' => core.len() - core.trim_end_matches(c).len(),
            _ if trails(c) => c.len_utf8(),
            _ => 0,
        };
        if cut == 0 || cut > core.len() {
            break;
        }
        tail.push(Span::new(end - cut, end));
        end -= cut;
    }
    if start < end {
        inside(text, Span::new(start, end), out);
    }
    for mark in tail.into_iter().rev() {
        push(out, mark, false);
    }
}

/// Cuts a word at hyphens, dashes, slashes and marks inside it.
fn inside(text: &str, span: Span, out: &mut Vec<Word>) {
    let s = span.of(text);
    let chars: Vec<(usize, char)> = s.char_indices().collect();
    let mut from = 0;
    for (k, &(i, c)) in chars.iter().enumerate() {
        if i < from || k == 0 || k + 1 == chars.len() {
            continue;
        }
        let (before, next) = (chars[k - 1].1, chars[k + 1].1);
        let cut = match c {
            '-' => {
                let left = s[from..i].to_lowercase();
                let ranged = before.is_numeric() && next.is_numeric();
                !(is_prefix(&left) && from == 0 && next.is_lowercase()) && (before.is_alphanumeric() || ranged || before == '.')
            }
            '–' | '—' | '…' | '“' | '”' | '(' | ')' | '[' | ']' | '"' | ';' | '=' | '+' | '‑' => true,
            '/' => !(before.is_numeric() && next.is_numeric()),
            ',' => !(before.is_numeric() && next.is_numeric()),
            ':' => !(before.is_numeric() && next.is_numeric()),
            '.' => before.is_lowercase() && next.is_uppercase() && i >= 3 && s[from..i].chars().count() > 2,
            '?' | '!' => next.is_alphabetic(),
            _ => false,
        };
        if cut {
            let len = run_length(&s[i..], c);
            if i > from {
                clitics(text, Span::new(span.start + from, span.start + i), out);
            }
            push(out, Span::new(span.start + i, span.start + i + len), false);
            from = i + len;
        }
    }
    if from < s.len() {
        clitics(text, Span::new(span.start + from, span.end), out);
    }
}

/// "don't", "it's", "cannot"; "5pm", "10km".
fn clitics(text: &str, span: Span, out: &mut Vec<Word>) {
    let s = span.of(text);
    let lower = s.to_lowercase();
    // Lower-casing may change lengths outside ASCII; clitics are looked for only where it does not.
    if lower.len() != s.len() {
        return push(out, span, false);
    }
    let cut = |at: usize, out: &mut Vec<Word>| {
        push(out, Span::new(span.start, span.start + at), true);
        push(out, Span::new(span.start + at, span.end), true);
    };
    match lower.as_str() {
        "cannot" | "gonna" | "gotta" | "wanna" | "lemme" | "gimme" => {
            let at = if lower == "wanna" || lower == "gimme" || lower == "lemme" || lower == "gonna" || lower == "gotta" || lower == "cannot" { 3 } else { 0 };
            return cut(at, out);
        }
        _ => {}
    }
    for ending in ["n't", "n’t"] {
        if lower.ends_with(ending) && lower.len() > ending.len() {
            return cut(s.len() - ending.len(), out);
        }
    }
    for ending in ["'s", "’s", "'re", "’re", "'ve", "’ve", "'d", "’d", "'ll", "’ll", "'m", "’m"] {
        if lower.ends_with(ending) && lower.len() > ending.len() && s.is_char_boundary(s.len() - ending.len()) {
            return cut(s.len() - ending.len(), out);
        }
    }
    for ending in ["'", "’"] {
        if lower.ends_with(ending) && lower.len() > ending.len() {
            return cut(s.len() - ending.len(), out);
        }
    }
    let digits = s.len() - s.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ',').len();
    if digits > 0 && digits < s.len() && s.as_bytes()[digits - 1].is_ascii_digit() {
        let unit = &lower[digits..];
        if matches!(unit, "pm" | "am" | "p.m." | "a.m." | "km" | "kg" | "m" | "cm" | "mm" | "mph" | "kmh" | "bn" | "tn" | "k" | "ft" | "g" | "mg" | "gb" | "mb" | "°c" | "°f") {
            push(out, Span::new(span.start, span.start + digits), false);
            return push(out, Span::new(span.start + digits, span.end), false);
        }
    }
    push(out, span, false);
}

/// Whether the point at the end of `core` belongs to the word.
fn keeps_point(core: &str, after: &str, more_marks: bool) -> bool {
    let word = &core[..core.len() - 1];
    let lower = word.to_lowercase();
    let last = lower.rsplit(['-', '/', '“', '"', '(']).next().unwrap_or_default();
    if word.is_empty() || last.is_empty() {
        return false;
    }
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    // Initials and acronyms: "F.", "U.S.", "J.K."
    let acronym = last.contains('.') && last.split('.').all(|p| p.chars().count() == 1 && p.chars().all(char::is_alphabetic));
    if acronym || abbreviation(last) == Some(Ends::May) && last.contains('.') {
        return true;
    }
    if letters == 1 && word.chars().all(char::is_uppercase) {
        return word != "I" && !more_marks;
    }
    match abbreviation(last) {
        None => false,
        Some(Ends::Never) => !after.is_empty() && !more_marks && word.chars().next().is_some_and(char::is_uppercase) || last.contains('.') || matches!(last, "vs" | "ca" | "cf" | "approx" | "viz"),
        Some(Ends::Number) => {
            let next = after.trim_start().chars().next();
            next.is_some_and(|c| c.is_ascii_digit()) || matches!(last, "jan" | "feb" | "aug" | "sept" | "sep" | "oct" | "nov" | "dec") && word.chars().next().is_some_and(char::is_uppercase) && next.is_some()
        }
        Some(Ends::May) => word.chars().next().is_some_and(char::is_uppercase) || matches!(last, "etc" | "al"),
    }
}

fn possessive_plural(core: &str) -> bool {
    let word = core.trim_end_matches(['\'', '’']);
    word.ends_with(['s', 'S', 'z', 'x']) && core.len() - word.len() <= '’'.len_utf8() && !core.starts_with(['\'', '‘'])
}

/// Marks that are cut off the front. An apostrophe stays on "'s" and "'90s".
fn leads(c: char, s: &str) -> bool {
    match c {
        '\'' | '’' => s.chars().nth(1).is_none_or(|n| !n.is_numeric()) && !matches!(s.to_lowercase().as_str(), "'s" | "’s" | "'em" | "’em" | "'re" | "'ve" | "'ll" | "'d" | "'m" | "n't"),
        '.' => s.starts_with("..") || !s.chars().nth(1).is_some_and(char::is_numeric),
        '-' => !s.chars().nth(1).is_some_and(char::is_numeric),
        '$' | '£' | '€' | '¥' | '#' | '+' | '~' | '=' | '<' | '>' | '_' | '@' | '&' if s.chars().count() > 1 && c != '#' && c != '@' => true,
        _ => trails(c) || matches!(c, '¿' | '¡'),
    }
}

/// Marks that are cut off the end.
fn trails(c: char) -> bool {
    matches!(
        c,
        ',' | ';' | ':' | '!' | '?' | '"' | '“' | '”' | '„' | '‘' | '’' | '\'' | '(' | ')' | '[' | ']' | '{' | '}' | '«' | '»' | '…' | '—' | '–' | '-' | '%' | '*' | '/' | '|' | '•' | '·' | '€' | '£' | '$' | '=' | '>' | '<' | '~' | '_' | '`'
    )
}

fn run_length(s: &str, c: char) -> usize {
    match c {
        '.' | '-' | '!' | '?' | '*' | '=' | '_' | '~' => s.len() - s.trim_start_matches(c).len(),
        _ => c.len_utf8(),
    }
}

fn is_web(s: &str) -> bool {
    let lower = s.to_lowercase();
    lower.starts_with("http://") || lower.starts_with("https://") || lower.starts_with("www.")
        || (s.contains('@') && s.contains('.') && !s.starts_with('@'))
        || [".com", ".org", ".net", ".gov", ".edu"].iter().any(|d| lower.trim_end_matches(['.', ',', ')']).ends_with(d) && lower.len() > d.len() + 1)
}

fn push(out: &mut Vec<Word>, span: Span, part: bool) {
    if !span.is_empty() {
        out.push(Word { span, part_of_multiword: part });
    }
}
