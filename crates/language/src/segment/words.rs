//! Words: what lies between white space, with the marks at both ends cut off. What is cut inside: [`super::inside`].

use reportedly_record::Span;

use super::Word;
use super::inside;
use super::lists::{self, Point};
use super::marks::{
    address_len, currency_len, first_word, is_address, is_dot, is_mark, is_plural, is_rule, mail_start, mark_len,
    run_len, run_len_back,
};

/// The words of a stretch of text.
pub fn split(text: &str, within: Span) -> Vec<Word> {
    let slice = within.of(text);
    let mut cutter = Cutter { text, end: within.end, out: Vec::with_capacity(slice.len() / 5), quoted: false };
    let mut start = None;
    for (i, c) in slice.char_indices() {
        if c.is_whitespace() {
            if let Some(from) = start.take() {
                cutter.run(Span::new(within.start + from, within.start + i));
            }
        } else if start.is_none() {
            start = Some(i);
        }
    }
    if let Some(from) = start {
        cutter.run(Span::new(within.start + from, within.start + slice.len()));
    }
    cutter.out
}

struct Cutter<'t> {
    text: &'t str,
    /// Where the paragraph ends.
    end: usize,
    out: Vec<Word>,
    /// Whether a single quotation mark was opened and not yet closed.
    quoted: bool,
}

