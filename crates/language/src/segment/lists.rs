//! The segmenter's word lists, read once from `data/`. What each column means stands at the head of its file.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What the point behind an abbreviation says of the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// Nothing ends there: its number, name or example follows ("vs.", "No. 10").
    Never,
    /// It ends there where the next word begins sentences ("in the U.S. The …").
    May,
    /// It ends there unless a day, month or zone follows ("at 5 p.m. Friday").
    Open,
}

/// What must hold for the point to belong to the letters before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Point {
    /// Nothing: they are an abbreviation always ("etc.").
    Always,
    /// They begin with a capital ("Gen.", not "gen.").
    Capital,
    /// They begin with a capital and something follows: the word may also be whole ("Mar. 5", "Mass. The").
    Before,
    /// A number follows ("No. 10").
    Number,
}

/// No list holds longer words: a run of a million marks is looked up without being read.
const LONGEST: usize = 24;

type Words = LazyLock<HashSet<&'static str>>;

static ABBREVIATIONS: LazyLock<HashMap<&str, (Point, Ends)>> = LazyLock::new(|| {
    let kind = |name: &str| match name {
        "title" => (Point::Before, Ends::Never),
        "number" => (Point::Number, Ends::Never),
        "month" => (Point::Before, Ends::Never),
        "name" => (Point::Capital, Ends::May),
        "may" => (Point::Always, Ends::May),
        "open" => (Point::Always, Ends::Open),
        _ => (Point::Always, Ends::Never),
    };
    lines(include_str!("data/abbreviations.tsv"))
        .filter_map(|line| line.split_once('\t'))
        .map(|(word, name)| (word, kind(name)))
        .collect()
});
static CONTRACTIONS: LazyLock<HashMap<String, Vec<usize>>> = LazyLock::new(|| {
    lines(include_str!("data/contractions.txt"))
        .map(|line| {
            let mut at = 0;
            let mut cuts = Vec::new();
            for part in line.split('|') {
                at += part.len();
                cuts.push(at);
            }
            cuts.pop();
            (line.replace('|', ""), cuts)
        })
        .collect()
});
static CLITICS: Words = LazyLock::new(|| lines(include_str!("data/clitics.txt")).collect());
static CALENDAR: Words = LazyLock::new(|| lines(include_str!("data/calendar.txt")).collect());
static CURRENCIES: Words = LazyLock::new(|| lines(include_str!("data/currencies.txt")).collect());
static ELISIONS: Words = LazyLock::new(|| lines(include_str!("data/elisions.txt")).collect());
static PARTICLES: Words = LazyLock::new(|| lines(include_str!("data/particles.txt")).collect());
static PREFIXES: Words = LazyLock::new(|| lines(include_str!("data/prefixes.txt")).collect());
static STARTERS: Words = LazyLock::new(|| lines(include_str!("data/starters.txt")).collect());
static UNITS: Words = LazyLock::new(|| lines(include_str!("data/units.txt")).collect());
static WHOLE: Words = LazyLock::new(|| lines(include_str!("data/whole.txt")).collect());
static SCHEMES: LazyLock<Vec<&str>> = LazyLock::new(|| lines(include_str!("data/schemes.txt")).collect());
static DOMAINS: Words = LazyLock::new(|| lines(include_str!("data/domains.txt")).collect());

/// What the abbreviation (without its last point, in any case) says, if it is one.
pub fn abbreviation(word: &str) -> Option<(Point, Ends)> {
    find(word, |lower| ABBREVIATIONS.get(lower).copied())
}

/// Where the fused word ("cannot", "gonna") is cut, in bytes.
pub fn contraction(word: &str) -> Option<&'static [usize]> {
    find(word, |lower| CONTRACTIONS.get(lower).map(Vec::as_slice))
}

/// Whether the word is a day, a month or a time zone.
pub fn is_calendar(word: &str) -> bool {
    is_in(&CALENDAR, word)
}

/// Whether the letters behind an apostrophe make a clitic with it: "re" of "'re".
pub fn is_clitic(word: &str) -> bool {
    is_in(&CLITICS, word)
}

/// Whether the letters are a currency's that stand right in front of an amount: "Rs" of "Rs500".
pub fn is_currency(word: &str) -> bool {
    is_in(&CURRENCIES, word)
}

/// Whether the word has lost its beginning to an apostrophe, which is no quotation mark then: "em" of "'em".
pub fn is_elided(word: &str) -> bool {
    is_in(&ELISIONS, word)
}

/// Whether the small word stands inside names: "al", "de", "of".
pub fn is_particle(word: &str) -> bool {
    PARTICLES.contains(word)
}

/// Whether the prefix stays on its word in spite of the hyphen.
pub fn is_prefix(word: &str) -> bool {
    is_in(&PREFIXES, word)
}

/// Whether the word begins sentences more often than names.
pub fn is_starter(word: &str) -> bool {
    is_in(&STARTERS, word)
}

/// Whether the letters behind a number are a unit, which UD English cuts off.
pub fn is_unit(word: &str) -> bool {
    is_in(&UNITS, word)
}

/// Whether the characters are one word in spite of the marks in them: ":)", "Yahoo!".
pub fn is_whole(word: &str) -> bool {
    word.len() <= LONGEST && WHOLE.contains(word)
}

/// Where an address begins in a run of characters, if there is one.
pub fn address_start(run: &str) -> Option<usize> {
    // All schemes hold one of these; most words hold neither.
    if !run.contains([':', '.']) {
        return None;
    }
    SCHEMES.iter().filter_map(|scheme| find_ignoring_case(run, scheme)).min()
}

/// Whether the letters are the last part of a domain name, which is not always a country: "com".
pub fn is_domain(word: &str) -> bool {
    is_in(&DOMAINS, word)
}

fn is_in(words: &Words, word: &str) -> bool {
    find(word, |lower| words.contains(lower).then_some(())).is_some()
}

/// Looks the word up in lower case.
fn find<T>(word: &str, look: impl Fn(&str) -> Option<T>) -> Option<T> {
    if word.len() > LONGEST {
        return None;
    }
    let mut buffer = [0; LONGEST];
    if !word.is_ascii() {
        return look(&word.to_lowercase());
    }
    let copy = buffer.get_mut(..word.len())?;
    copy.copy_from_slice(word.as_bytes());
    copy.make_ascii_lowercase();
    look(std::str::from_utf8(copy).ok()?)
}

fn find_ignoring_case(run: &str, ascii: &str) -> Option<usize> {
    run.as_bytes().windows(ascii.len()).position(|w| w.eq_ignore_ascii_case(ascii.as_bytes()))
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with("# "))
}
