//! Words to pieces: BERT's normalisation and WordPiece over the model's own vocabulary.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

use crate::encoder::Pieces;

const UNKNOWN: u32 = 100;
const BEGIN: u32 = 101;
const END: u32 = 102;
/// Longer words are unknown, as in BERT.
const LONGEST_WORD: usize = 100;

/// The vocabulary, looked up by piece.
pub struct WordPiece {
    whole: HashMap<&'static str, u32>,
    inner: HashMap<&'static str, u32>,
}

impl WordPiece {
    /// Reads a vocabulary of one piece a line; pieces inside a word begin with `##`.
    pub fn new(vocabulary: &'static str) -> WordPiece {
        let (mut whole, mut inner) = (HashMap::with_capacity(24_000), HashMap::with_capacity(8_000));
        for (id, line) in (0u32..).zip(vocabulary.lines()) {
            match line.strip_prefix("##") {
                Some(rest) => inner.insert(rest, id),
                None => whole.insert(line, id),
            };
        }
        WordPiece { whole, inner }
    }

    /// Whether the word is one piece of the vocabulary.
    pub fn knows(&self, word: &str) -> bool {
        self.whole.contains_key(word)
    }

    /// The pieces of a sentence's words, each word on its own.
    pub fn encode<'w>(&self, words: impl Iterator<Item = &'w str>) -> Pieces {
        let mut out = Pieces { ids: vec![BEGIN], shapes: vec![0], first: Vec::new() };
        for word in words {
            out.first.push(out.ids.len() as u32);
            let before = out.ids.len();
            self.word(word, &mut out.ids);
            if out.ids.len() == before {
                out.ids.push(UNKNOWN);
            }
            out.shapes.resize(out.ids.len(), shape(word));
        }
        out.ids.push(END);
        out.shapes.push(0);
        out
    }

    fn word(&self, word: &str, out: &mut Vec<u32>) {
        // The common case: one lower-case ASCII word that the vocabulary has.
        if word.bytes().all(|b| b.is_ascii_alphanumeric()) {
            let lower = word.to_ascii_lowercase();
            match self.whole.get(lower.as_str()) {
                Some(&id) => out.push(id),
                None => self.split(&lower, out),
            }
            return;
        }
        let mut current = String::new();
        let plain = word.chars().filter(|&c| !is_dropped(c)).nfd();
        let plain =
            plain.filter(|c| c.general_category() != GeneralCategory::NonspacingMark).flat_map(char::to_lowercase);
        for c in plain {
            let space = c.is_whitespace();
            if space || stands_alone(c) {
                self.split(&current, out);
                current.clear();
            }
            if !space && stands_alone(c) {
                self.split(c.encode_utf8(&mut [0; 4]), out);
            } else if !space {
                current.push(c);
            }
        }
        self.split(&current, out);
    }

    /// Greedy longest match from the left.
    fn split(&self, word: &str, out: &mut Vec<u32>) {
        if word.is_empty() {
            return;
        }
        if word.chars().count() > LONGEST_WORD {
            out.push(UNKNOWN);
            return;
        }
        let before = out.len();
        let mut at = 0;
        while at < word.len() {
            let table = if at == 0 { &self.whole } else { &self.inner };
            let found = word[at..]
                .char_indices()
                .map(|(i, c)| at + i + c.len_utf8())
                .rev()
                .find_map(|end| Some((end, *table.get(&word[at..end])?)));
            match found {
                Some((end, id)) => {
                    out.push(id);
                    at = end;
                }
                None => {
                    out.truncate(before);
                    out.push(UNKNOWN);
                    return;
                }
            }
        }
    }
}

/// What BERT's clean-up removes: controls, formatting such as the soft hyphen, private characters, and marks of lost ones.
fn is_dropped(c: char) -> bool {
    use GeneralCategory::{Control, Format, PrivateUse};
    !matches!(c, '\t' | '\n' | '\r')
        && (c == '\u{fffd}' || matches!(c.general_category(), Control | Format | PrivateUse))
}

