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

/// The dictionary form under which the lexicon may know the word: the given lemma, or what regular inflection makes of the form.
///
/// Lemmas come from a model that at times cuts a letter too many ("disput"); a known word beats an unknown one.
pub fn known_lemma(form: &str, lemma: &str, noun: bool) -> Option<String> {
    let lexicon = built_in();
    let lower = form.to_lowercase();
    let mut candidates = vec![lemma.to_lowercase()];
    let endings: &[(&str, &str)] = if noun {
        &[("ies", "y"), ("es", ""), ("s", "")]
    } else {
        &[
            ("ied", "y"),
            ("ed", ""),
            ("d", ""),
            ("ies", "y"),
            ("es", ""),
            ("s", ""),
            ("ying", "ie"),
            ("ing", ""),
            ("ing", "e"),
        ]
    };
    for (ending, put) in endings {
        if let Some(stem) = lower.strip_suffix(ending) {
            candidates.push(format!("{stem}{put}"));
            let mut letters = stem.chars().rev();
            if put.is_empty() && letters.next() == letters.next() {
                candidates.push(stem[..stem.len() - stem.chars().next_back().map_or(0, char::len_utf8)].to_owned());
            }
        }
    }
    candidates.push(lower);
    candidates.into_iter().find(|c| lexicon.knows(c, noun))
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
