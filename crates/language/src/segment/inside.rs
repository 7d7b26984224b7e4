//! What is cut inside a run of letters and marks: hyphens, slashes, clitics, amounts and units.

use reportedly_record::Span;

use super::Word;
use super::lists;

/// Cuts a run whose outer marks are gone.
pub fn cut(text: &str, span: Span, out: &mut Vec<Word>) {
    let s = span.of(text);
    if s.bytes().all(|b| b.is_ascii_alphabetic()) || is_number_code(s) {
        return letters(text, span, out);
    }
    let mut from = 0;
    let mut before = ' ';
    let mut chars = s.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let next = chars.peek().map(|&(_, n)| n);
        if i >= from
            && i > 0
            && let Some(next) = next
        {
            let len = mark_len(s, from, i, c, before, next);
            if len > 0 {
                letters(text, Span::new(span.start + from, span.start + i), out);
                push(out, span.start + i, span.start + i + len, false);
                from = i + len;
            } else if splits_glued(s, from, i, c, before, next) {
                // "Nov.28": the point stays on the month, the number is a word of its own.
                letters(text, Span::new(span.start + from, span.start + i + 1), out);
                from = i + 1;
            }
        }
        before = c;
    }
    letters(text, Span::new(span.start + from, span.end), out);
}

/// Bytes of the mark at `i` that is a word of its own, 0 where it belongs to the word around it.
fn mark_len(s: &str, from: usize, i: usize, c: char, before: char, next: char) -> usize {
    let numbers = before.is_numeric() && next.is_numeric();
    let run = |same: &dyn Fn(char) -> bool| s[i..].find(|x| !same(x)).unwrap_or(s.len() - i);
    match c {
        '-' if next == '-' => run(&|x| x == '-'),
        '-' => usize::from(!joins(&s[from..i], from == 0, &s[i + 1..])),
        '.' if next == '.' => run(&|x| matches!(x, '.' | '…')),
        '…' => run(&|x| matches!(x, '.' | '…')),
        '.' => usize::from(is_missed_space(&s[from..i], next) || is_stop(&s[from..i], next)),
        ',' => usize::from(!(numbers && is_grouped(&s[i + 1..]))),
        '/' | ':' => usize::from(!numbers),
        '!' | '?' => usize::from(!next.is_numeric()),
        '(' if s[i..].starts_with("(s)") && i + 3 == s.len() => 0,
        ')' if s[..=i].ends_with("(s)") && i + 1 == s.len() => 0,
        '(' | ')' | '[' | ']' | '{' | '}' | '"' | ';' | '=' | '+' | '>' | '<' | '|' | '*' | '%' => 1,
        '°' | 'º' | '–' | '—' | '―' | '‐' | '‑' | '“' | '”' | '«' | '»' | '→' | '•' | '·' => {
            c.len_utf8()
        }
        _ => 0,
    }
}

/// Whether the hyphen between the two stays: "pre-war", "co-operate", but "US-backed" and "eye-catching".
fn joins(left: &str, first: bool, right: &str) -> bool {
    let word = right.split('-').next().unwrap_or_default();
    let shouted = left.len() > 1 && !left.contains(char::is_lowercase) && word.contains(char::is_lowercase);
    left.is_empty() || (first && !shouted && right.starts_with(char::is_alphanumeric) && lists::is_prefix(left))
}

/// Whether the digits behind a comma go on with the number before it: "3,500" and "1,50,000", but "13,14".
fn is_grouped(right: &str) -> bool {
    // Beyond a trillion nobody counts in digits, and a list of a million numbers is not read again at each comma.
    let digits = right.bytes().take(16).take_while(|&b| b.is_ascii_digit() || b == b',').count();
    right[..digits].rsplit(',').next().is_some_and(|last| last.len() == 3)
}

/// "…the end.The next": a sentence ended and the space is missing.
fn is_missed_space(left: &str, next: char) -> bool {
    let mut chars = left.chars().rev();
    next.is_uppercase() && chars.by_ref().take(3).filter(|c| c.is_lowercase()).count() == 3
}

/// "1971.[3]", "over.”[4]": the sentence's point in front of a note or mark.
fn is_stop(left: &str, next: char) -> bool {
    let mark = matches!(next, '[' | '(' | '"' | '“' | '”');
    mark && left.len() > 1 && !left.contains('.') && lists::abbreviation(left).is_none()
}