/// BERT's punctuation and its Chinese characters, each a word of its own.
fn stands_alone(c: char) -> bool {
    c.is_ascii_punctuation()
        || !c.is_ascii() && c.general_category_group() == GeneralCategoryGroup::Punctuation
        || matches!(u32::from(c), 0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x20000..=0x2CEAF | 0xF900..=0xFAFF | 0x2F800..=0x2FA1F)
}

/// Letters in the sense of the training code (Python's `isalpha`).
fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || !c.is_ascii() && c.general_category_group() == GeneralCategoryGroup::Letter
}

/// Digits in the sense of the training code (Python's `isdigit`): decimals, and raised, lowered and ringed ones; no fractions.
fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
        || !c.is_ascii()
            && (c.general_category() == GeneralCategory::DecimalNumber
                || matches!(c, '²' | '³' | '¹' | '⁰' | '⁴'..='⁹' | '₀'..='₉' | '①'..='⑨' | '⑴'..='⑼' | '⒈'..='⒐' | '⓪' | '⓵'..='⓽' | '⓿' | '❶'..='❾' | '➀'..='➈' | '➊'..='➒'))
}

/// Casing class of a word, 1 to 12; the encoder itself is uncased. `training/words.py` has the same function.
pub fn shape(word: &str) -> u8 {
    let (mut letters, mut upper, mut chars, mut digits, mut first_upper) = (0, 0, 0, false, false);
    for c in word.chars() {
        chars += 1;
        digits |= is_digit(c);
        if is_letter(c) {
            first_upper |= letters == 0 && c.is_uppercase();
            letters += 1;
            upper += usize::from(c.is_uppercase());
        }
    }
    match (chars, letters, upper) {
        (0, ..) => 1,
        (_, 0, _) => 3 - u8::from(digits),
        (_, _, 0) if digits => 4,
        _ if digits => 5,
        (_, _, 0) => 6,
        (_, 1, 1) => 7,
        (_, l, u) if l == u => 8 + u8::from(l > 4),
        (c, l, 1) if first_upper => 10 + u8::from(l != c),
        _ => 12,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VOCABULARY: &str = include_str!("../model/vocab.txt");

    fn pieces(word: &str) -> Vec<&'static str> {
        let ids = WordPiece::new(VOCABULARY).encode([word].into_iter()).ids;
        ids[1..ids.len() - 1].iter().filter_map(|&i| VOCABULARY.lines().nth(i as usize)).collect()
    }

    #[test]
    fn words_split_as_bert_splits_them() {
        assert_eq!(pieces("talks"), ["talks"]);
        assert_eq!(pieces("Erdoğan"), ["er", "##dog", "##an"]);
        assert_eq!(pieces("U.S."), ["u", ".", "s", "."]);
        assert_eq!(pieces("Élysée"), ["ely", "##see"]);
        assert_eq!(pieces("co\u{ad}operate"), ["cooperate"]);
        assert_eq!(pieces("ΣΑΣ"), pieces("σασ"));
        assert_eq!(pieces("・ω・"), ["・", "ω", "・"]);
        assert_eq!(pieces("\u{200b}"), ["[UNK]"]);
        assert_eq!(pieces(&"x".repeat(101)), ["[UNK]"]);
    }

    #[test]
    fn shapes_tell_the_casing() {
        for (word, want) in [
            ("", 1),
            ("12", 2),
            ("%", 3),
            ("3rd", 4),
            ("F16", 5),
            ("war", 6),
            ("A", 7),
            ("UN", 8),
            ("NATION", 9),
            ("Oslo", 10),
            ("O'Neil", 12),
            ("Al-Quds", 12),
            ("Isn't", 11),
            ("iPhone", 12),
            ("½", 3),
            ("x²", 4),
        ] {
            assert_eq!(shape(word), want, "{word}");
        }
    }
}
