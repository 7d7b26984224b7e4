//! The segmenter's word lists, read once from `data/`.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

/// What the point behind an abbreviation says of the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// It never ends there.
    Never,
    /// It ends there unless a number follows.
    Number,
    /// It may end there.
    May,
}

/// What the abbreviation (lower case, without its last point) says, if it is one.
pub fn abbreviation(word: &str) -> Option<Ends> {
    static TABLE: OnceLock<HashMap<&str, Ends>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        lines(include_str!("data/abbreviations.tsv"))
            .filter_map(|l| l.split_once('\t'))
            .map(|(w, e)| (w, match e { "may" => Ends::May, "number" | "month" => Ends::Number, _ => Ends::Never }))
            .collect()
    });
    table.get(word).copied()
}

/// Whether the prefix stays on its word in spite of the hyphen.
pub fn is_prefix(word: &str) -> bool {
    static TABLE: OnceLock<HashSet<&str>> = OnceLock::new();
    TABLE.get_or_init(|| lines(include_str!("data/prefixes.txt")).collect()).contains(word)
}

/// Whether the word (lower case) begins sentences more often than names.
pub fn is_starter(word: &str) -> bool {
    static TABLE: OnceLock<HashSet<&str>> = OnceLock::new();
    TABLE.get_or_init(|| lines(include_str!("data/starters.txt")).collect()).contains(word)
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|l| !l.is_empty() && !l.starts_with('#'))
}
