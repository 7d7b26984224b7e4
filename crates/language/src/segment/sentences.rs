//! Sentence ends among the words of a paragraph. Where a line ends one: [`super::lines`].

use reportedly_record::Span;

use super::Word;
use super::lines::{self, Lines};
use super::lists::{self, Ends};

/// One past the last word of each sentence of the paragraph.
pub fn ends(text: &str, paragraph: Span, words: &[Word]) -> Vec<usize> {
    let reader = Reader { text, words };
    let lines = Lines::of(text, paragraph);
    let mut out = Vec::new();
    let mut start = 0;
    if let Some(end) = lines::dateline(text, words) {
        out.push(end);
        start = end;
    }
    let mut i = start;
    while i < words.len() {
        let mut end = i + 1;
        let ended = if reader.is_stop(i) {
            while reader.is_stop(end) && reader.touches(end) {
                end += 1;
            }
            let stop = end;
            end = reader.after_closers(end);
            let quoted = end > stop;
            end = reader.after_notes(end);
            // An ellipsis in front of a sentence stands for what was left out.
            !(i == start && reader.is_ellipsis(i)) && reader.begins(i, quoted, end)
        } else if let Some(kind) = reader.abbreviation(i) {
            end = reader.after_closers(end);
            reader.abbreviation_ends(kind, end)
        } else {
            lines.breaks(text, words, i)
        };
        if ended || end >= words.len() || lines::is_rule(text, words, start, end - 1) {
            out.push(end);
            start = end;
        }
        i = end;
    }
    out
}

struct Reader<'t> {
    text: &'t str,
    words: &'t [Word],
}

impl<'t> Reader<'t> {
    /// The word; nothing behind the last.
    fn form(&self, i: usize) -> &'t str {
        self.words.get(i).map(|w| w.span.of(self.text)).unwrap_or_default()
    }

    /// Whether no space parts the word from the one before it.
    fn touches(&self, i: usize) -> bool {
        i > 0 && i < self.words.len() && self.words[i - 1].span.end == self.words[i].span.start
    }

    fn is_stop(&self, i: usize) -> bool {
        let form = self.form(i);
        !form.is_empty() && form.chars().all(|c| matches!(c, '.' | '!' | '?' | '…' | '。'))
    }

    fn is_ellipsis(&self, i: usize) -> bool {
        let form = self.form(i);
        form.starts_with("..") || form.starts_with('…')
    }

    /// Past the marks that close what the sentence opened.
    fn after_closers(&self, mut i: usize) -> usize {
        loop {
            match self.form(i) {
                "”" | ")" | "]" | "»" | "’’" => {}
                "\"" | "''" | "’" | "'" | "*" if self.touches(i) => {}
                // What is left of the paragraph cannot be a sentence.
                "\"" | "''" if i + 1 == self.words.len() => {}
                _ => return i,
            }
            i += 1;
        }
    }

    /// Past notes behind the stop: "[3]", "[4] [citation needed]", a raised "5" in front of the next sentence.
    fn after_notes(&self, mut i: usize) -> usize {
        const LONGEST_NOTE: usize = 4;
        let from = i;
        while self.form(i) == "[" {
            let inner = (i + 1..).take(LONGEST_NOTE + 1).find(|&j| self.form(j) == "]");
            let Some(close) = inner else { return i };
            let number = close == i + 2 && is_number(self.form(i + 1));
            if !number && i == from {
                return i;
            }
            i = close + 1;
        }
        let last = i + 1 == self.words.len();
        if i == from && is_number(self.form(i)) {
            let next = self.form(i + 1);
            let begins = next.starts_with(char::is_uppercase) && lists::is_starter(next);
            return if begins || last { i + 1 } else { i };
        }
        if last && matches!(self.form(i), "[...]" | "[…]") { i + 1 } else { i }
    }

    /// Past the marks that open the next sentence.
    fn after_openers(&self, mut i: usize) -> usize {
        while is_opener(self.form(i)) {
            i += 1;
        }
        i
    }

    /// Whether a sentence begins at `next`, behind the stop `stop`; `quoted` where a closing mark stands between.
    fn begins(&self, stop: usize, quoted: bool, next: usize) -> bool {
        let at = self.after_openers(next);
        let first = self.form(at);
        let Some(c) = first.chars().next() else { return true };
        if self.is_ellipsis(stop) {
            return c.is_uppercase();
        }
        let full = self.form(stop) == ".";
        if c.is_lowercase() {
            // "“Who?” he asked" goes on; "it rained. we left" is a sentence in small letters; "iPhone" is a capital.
            let spaced = !self.touches(next);
            let brand = first.chars().nth(1).is_some_and(char::is_uppercase);
            return brand || (spaced && at > next && full) || (spaced && !quoted && self.ends_plainly(stop));
        }
        if at > next && !full && self.form(next) == "(" && c.is_numeric() {
            return false; // "Viva Maria! (1965)"
        }
        c.is_alphanumeric() || at > next || !c.is_ascii_punctuation()
    }

    /// Whether the word in front of the stop is an ordinary one, so that no abbreviation or brand ("Yahoo!") ends there.
    fn ends_plainly(&self, stop: usize) -> bool {
        const SHORTEST: usize = 4;
        let Some(before) = stop.checked_sub(1).map(|i| self.form(i)) else { return false };
        before.chars().count() >= SHORTEST && before.chars().all(char::is_lowercase)
    }

    /// What the word says of the sentence, where it is an abbreviation with its point.
    fn abbreviation(&self, i: usize) -> Option<Ends> {
        let word = self.form(i).strip_suffix('.')?;
        if word.len() < 2 || word.starts_with(|c: char| c.is_ascii_digit()) {
            return (!word.is_empty()).then_some(Ends::Never);
        }
        let known = lists::abbreviation(word).map(|(_, ends)| ends);
        known.or_else(|| word.contains('.').then_some(Ends::May))
    }

    /// Whether an abbreviation in front of word `next` closed its sentence too.
    fn abbreviation_ends(&self, kind: Ends, next: usize) -> bool {
        let first = self.form(self.after_openers(next));
        let capital = first.starts_with(char::is_uppercase);
        match kind {
            Ends::Never => false,
            Ends::May => capital && lists::is_starter(first.trim_end_matches('.')),
            Ends::Open => capital && !lists::is_calendar(first.trim_end_matches('.')),
        }
    }
}

fn is_opener(form: &str) -> bool {
    matches!(form, "\"" | "“" | "‘" | "'" | "(" | "[" | "«" | "``" | "''" | "-" | "--" | "—" | "–" | "*" | "•")
}

fn is_number(form: &str) -> bool {
    const LONGEST: usize = 3;
    !form.is_empty() && form.len() <= LONGEST && form.bytes().all(|b| b.is_ascii_digit())
}
