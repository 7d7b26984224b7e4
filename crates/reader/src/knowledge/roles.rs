//! Words for somebody or something: roles ("minister", "rebels"), things (weapons, goods), and the small words of descriptions.

use std::collections::HashMap;

use reportedly_record::EntityKind;

use super::table::{Kind, Row, Source};
use super::{Knowledge, some};

/// A general word for somebody: "minister", "rebels".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// PLOVER sector.
    pub sector: Option<String>,
    /// Person or organisation; a plural of persons is a group.
    pub kind: EntityKind,
    /// Takes the sector of the word before it: "army **chief**", "rebel **spokesman**".
    pub weak: bool,
    /// The state whose role it is: the pope is the Vatican's.
    pub iso3: Option<String>,
    /// Sector where it is a state's: peacekeepers are IGO, Dutch ones MIL.
    pub of_state: Option<String>,
    /// Where it says so.
    pub source: Source,
}

/// A weapon, vehicle or good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thing {
    /// `artillery`, `missile.ballistic`, …
    pub class: String,
}

/// What small words do in descriptions: `description_words.tsv`.
#[derive(Default)]
pub(super) struct Words(HashMap<&'static str, Vec<&'static str>>);

impl Words {
    pub(super) fn built_in() -> Words {
        let mut out = Words::default();
        for line in include_str!("../../data/actors/description_words.tsv").lines().skip(1) {
            if let Some((word, does)) = line.split_once('\t') {
                out.0.entry(word).or_default().push(does);
            }
        }
        out
    }

    pub(super) fn means(&self, word: &str, does: &str) -> bool {
        self.0.get(word).is_some_and(|all| all.contains(&does))
    }
}

impl Knowledge {
    /// The role that a word or several mean.
    pub fn role(&self, lemma: &str) -> Option<&Role> {
        self.roles.get(lemma).or_else(|| {
            // "gunmen", "policewomen": plurals that a lemma may have kept.
            let stem = lemma.strip_suffix("men")?;
            self.roles.get(format!("{stem}man").as_str())
        })
    }

    /// The sector of a description: its head noun, sharpened by the words before it, all as lemmas in text order.
    pub fn described_sector(&self, before: &[&str], head: &str) -> Option<String> {
        let phrase = |from: usize| {
            let mut words = before[from..].to_vec();
            words.push(head);
            self.role(&words.join(" "))
        };
        let long = (0..before.len()).find_map(|from| phrase(from).map(|role| (from, role)));
        let (before, role) = match long {
            Some((from, role)) => (&before[..from], Some(role)),
            None => (before, self.role(head)),
        };
        let lent = || before.iter().rev().find_map(|word| self.role(word)).and_then(|r| r.sector.clone());
        match role {
            Some(role) if !role.weak && role.sector.is_some() => role.sector.clone(),
            Some(role) => lent().or_else(|| role.sector.clone()),
            None => lent(),
        }
    }

    /// The thing that a word means.
    pub fn thing(&self, lemma: &str) -> Option<&Thing> {
        self.things.get(lemma).map(|(thing, _)| thing)
    }

    /// The word classes of a noun, joined by `|`.
    pub fn word_class(&self, lemma: &str) -> Option<&'static str> {
        self.things.get(lemma).map(|(_, class)| *class)
    }

    pub(super) fn load_roles(&mut self, rows: &[Row]) {
        for row in rows {
            match row.kind {
                Kind::Roles => {
                    let role = Role {
                        sector: some(row.get("sector")),
                        kind: if row.get("kind") == "person" { EntityKind::Person } else { EntityKind::Organization },
                        weak: row.get("head") == "weak",
                        iso3: row.some("iso3"),
                        of_state: row.some("of_state"),
                        source: row.source,
                    };
                    self.roles.entry(row.get("lemma")).or_insert(role);
                }
                Kind::Things => {
                    let thing = Thing { class: row.get("class").to_owned() };
                    self.things.entry(row.get("lemma")).or_insert((thing, row.get("word_class")));
                }
                _ => {}
            }
        }
    }
}
