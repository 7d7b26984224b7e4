//! The event lexicon: which words name which PLOVER event, under what conditions, with which roles.
//!
//! The words live in `data/events/*.tsv`, the frames in `data/events/frames.tsv`; the README beside them is the
//! guide to adding one. This module reads them and answers which entry a word fires.

mod classes;
mod table;

pub use classes::{Classes, parse_classes};
pub use table::{Entry, Lexicon, Need, SlotRole, Test};

use std::sync::OnceLock;

/// The lexicon built into the program.
pub fn built_in() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(Lexicon::load)
}

/// Whether the verb's infinitive is acted out by its subject even where it has an object ("promised them to leave").
pub fn is_subject_control(lemma: &str) -> bool {
    static WORDS: OnceLock<Vec<&'static str>> = OnceLock::new();
    WORDS
        .get_or_init(|| {
            include_str!("../../data/stance/subject_control.txt").lines().filter(|l| !l.starts_with('#')).collect()
        })
        .contains(&lemma)
}
