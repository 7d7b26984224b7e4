//! The word lists of `data/entities`.

use std::collections::HashMap;
use std::sync::OnceLock;

use reportedly_record::EntityKind;

/// Which of "he" and "she".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    /// "he"
    Male,
    /// "she"
    Female,
}

/// Lines of a list, without comments.
pub fn lines(text: &'static str) -> Vec<&'static str> {
    text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).collect()
}

/// Titles that stand before a name, in lower case.
pub fn titles() -> &'static [&'static str] {
    static WORDS: OnceLock<Vec<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| lines(include_str!("../../data/entities/titles.txt")))
}

/// Words for a part of a place: "northern", "metro".
pub fn compass() -> &'static [&'static str] {
    static WORDS: OnceLock<Vec<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| lines(include_str!("../../data/entities/compass.txt")))
}

/// What may follow a company's name.
pub fn legal_forms() -> &'static [&'static str] {
    static WORDS: OnceLock<Vec<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| lines(include_str!("../../data/entities/legal_forms.txt")))
}

/// Words before the name of a storm.
pub fn storms() -> &'static [&'static str] {
    static WORDS: OnceLock<Vec<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| lines(include_str!("../../data/entities/storms.txt")))
}

/// Planets and moons, where no report takes place.
pub fn heavens() -> &'static [&'static str] {
    static WORDS: OnceLock<Vec<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| lines(include_str!("../../data/entities/heavens.txt")))
}

/// Nouns for places.
pub fn place_nouns() -> &'static [&'static str] {
    static WORDS: OnceLock<Vec<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| lines(include_str!("../../data/entities/place_nouns.txt")))
}

/// Nouns for places whose "of" gives their own name.
pub fn named_nouns() -> &'static [&'static str] {
    static WORDS: OnceLock<Vec<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| lines(include_str!("../../data/entities/named_nouns.txt")))
}

/// Verbs that give a name.
pub fn naming_verbs() -> &'static [&'static str] {
    static WORDS: OnceLock<Vec<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| lines(include_str!("../../data/entities/naming.txt")))
}

/// Nouns that go back to a body named before.
pub fn group_nouns() -> &'static [&'static str] {
    static WORDS: OnceLock<Vec<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| lines(include_str!("../../data/entities/group_nouns.txt")))
}

/// The gender that a title, noun or given name tells.
pub fn gender(word: &str) -> Option<Gender> {
    static TABLE: OnceLock<HashMap<&'static str, Gender>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        include_str!("../../data/entities/gender.tsv")
            .lines()
            .skip(1)
            .filter_map(|l| l.split_once('\t'))
            .map(|(word, g)| (word, if g == "f" { Gender::Female } else { Gender::Male }))
            .collect()
    });
    table.get(word.to_lowercase().as_str()).copied()
}

/// What the noun speaks of, as far as counting tells.
pub fn learned_kind(lemma: &str) -> Option<EntityKind> {
    static TABLE: OnceLock<HashMap<&'static str, EntityKind>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        include_str!("../../data/entities/nouns.tsv")
            .lines()
            .skip(1)
            .filter_map(|l| {
                let mut cells = l.split('\t');
                let kind = match (cells.next()?, cells.next()?) {
                    (noun, "person") => (noun, EntityKind::Person),
                    (noun, "organization") => (noun, EntityKind::Organization),
                    (noun, _) => (noun, EntityKind::Place),
                };
                Some(kind)
            })
            .collect()
    });
    table.get(lemma).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read() {
        assert_eq!(gender("Mrs"), Some(Gender::Female));
        assert_eq!(gender("congressman"), Some(Gender::Male));
        assert_eq!(gender("spokesman"), None);
        assert_eq!(learned_kind("borrower"), Some(EntityKind::Person));
        assert!(titles().contains(&"mr.") && place_nouns().contains(&"city"));
    }
}
