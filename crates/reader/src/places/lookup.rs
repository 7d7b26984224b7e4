//! From words of a text to places: other spellings ("Mt. Vernon"), and the place in a longer name ("downtown Idlib",
//! "Jabaliya market").

use std::sync::OnceLock;

use super::gazetteer::{Gazetteer, Place, fold};

/// What is known under some words.
#[derive(Debug, Clone, Default)]
pub struct Named {
    /// The name in the words that is known, folded; all of it where nothing is.
    pub name: String,
    /// Whether it is only a part: the place is in, at or near the one that is known.
    pub part: bool,
    /// The places.
    pub places: Vec<Place>,
}

/// Names of one letter or two that could be any word are no part of a longer name.
const SHORTEST_PART: usize = 4;

/// So many people have a city that its letters may stand for it.
const GREAT_CITY: u32 = 1_000_000;

/// The places that the words may mean.
pub fn known(text: &str) -> Named {
    let whole = if is_direction(text) { Vec::new() } else { spellings(text) };
    if !whole.is_empty() {
        return Named { name: key(text), part: false, places: whole };
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    for length in (1..words.len()).rev() {
        if let Some(found) = words.windows(length).find_map(part_of_name) {
            return found;
        }
    }
    Named { name: key(text), ..Named::default() }
}

/// The place at the beginning of an organisation's name: "**Ohio** State University", "**San Diego** Police Department".
pub fn leading(text: &str) -> Named {
    let words: Vec<&str> = text.split_whitespace().collect();
    (1..words.len().min(4)).rev().find_map(|length| part_of_name(&words[..length])).unwrap_or_default()
}

/// The run of a longer name's words as a place, where it says something.
fn part_of_name(run: &[&str]) -> Option<Named> {
    if run.iter().all(|w| says_nothing(w)) || run.len() == 1 && run[0].chars().count() < SHORTEST_PART {
        return None;
    }
    let part = run.join(" ");
    let places = spellings(&part);
    (!places.is_empty()).then(|| Named { name: key(&part), part: true, places })
}

fn key(text: &str) -> String {
    let folded = fold(text);
    folded.strip_prefix("the ").map(str::to_owned).unwrap_or(folded)
}

/// The places of the name as written, and with its first word written out or abbreviated.
fn spellings(text: &str) -> Vec<Place> {
    let name = key(text);
    let gazetteer = Gazetteer::built_in();
    let mut out = gazetteer.folded(&name);
    // The map has airports' codes as names of their towns; in texts three capitals are a body or a great city: "CPA", "NYC".
    if text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase()) {
        out.retain(|p| !p.feature.starts_with("PPL") || p.population >= GREAT_CITY || fold(p.name) == name);
    }
    if let Some((first, rest)) = name.split_once(' ') {
        for (short, long) in words().iter().filter(|w| w.kind == "spelling").map(|w| (w.word, w.meant)) {
            let other = if first == short {
                long
            } else if first == long {
                short
            } else {
                continue;
            };
            for place in gazetteer.folded(&format!("{other} {rest}")) {
                if !out.contains(&place) {
                    out.push(place);
                }
            }
        }
    }
    // "Fallujah" of "Al Fallujah".
    let articles = words().iter().filter(|w| w.kind == "article" && out.is_empty());
    let with_article: Vec<Place> = articles.flat_map(|w| gazetteer.folded(&format!("{} {name}", w.word))).collect();
    out.extend(with_article);
    out
}

/// The places of the name, all of it.
pub fn known_place(text: &str) -> Vec<Place> {
    spellings(text)
}

/// Whether a place of the name lies in the state or first-level division that the container's name means.
pub fn contains(container: &str, name: &str) -> bool {
    let containers = spellings(container);
    spellings(name).iter().any(|p| {
        containers.iter().any(|c| match c.feature {
            "PCLI" => p.country == c.country && p.feature != "PCLI",
            "ADM1" => p.country == c.country && p.division == c.division && p.feature != "ADM1",
            _ => false,
        })
    })
}

/// Prepositions behind which a name is a place's, a person's or body's hardly ever.
pub fn stands_before_places(preposition: &str) -> bool {
    words().iter().any(|w| w.kind == "before" && w.word == preposition)
}

/// Whether the word only says which part: "eastern".
pub fn is_direction(word: &str) -> bool {
    let folded = fold(word);
    words().iter().any(|w| w.kind == "direction" && w.word == folded)
}

/// Directions and common nouns, and whatever is not capitalised.
fn says_nothing(word: &str) -> bool {
    let folded = fold(word);
    !word.chars().next().is_some_and(char::is_uppercase)
        || words().iter().any(|w| matches!(w.kind, "direction" | "generic") && w.word == folded)
}

struct Word {
    kind: &'static str,
    word: &'static str,
    meant: &'static str,
}

fn words() -> &'static [Word] {
    static WORDS: OnceLock<Vec<Word>> = OnceLock::new();
    WORDS.get_or_init(|| {
        include_str!("../../data/places/words.tsv")
            .lines()
            .filter(|l| !l.starts_with('#'))
            .filter_map(|line| {
                let mut cells = line.split('\t');
                Some(Word { kind: cells.next()?, word: cells.next()?, meant: cells.next().unwrap_or_default() })
            })
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_and_parts() {
        assert!(known("Mt. Vernon").places.iter().any(|p| p.division == Some("Ohio")));
        assert!(known("St. Petersburg").places.iter().any(|p| p.country == Some("RUS")));
        let part = known("downtown Idlib");
        assert!(part.part && part.name == "idlib");
        assert!(known("Fallujah").places.iter().any(|p| p.country == Some("IRQ")));
        assert!(known("CPA").places.is_empty() && !known("Cpa").places.is_empty());
        assert!(known("Qwxyz Lake").places.is_empty());
        assert_eq!(leading("Ohio Department of Development").name, "ohio");
        assert!(leading("Lake Church").places.is_empty());
    }
}
