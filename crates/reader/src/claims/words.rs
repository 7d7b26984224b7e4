//! The word lists of `data/claims`.

use std::sync::OnceLock;

use crate::entities::lines;

/// Verbs of lasting control.
pub fn holding() -> &'static [&'static str] {
    static WORDS: OnceLock<Vec<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| lines(include_str!("../../data/claims/holding.txt")))
}

/// Nouns for what somebody holds.
pub fn strongholds() -> &'static [&'static str] {
    static WORDS: OnceLock<Vec<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| lines(include_str!("../../data/claims/strongholds.txt")))
}

/// Nouns for a part of what their "of" names.
pub fn parts() -> &'static [&'static str] {
    static WORDS: OnceLock<Vec<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| lines(include_str!("../../data/claims/parts.txt")))
}
