//! What an article names in full, by which its shorter names are told apart.

use std::ops::Range;

use jiff::civil::Date;
use reportedly_record::{Analysis, EntityKind};

use super::View;
use crate::knowledge::{Knowledge, Known};

/// What the article names in full, by which its shorter names are told apart.
#[derive(Default)]
pub(crate) struct Near {
    /// Of several bodies with one name, that of a state named here is meant.
    states: Vec<String>,
    /// People named in full, by surname.
    people: Vec<(String, Known)>,
}

/// What the knowledge says of the words, in this article.
pub fn lookup(view: &View, tokens: &Range<usize>) -> Option<Known> {
    let name = view.words(tokens);
    if tokens.len() == 1 && view.analysis.tokens[tokens.start].upos == "PROPN" {
        let mut bearers = view.near.people.iter().filter(|(surname, _)| surname == name);
        if let (Some((_, person)), None) = (bearers.next(), bearers.next()) {
            return Some(person.clone());
        }
    }
    let states: Vec<&str> = view.near.states.iter().map(String::as_str).collect();
    Knowledge::built_in().lookup_in(name, view.on, &states)
}

/// States and people that the words name, longest names first.
pub fn near(analysis: &Analysis, on: Option<Date>) -> Near {
    let mut out = Near { states: Vec::new(), people: Vec::new() };
    let forms: Vec<&str> = analysis.tokens.iter().map(|t| t.form.as_str()).collect();
    for start in (0..forms.len()).filter(|&i| forms[i].starts_with(char::is_uppercase)) {
        let known = (start + 1..=forms.len().min(start + 4)).rev().find_map(|end| {
            let known = Knowledge::built_in().lookup(&forms[start..end].join(" "), on)?;
            Some((known, end))
        });
        match known {
            Some((known, _)) if known.kind == EntityKind::Country => {
                out.states.extend(known.iso3.filter(|s| !out.states.contains(s)));
            }
            Some((known, end)) if known.kind == EntityKind::Person && end > start + 1 => {
                let surname = forms[end - 1];
                let apart = known.name.ends_with(surname) && !out.people.iter().any(|(_, k)| k.name == known.name);
                if apart && surname.chars().count() > 2 {
                    out.people.push((surname.to_owned(), known));
                }
            }
            _ => {}
        }
    }
    out
}
