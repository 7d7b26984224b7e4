//! The stance tables: what governing words, modals and hedges do to an event. Data in `data/stance/`.

use std::collections::HashMap;
use std::sync::OnceLock;

use reportedly_record::{Certainty, Status};

/// What a governor makes of its complement's status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusEffect {
    /// The complement's own.
    Keep,
    /// The governor's: implicatives.
    Inherit,
    /// The governor's, but what occurred is ongoing: "continued to".
    OngoingOf,
    /// This one.
    Becomes(Status),
}

/// Whether a governor is a source of what it governs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// Neutral saying: attribution only.
    Say,
    /// A speech act: an event of its own and a link in its content's chain.
    Act,
    /// Thought, intention, aspect: no link.
    None,
}

/// What one governing word does to the events in some of its slots.
#[derive(Debug, Clone)]
pub struct Signature {
    slots: Vec<&'static str>,
    /// Effect on the status.
    pub status: StatusEffect,
    /// Whether the complement is turned round.
    pub negates: bool,
    /// What is left of the certainty; `None` keeps it.
    pub certainty: Option<Certainty>,
    /// Whether the governor is a source.
    pub link: Link,
    /// Whether a negation of the governor reaches the complement.
    pub passes_negation: bool,
}

/// What a hedging word says of the event it modifies.
#[derive(Debug, Clone)]
pub struct Hedge {
    /// The status it sets, if any.
    pub status: Option<Status>,
    /// The certainty it leaves, if any.
    pub certainty: Option<Certainty>,
    /// ICD 203 band.
    pub probability: Option<[f64; 2]>,
    /// Whether it turns the claim round ("unlikely").
    pub negates: bool,
    /// Whether it stands for an unnamed source ("reportedly").
    pub link: bool,
}

/// What an auxiliary says of its verb's status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Modal {
    /// will, shall.
    Future,
    /// would.
    Would,
    /// This status, this certainty.
    Status(Status, Option<Certainty>),
}

/// Words of one part of speech.
type Words<T> = HashMap<&'static str, T>;

/// All stance tables.
pub struct Stances {
    signatures: HashMap<&'static str, Words<Vec<Signature>>>,
    hedges: HashMap<&'static str, Words<Hedge>>,
    modals: HashMap<&'static str, Modal>,
    durative: Vec<&'static str>,
    occurrence: Vec<&'static str>,
}

impl Stances {
    /// The tables built into the program.
    pub fn built_in() -> &'static Stances {
        static TABLES: OnceLock<Stances> = OnceLock::new();
        TABLES.get_or_init(Stances::load)
    }

    /// The effect of `lemma` (UD part of speech `upos`) on what stands in its `slot`.
    pub fn signature(&self, lemma: &str, upos: &str, slot: &str) -> Option<&Signature> {
        self.signatures_of(lemma, upos).iter().find(|s| s.slots.contains(&slot))
    }

    /// Every signature of the word.
    pub fn signatures_of(&self, lemma: &str, upos: &str) -> &[Signature] {
        let pos = match upos {
            "VERB" | "AUX" => "verb",
            "NOUN" | "PROPN" => "noun",
            "ADJ" => "adj",
            _ => return &[],
        };
        self.signatures.get(pos).and_then(|words| words.get(lemma)).map_or(&[], Vec::as_slice)
    }

    /// What the adverb, adjective or auxiliary hedges.
    pub fn hedge(&self, lemma: &str, pos: &str) -> Option<&Hedge> {
        self.hedges.get(pos).and_then(|words| words.get(lemma))
    }

    /// What the modal auxiliary says.
    pub fn modal(&self, lemma: &str) -> Option<Modal> {
        self.modals.get(lemma).copied()
    }

    /// Whether the event noun names something stretched in time.
    pub fn is_durative(&self, noun: &str) -> bool {
        self.durative.contains(&noun)
    }

    /// Whether the verb's subject is the event itself ("talks will resume").
    pub fn is_occurrence(&self, verb: &str) -> bool {
        self.occurrence.contains(&verb)
    }

    fn load() -> Stances {
        let mut signatures: HashMap<_, Words<Vec<Signature>>> = HashMap::new();
        for row in rows(include_str!("../../data/stance/signatures.tsv")) {
            let [lemma, pos, slots, status, polarity, certainty, link, negation] = row[..] else { continue };
            signatures.entry(pos).or_default().entry(lemma).or_default().push(Signature {
                slots: slots.split('|').collect(),
                status: match status {
                    "keep" => StatusEffect::Keep,
                    "inherit" => StatusEffect::Inherit,
                    "ongoing-of" => StatusEffect::OngoingOf,
                    other => parse_status(other).map_or(StatusEffect::Keep, StatusEffect::Becomes),
                },
                negates: polarity == "negative",
                certainty: parse_certainty(certainty),
                link: match link {
                    "say" => Link::Say,
                    "act" => Link::Act,
                    _ => Link::None,
                },
                passes_negation: negation == "yes",
            });
        }
        let mut hedges: HashMap<_, Words<Hedge>> = HashMap::new();
        for row in rows(include_str!("../../data/stance/hedges.tsv")) {
            let [lemma, pos, status, certainty, low, high, polarity, link] = row[..] else { continue };
            let hedge = Hedge {
                status: parse_status(status),
                certainty: parse_certainty(certainty),
                probability: low.parse().ok().zip(high.parse().ok()).map(|(l, h)| [l, h]),
                negates: polarity == "negative",
                link: link == "yes",
            };
            hedges.entry(pos).or_default().insert(lemma, hedge);
        }
        let mut modals = HashMap::new();
        for row in rows(include_str!("../../data/stance/modals.tsv")) {
            let [lemma, status, certainty] = row[..] else { continue };
            let modal = match status {
                "future" => Modal::Future,
                "would" => Modal::Would,
                other => Modal::Status(parse_status(other).unwrap_or(Status::Possible), parse_certainty(certainty)),
            };
            modals.insert(lemma, modal);
        }
        Stances {
            signatures,
            hedges,
            modals,
            durative: words(include_str!("../../data/stance/durative.txt")),
            occurrence: words(include_str!("../../data/stance/occurrence.txt")),
        }
    }
}

fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().skip(1).filter(|l| !l.is_empty() && !l.starts_with('#')).map(|l| l.split('\t').collect())
}

fn words(text: &'static str) -> Vec<&'static str> {
    text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).collect()
}

fn parse_status(text: &str) -> Option<Status> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).ok()
}

fn parse_certainty(text: &str) -> Option<Certainty> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_whole() {
        for (file, text, columns) in [
            ("signatures", include_str!("../../data/stance/signatures.tsv"), 8),
            ("hedges", include_str!("../../data/stance/hedges.tsv"), 8),
            ("modals", include_str!("../../data/stance/modals.tsv"), 3),
        ] {
            for row in rows(text) {
                assert_eq!(row.len(), columns, "{file}: {row:?}");
            }
        }
    }
}