impl Cutter<'_> {
    fn push(&mut self, start: usize, end: usize) {
        if start < end {
            self.out.push(Word { span: Span::new(start, end), part_of_multiword: false });
        }
    }

    /// One run without white space.
    fn run(&mut self, span: Span) {
        let s = span.of(self.text);
        if s.bytes().all(|b| b.is_ascii_alphabetic()) {
            return inside::cut(self.text, span, &mut self.out);
        }
        if lists::is_whole(s) || is_rule(s) {
            return self.push(span.start, span.end);
        }
        match lists::address_start(s).or_else(|| mail_start(s)) {
            // "see:http://…" is an address behind something; "ahttp://" is nothing to worry about.
            Some(at) => {
                let len = address_len(&s[at..]);
                self.marks(Span::new(span.start, span.start + at));
                self.push(span.start + at, span.start + at + len);
                self.marks(Span::new(span.start + at + len, span.end));
            }
            None => self.marks(span),
        }
    }

    /// Cuts the marks off both ends; what is left goes to [`inside::cut`].
    fn marks(&mut self, span: Span) {
        let (mut start, mut end) = (span.start, span.end);
        while start < end && !self.is_kept(start, end) {
            let len = self.leading(start, end);
            if len == 0 {
                break;
            }
            self.push(start, start + len);
            start += len;
        }
        let tail_from = end;
        let mut tail = Vec::new();
        while start < end && !self.is_kept(start, end) {
            let len = self.trailing(start, end, end < tail_from);
            if len == 0 {
                break;
            }
            tail.push((end - len, end));
            end -= len;
        }
        let core = Span::new(start, end);
        let s = core.of(self.text);
        if is_address(s) || self.is_item_number(core) || lists::is_whole(s) {
            self.push(start, end);
        } else if start < end {
            inside::cut(self.text, core, &mut self.out);
        }
        for (from, to) in tail.into_iter().rev() {
            self.push(from, to);
        }
    }

    /// Whether nothing more is cut off the ends.
    fn is_kept(&self, start: usize, end: usize) -> bool {
        lists::is_whole(&self.text[start..end])
    }

    /// Bytes of the mark at the front, 0 for none.
    fn leading(&mut self, start: usize, end: usize) -> usize {
        let s = &self.text[start..end];
        let mut chars = s.chars();
        let (Some(c), next) = (chars.next(), chars.next()) else { return 0 };
        if c.is_alphanumeric() {
            return currency_len(s);
        }
        match c {
            '\'' | '’' | '‘' => {
                let rest = &s[c.len_utf8()..];
                let bare = &rest[..run_len(rest, char::is_alphanumeric)];
                let compound = rest[bare.len()..].starts_with(['-', '\'', '’']);
                let doubled = next == Some(c) || (c == '‘' && next == Some('’'));
                if doubled {
                    return 2 * c.len_utf8();
                }
                let decade = bare.as_bytes().first().is_some_and(u8::is_ascii_digit);
                if c != '‘' && (decade || (!compound && (lists::is_elided(bare) || lists::is_clitic(bare)))) {
                    return 0;
                }
                self.quoted = next.is_some_and(char::is_alphanumeric);
                c.len_utf8()
            }
            '.' if next == Some('.') => run_len(s, is_dot),
            '.' => usize::from(!next.is_some_and(char::is_numeric)),
            '-' | '+' => run_len(s, |x| x == c) * usize::from(!next.is_some_and(char::is_numeric)),
            // Hashtags and handles are words; "#1" and "@5" are not.
            '#' | '@' => usize::from(next.is_none_or(|n| !n.is_alphabetic() && n != '_')),
            '…' => run_len(s, is_dot),
            '$' | '£' | '€' | '¥' | '&' | '¿' | '¡' => c.len_utf8(),
            _ if is_mark(c) => mark_len(s, c),
            _ => 0,
        }
    }

    /// Bytes of the mark at the end, 0 for none.
    fn trailing(&mut self, start: usize, end: usize, more: bool) -> usize {
        let core = &self.text[start..end];
        let Some(c) = core.chars().next_back() else { return 0 };
        if c.is_alphanumeric() {
            return 0;
        }
        match c {
            '.' | '…' => {
                let len = run_len_back(core, is_dot);
                let kept = c == '.' && !core[..core.len() - 1].ends_with(is_dot) && self.keeps_point(start, end, more);
                if kept {
                    0
                } else if len == 2 && self.keeps_point(start, end - 1, true) {
                    1
                } else {
                    len
                }
            }
            '\'' | '’' => {
                if core.ends_with("''") || core.ends_with("’’") {
                    return 2 * c.len_utf8();
                }
                if is_plural(core) && (!self.quoted || self.closes_later(end)) {
                    return 0;
                }
                self.quoted = false;
                c.len_utf8()
            }
            '!' | '?' => run_len_back(core, |x| matches!(x, '!' | '?')),
            '-' | '–' | '—' | '+' | '*' | '=' | '_' | '~' | '<' | '>' | '`' => run_len_back(core, |x| x == c),
            // The "(s)" of "ship(s)" is no remark.
            ')' if core.len() > 3 && core.ends_with("(s)") => 0,
            '$' | '£' | '€' | '¥' | '%' | '°' | 'º' => c.len_utf8(),
            _ if is_mark(c) => c.len_utf8(),
            _ => 0,
        }
    }

    /// Whether the single quotation mark that is open closes behind `at`, before another opens.
    fn closes_later(&self, at: usize) -> bool {
        // A quotation is not longer than this many bytes where its marks are this ambiguous; the bound keeps the
        // segmenter linear.
        const FAR: usize = 400;
        let mut before = ' ';
        for (i, c) in self.text[at..self.end].char_indices() {
            if i > FAR {
                break;
            }
            let next = self.text[at + i + c.len_utf8()..self.end].chars().next();
            match c {
                '‘' => return false,
                '\'' | '’' if before.is_whitespace() && next.is_some_and(char::is_alphabetic) => return false,
                '\'' | '’' if !before.is_whitespace() && next.is_none_or(|n| !n.is_alphanumeric()) => return true,
                _ => {}
            }
            before = c;
        }
        false
    }

    /// Whether the point at the end of the characters belongs to them.
    fn keeps_point(&self, start: usize, end: usize, more: bool) -> bool {
        // No abbreviation is longer, and a run of a million points is not read again at each.
        const LONGEST: usize = 40;
        if end - start > LONGEST {
            return false;
        }
        let word = &self.text[start..end - 1];
        let last = word.rsplit(['-', '–', '/', '“', '"', '(']).next().unwrap_or_default();
        if last.is_empty() {
            return false;
        }
        if self.is_item_number(Span::new(start, end)) {
            return !more;
        }
        let after = &self.text[end..self.end];
        let next = after.trim_start();
        let single = |part: &str| part.chars().count() == 1 && part.chars().all(char::is_alphabetic);
        // Initials and acronyms: "U.S.", "J.K.", "F.".
        if last.contains('.') && last.split('.').all(single) {
            return true;
        }
        let capital = last.chars().next().is_some_and(char::is_uppercase);
        let number = next.starts_with(|c: char| c.is_ascii_digit());
        if capital && single(last) {
            // "Plan B.” She …": no initial stands in front of a closing mark.
            return last != "I"
                && !next.is_empty()
                && !next.starts_with(['"', '”'])
                && !lists::is_starter(first_word(next));
        }
        match lists::abbreviation(last).map(|(point, _)| point) {
            None => false,
            Some(Point::Always) => true,
            Some(Point::Capital) => capital,
            Some(Point::Before) => capital && !more && !next.is_empty(),
            // "(b. 1950", "(d. March 2009": the letter alone stands for too much elsewhere.
            Some(Point::Number) => number || (self.follows_bracket() && lists::is_calendar(first_word(next))),
        }
    }

    fn follows_bracket(&self) -> bool {
        self.out.last().is_some_and(|w| w.span.of(self.text) == "(")
    }

    /// "1." or "2.1." in front of an item.
    fn is_item_number(&self, span: Span) -> bool {
        let s = span.of(self.text);
        let Some(numbers) = s.strip_suffix('.') else { return false };
        let short = |part: &str| matches!(part.len(), 1 | 2) && part.bytes().all(|b| b.is_ascii_digit());
        if !s.starts_with(|c: char| matches!(c, '1'..='9')) || !numbers.split('.').all(short) {
            return false;
        }
        let fresh = |w: &Word| w.span.of(self.text).chars().all(|c| ".!?:;)•*”\"".contains(c));
        self.out.last().is_none_or(fresh) && span.end < self.end
    }
}
