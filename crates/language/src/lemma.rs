//! Lemma scripts: the edits that make a dictionary form of a word. `training/words.py` writes them.

use std::collections::HashMap;
use std::sync::OnceLock;

/// What `script` makes of `form`; the form itself where the script cuts more than there is.
pub fn apply(form: &str, script: &str) -> String {
    if let Some(word) = script.strip_prefix("=|") {
        return word.to_owned();
    }
    let mut parts = script.splitn(4, '|');
    let (Some(keep), Some(start), Some(end), Some(add)) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return form.to_owned();
    };
    let base: Vec<char> = if keep == "l" { form.to_lowercase().chars().collect() } else { form.chars().collect() };
    let (start, end) = (start.parse().unwrap_or(0), end.parse().unwrap_or(0));
    if start + end > base.len() {
        return base.into_iter().collect();
    }
    base[start..base.len() - end].iter().copied().chain(add.chars()).collect()
}

/// The lemma of a form with a part of speech: from the list of irregular forms, else by the script, whose commonest
/// fault is mended: "authorities" is "authority", not "authoritie".
pub fn of(form: &str, upos: &str, script: &str) -> String {
    let lower = form.to_lowercase();
    let table = match upos {
        "VERB" | "AUX" => &irregular().0,
        "NOUN" => &irregular().1,
        _ => return apply(form, script),
    };
    if let Some(lemma) = table.get(lower.as_str()) {
        return (*lemma).to_owned();
    }
    let lemma = apply(form, script);
    let stem = lemma.strip_suffix("ie").filter(|stem| stem.len() > 3 && lower.ends_with("ies"));
    let own = |word: &str| include_str!("../data/ie_nouns.txt").lines().any(|l| l == word);
    match stem {
        Some(stem) if !own(&lemma) => format!("{stem}y"),
        _ => lemma,
    }
}

/// The lemma, or where it is no word of the vocabulary ("disput", "urg") what regular inflection makes of the form that is one.
pub fn repaired(form: &str, upos: &str, lemma: String, is_word: impl Fn(&str) -> bool) -> String {
    let endings: &[(&str, &str)] = match upos {
        "VERB" => &[
            ("ied", "y"),
            ("ies", "y"),
            ("ing", "e"),
            ("ing", ""),
            ("ed", "e"),
            ("ed", ""),
            ("es", "e"),
            ("es", ""),
            ("s", ""),
        ],
        "NOUN" => &[("ies", "y"), ("es", ""), ("s", "")],
        _ => return lemma,
    };
    let lower = form.to_lowercase();
    // A short verb doubles its consonant before an ending: "hopped" is of "hop", "hoped" of "hope".
    let undoubled = ["ing", "ed"].iter().any(|e| lower.strip_suffix(e) == Some(&lemma)) && doubles(&lemma);
    if upos == "VERB" && undoubled && is_word(&format!("{lemma}e")) {
        return format!("{lemma}e");
    }
    if lemma.chars().count() < 2 || !lemma.is_ascii() || is_word(&lemma) || !lower.is_ascii() {
        return lemma;
    }
    let stems = endings.iter().filter_map(|(ending, put)| Some(format!("{}{put}", lower.strip_suffix(ending)?)));
    // "stopped": a doubled consonant is one.
    let single = stems
        .clone()
        .filter(|s| s.len() > 3 && s.as_bytes()[s.len() - 1] == s.as_bytes()[s.len() - 2])
        .map(|s| s[..s.len() - 1].to_owned());
    stems.chain(single).find(|s| s.len() > 1 && is_word(s)).unwrap_or(lemma)
}

/// Whether the word is of one syllable and ends in one vowel and one consonant that doubles.
fn doubles(word: &str) -> bool {
    let vowel = |c: &u8| b"aeiou".contains(c);
    match word.as_bytes() {
        [start @ .., v, c] => {
            vowel(v) && !vowel(c) && !b"wxy".contains(c) && !start.is_empty() && !start.iter().any(vowel)
        }
        _ => false,
    }
}

type Forms = HashMap<&'static str, &'static str>;

/// Irregular verb and noun forms with their lemmas.
fn irregular() -> &'static (Forms, Forms) {
    static TABLES: OnceLock<(Forms, Forms)> = OnceLock::new();
    TABLES.get_or_init(|| {
        let rows = |part: &str| {
            include_str!("../data/irregular.tsv")
                .lines()
                .filter(|l| !l.starts_with('#'))
                .filter_map(|l| {
                    let (form, rest) = l.split_once('\t')?;
                    let (kind, lemma) = rest.split_once('\t')?;
                    (kind == part).then_some((form, lemma))
                })
                .collect()
        };
        (rows("verb"), rows("noun"))
    })
}

#[cfg(test)]
mod tests {
    use super::{apply, of, repaired};

    #[test]
    fn scripts_edit() {
        assert_eq!(apply("Signed", "l|0|2|"), "sign");
        assert_eq!(apply("Turkey", "k|0|0|"), "Turkey");
        assert_eq!(apply("was", "=|be"), "be");
        assert_eq!(apply("cities", "l|0|3|y"), "city");
        assert_eq!(apply("a", "l|0|3|y"), "a");
    }

    #[test]
    fn plurals_in_ies() {
        assert_eq!(of("authorities", "NOUN", "l|0|1|"), "authority");
        assert_eq!(of("movies", "NOUN", "l|0|1|"), "movie");
        assert_eq!(of("ties", "NOUN", "l|0|1|"), "tie");
    }

    #[test]
    fn a_lemma_that_is_no_word_is_repaired() {
        let vocabulary = ["deny", "urge", "stop", "dispute"];
        let fix = |form: &str, lemma: &str| repaired(form, "VERB", lemma.to_owned(), |w| vocabulary.contains(&w));
        assert_eq!(fix("denied", "deni"), "deny");
        assert_eq!(fix("Urging", "urg"), "urge");
        assert_eq!(fix("stopped", "stopp"), "stop");
        assert_eq!(fix("disputed", "disput"), "dispute");
        assert_eq!(fix("zorped", "zorp"), "zorp");
    }

    #[test]
    fn a_short_verb_doubles_its_consonant() {
        let fix = |form: &str, lemma: &str| repaired(form, "VERB", lemma.to_owned(), |_| true);
        assert_eq!(fix("hoping", "hop"), "hope");
        assert_eq!(fix("hopping", "hop"), "hop");
        assert_eq!(fix("fired", "fir"), "fire");
        assert_eq!(fix("helped", "help"), "help");
    }

    #[test]
    fn irregular_forms_go_by_the_list() {
        assert_eq!(of("Held", "VERB", "l|0|1|"), "hold");
        assert_eq!(of("gunmen", "NOUN", "l|0|0|"), "gunman");
    }
}
