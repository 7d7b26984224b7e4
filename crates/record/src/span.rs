//! A stretch of text, and the one conversion from bytes to code points.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A half-open stretch of the article's text.
///
/// In memory `start` and `end` are byte offsets on character boundaries; in a reading that went through
/// [`crate::Reading::in_code_points`] they are Unicode code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, Default)]
pub struct Span {
    /// Offset of the first character.
    pub start: usize,
    /// Offset behind the last character.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end`, `start <= end`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "span {start}..{end} runs backwards");
        Self { start, end }
    }

    /// The characters the span names; empty where it does not lie in `text` on character boundaries.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// Whether the two share a character.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether all of `other` lies in this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that holds both.
    pub fn join(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// Whether the span names no character.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// The map from byte offsets to code points of one text.
///
/// ASCII text, the common case, needs no table.
pub struct CodePoints {
    /// `table[i]` is the number of characters that start before byte `i * STRIDE`.
    table: Vec<u32>,
    ascii: bool,
}

const STRIDE: usize = 64;

impl CodePoints {
    /// Counts the characters of `text` once.
    pub fn of(text: &str) -> Self {
        if text.is_ascii() {
            return Self { table: Vec::new(), ascii: true };
        }
        let mut table = Vec::with_capacity(text.len() / STRIDE + 2);
        let mut seen = 0u32;
        for (i, byte) in text.bytes().enumerate() {
            if i % STRIDE == 0 {
                table.push(seen);
            }
            seen += u32::from(byte & 0xC0 != 0x80);
        }
        table.push(seen);
        Self { table, ascii: false }
    }

    /// The code-point offset of byte offset `at` in the same `text`.
    pub fn at(&self, text: &str, at: usize) -> usize {
        if self.ascii {
            return at;
        }
        let block = at / STRIDE;
        let before = self.table.get(block).copied().unwrap_or_default() as usize;
        let rest = &text.as_bytes()[(block * STRIDE).min(text.len())..at.min(text.len())];
        before + rest.iter().filter(|&&b| b & 0xC0 != 0x80).count()
    }

    /// The span in code points.
    pub fn span(&self, text: &str, span: Span) -> Span {
        Span::new(self.at(text, span.start), self.at(text, span.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn code_points_are_what_python_counts(text in "\\PC{0,300}", at in 0usize..300) {
            let map = CodePoints::of(&text);
            let byte = text.char_indices().map(|(i, _)| i).chain([text.len()]).nth(at).unwrap_or(text.len());
            prop_assert_eq!(map.at(&text, byte), text[..byte].chars().count());
        }
    }

    #[test]
    fn a_span_outside_the_text_names_nothing() {
        assert_eq!(Span::new(3, 9).of("abc"), "");
        assert_eq!(Span::new(1, 2).of("é"), "");
    }
}