/// Whether a number is glued to the abbreviation that ends with the point at `i`.
fn splits_glued(s: &str, from: usize, i: usize, c: char, before: char, next: char) -> bool {
    use lists::Point;
    let glued = c == '.' && next.is_ascii_digit() && before.is_alphabetic();
    glued && lists::abbreviation(&s[from..i]).is_some_and(|(point, _)| matches!(point, Point::Number | Point::Before))
}

/// Telephone numbers and dates keep their hyphens; "10-12" is a range.
fn is_number_code(s: &str) -> bool {
    if !s.contains('-') || !s.bytes().all(|b| b.is_ascii_digit() || b == b'-' || b == b'+' || b == b'/') {
        return false;
    }
    let parts = s.split('-').count();
    let Some((left, right)) = s.rsplit_once('-') else { return false };
    let local = left.rsplit('/').next().unwrap_or_default();
    // A round number on both sides makes it a range: "500-1000".
    parts > 2
        || s.starts_with('+')
        || (local.len() == 3 && right.len() == 4 && !(left.ends_with('0') && right.ends_with("00")))
}

/// A run without marks: fused words, clitics, amounts with units.
fn letters(text: &str, span: Span, out: &mut Vec<Word>) {
    let s = span.of(text);
    if let Some(cuts) = lists::contraction(s) {
        let mut at = 0;
        for &next in cuts {
            push(out, span.start + at, span.start + next, true);
            at = next;
        }
        return push(out, span.start + at, span.end, true);
    }
    if s.bytes().all(|b| b.is_ascii_alphabetic()) {
        return push(out, span.start, span.end, false);
    }
    let first = out.len();
    let mut end = s.len();
    while let Some(at) = clitic_start(&s[..end]) {
        push(out, span.start + at, span.start + end, true);
        end = at;
    }
    if end < s.len() {
        push(out, span.start, span.start + end, true);
        return out[first..].reverse();
    }
    match amount_end(s) {
        Some(at) => {
            push(out, span.start, span.start + at, false);
            push(out, span.start + at, span.end, false);
        }
        None => push(out, span.start, span.end, false),
    }
}

/// Where the last clitic begins: "'s" of "it's", "n't" of "don't", the apostrophe of "soldiers'".
fn clitic_start(s: &str) -> Option<usize> {
    let (at, mark) = s.char_indices().rev().find(|(_, c)| matches!(c, '\'' | '’' | '`' | 'ʼ'))?;
    let (left, tail) = (&s[..at], &s[at + mark.len_utf8()..]);
    if left.is_empty() {
        return None;
    }
    if tail.eq_ignore_ascii_case("t") {
        return left.ends_with(['n', 'N']).then_some(at - 1).filter(|&n| n > 0);
    }
    // "the 1930's" is a plural.
    let decade = left.len() > 1 && left.ends_with('0') && left.bytes().all(|b| b.is_ascii_digit());
    let possessive = tail.is_empty() && mark != '`';
    (possessive || (lists::is_clitic(tail) && !decade)).then_some(at)
}

/// Where the unit begins behind a number, or the number behind a currency's letters.
fn amount_end(s: &str) -> Option<usize> {
    let digit = |b: u8| b.is_ascii_digit();
    let number = s.bytes().take_while(|&b| digit(b) || matches!(b, b'.' | b',' | b':')).count();
    if number > 0 {
        let unit = &s[number..];
        return (s[..number].ends_with(|c: char| c.is_ascii_digit()) && lists::is_unit(unit)).then_some(number);
    }
    let code = s.bytes().take_while(u8::is_ascii_alphabetic).count();
    let rest = &s[code..];
    let amount =
        rest.bytes().all(|b| digit(b) || matches!(b, b'.' | b',')) && rest.starts_with(|c: char| c.is_ascii_digit());
    (amount && lists::is_currency(&s[..code])).then_some(code)
}

fn push(out: &mut Vec<Word>, start: usize, end: usize, part_of_multiword: bool) {
    if start < end {
        out.push(Word { span: Span::new(start, end), part_of_multiword });
    }
}
