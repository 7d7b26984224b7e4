//! Names: what the model tagged, what the knowledge base recognises besides, and which names are one.

use std::ops::Range;

use reportedly_record::{EntityKind, EventType, MentionForm, NameKind};

use super::near::lookup;
use super::spans::{
    is_description, is_religion_or_people, joined, of_nobody, place_in_event, trimmed, two_places, widened,
};
use super::words::{Gender, gender, heavens, storms};
use super::{Cluster, Found, View, towns};
use crate::knowledge::{How, Known};
use crate::lexicon;
use crate::places::Gazetteer;
use crate::places::lookup::known_place;
use crate::stance::Stances;
use crate::syntax::preposition_of;

/// The longest known name, in words, that is looked for outside the model's names.
pub(super) const LONGEST: usize = 5;

/// Every name of the text.
pub fn collect(view: &View) -> Vec<Found> {
    let analysis = view.analysis;
    let mut out: Vec<Found> = Vec::new();
    for name in joined(view) {
        let Some(tokens) = trimmed(view, name.tokens.clone(), name.kind) else { continue };
        let tokens = widened(view, tokens, name.kind);
        // "Northwind, Inc." leaves no "Inc." over.
        if out.last().is_some_and(|last| last.tokens.end >= tokens.end) {
            continue;
        }
        let shop = of_nobody(view, &tokens);
        if is_description(view, &tokens, name.kind)
            || name.kind == NameKind::Group && is_religion_or_people(view, &tokens)
        {
            out.extend(place_in_event(view, &tokens));
            continue;
        }
        if name.kind == NameKind::Person && is_storm(view, &tokens) {
            continue;
        }
        let known = lookup(view, &tokens).filter(|k| k.how != How::Metonym || stands_for_government(view, &tokens));
        // "Kenyans" are people, described by their state.
        if known.as_ref().is_some_and(|k| k.how == How::Adjective) && view.is_plural(view.head_of(&tokens)) {
            continue;
        }
        let kind = match (name.kind, &known) {
            (NameKind::Event, _) => {
                out.extend(place_in_event(view, &tokens));
                continue;
            }
            (NameKind::Person, None) if shop => EntityKind::Place,
            (_, Some(known)) if !contradicts(name.kind, known) => known.kind,
            // A demonym or agency that the model takes for a person is what it is known to be.
            (NameKind::Person, Some(known)) if known.how != How::Metonym => known.kind,
            (NameKind::Place, Some(known)) if matches!(known.kind, EntityKind::Organization | EntityKind::Group) => {
                known.kind
            }
            (NameKind::Person, _) => EntityKind::Person,
            (NameKind::Organization, _) => EntityKind::Organization,
            (NameKind::Group, _) => EntityKind::Group,
            (NameKind::Place, _) if is_in_heaven(view.words(&tokens)) => EntityKind::Thing,
            (NameKind::Place, _) if is_unknown_acronym(view.words(&tokens)) => EntityKind::Organization,
            (NameKind::Place, _) => EntityKind::Place,
            (NameKind::Thing, _) => EntityKind::Thing,
        };
        let known = known.filter(|k| !contradicts(name.kind, k) || k.kind == kind);
        for tokens in two_places(view, tokens, kind) {
            out.push(Found {
                head: view.head_of(&tokens),
                form: form_of(view, &tokens, kind, known.as_ref()),
                tokens,
                kind,
                known: known.clone(),
                cluster: usize::MAX,
                weak: false,
            });
        }
    }
    towns::read_as_places(view, &mut out);
    towns::add_containers(view, &mut out);
    let mut taken: Vec<bool> = vec![false; analysis.tokens.len()];
    for found in &out {
        taken[found.tokens.clone()].fill(true);
    }
    for sentence in &analysis.sentences {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let reach = (at + LONGEST).min(sentence.tokens.end);
            let hit = (at + 1..=reach).rev().find_map(|end| {
                let tokens = at..end;
                let capital = view.words(&tokens).chars().next().is_some_and(char::is_uppercase);
                if !capital
                    || taken[tokens.clone()].iter().any(|t| *t)
                    || matches!(analysis.tokens[at].upos.as_str(), "DET" | "PRON" | "ADP" | "AUX" | "VERB")
                {
                    return None;
                }
                lookup(view, &tokens)
                    .filter(|k| k.how != How::Adjective || !view.is_plural(view.head_of(&tokens)))
                    .filter(|k| k.kind != EntityKind::Group || !is_religion_or_people(view, &tokens))
                    .filter(|k| k.how != How::Metonym || stands_for_government(view, &tokens))
                    .map(|known| (tokens, known))
            });
            match hit {
                Some((tokens, known)) => {
                    at = tokens.end;
                    out.push(Found {
                        head: view.head_of(&tokens),
                        kind: known.kind,
                        tokens,
                        form: MentionForm::Name,
                        known: Some(known),
                        cluster: usize::MAX,
                        weak: false,
                    });
                }
                None => at += 1,
            }
        }
    }
    out.sort_by_key(|f| f.tokens.start);
    out
}

/// "Muslims", "Kurds" say what people are, as "Kenyans" does; a body with a name is named.
fn form_of(view: &View, tokens: &Range<usize>, kind: EntityKind, known: Option<&Known>) -> MentionForm {
    let people = kind == EntityKind::Group && view.is_plural(view.head_of(tokens)) && tokens.len() == 1;
    if people && known.is_none_or(|k| k.kind == EntityKind::Group) { MentionForm::Nominal } else { MentionForm::Name }
}

/// A capital or seat is its government where it acts ("Ankara said", "talks with Moscow"), and a place everywhere else.
fn stands_for_government(view: &View, tokens: &Range<usize>) -> bool {
    let head = view.head_of(tokens);
    match view.analysis.tokens[head].deprel.as_str() {
        "nsubj" => acts(view, head),
        "obl:agent" => true,
        "obj" if is_addressed(view, head) => true,
        "nmod:poss" | "obj" | "conj" => !is_town(view.words(tokens)),
        "obl" | "nmod" => {
            matches!(preposition_of(view.analysis, head), Some("with" | "by" | "between" | "against" | "under"))
                || !is_town(view.words(tokens))
        }
        _ => !is_town(view.words(tokens)),
    }
}

/// Whether the object's verb is one of speaking to somebody or of measures against him: "urged Ankara", "accused Moscow".
fn is_addressed(view: &View, object: usize) -> bool {
    let Some(verb) = view.analysis.tokens[object].head.map(|h| &view.analysis.tokens[h]) else { return false };
    verb.upos == "VERB"
        && lexicon::built_in()
            .entries_of(&verb.lemma, false)
            .any(|e| matches!(e.kind, EventType::Request | EventType::Accuse | EventType::Threaten))
}

/// Whether the subject's verb is one of saying or of politics: cities also grow, lie and are pretty.
fn acts(view: &View, subject: usize) -> bool {
    let Some(verb) = view.analysis.tokens[subject].head.map(|h| &view.analysis.tokens[h]) else { return true };
    lexicon::built_in().knows(&verb.lemma, false)
        || !Stances::built_in().signatures_of(&verb.lemma, &verb.upos).is_empty()
}

pub(super) fn is_town(name: &str) -> bool {
    Gazetteer::built_in()
        .candidates(name)
        .iter()
        .any(|p| p.feature.starts_with("PPL") && p.population > 0 || p.feature == "PPLC")
}

/// "Hurricane **Rosa**".
fn is_storm(view: &View, tokens: &Range<usize>) -> bool {
    let before = tokens.start.checked_sub(1).map(|i| view.analysis.tokens[i].form.as_str());
    before.is_some_and(|w| w.starts_with(char::is_uppercase) && storms().contains(&w.to_lowercase().as_str()))
}

fn is_in_heaven(name: &str) -> bool {
    heavens().contains(&name.to_lowercase().as_str())
}

/// Capitals that no map knows are a body's: "the CPA", "HANO".
fn is_unknown_acronym(name: &str) -> bool {
    (3..=6).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_uppercase()) && known_place(name).is_empty()
}

/// A person whose name is also a country's is a person where the model says so, and the other way round.
fn contradicts(kind: NameKind, known: &Known) -> bool {
    match kind {
        NameKind::Person => known.kind != EntityKind::Person,
        NameKind::Place => !matches!(known.kind, EntityKind::Country | EntityKind::Place) && known.how != How::Metonym,
        NameKind::Organization => known.kind == EntityKind::Person,
        _ => false,
    }
}

/// Puts names of one entity together: the same known entity, the same words, a part of a longer name, an acronym.
pub fn join(view: &View, found: &mut [Found], clusters: &mut Vec<Cluster>) {
    // Fuller names first, so that "Kim" finds "Kim Jong Un" wherever that stands.
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(found[i].tokens.len().min(4)), i));
    for i in order {
        let text = view.words(&found[i].tokens).to_owned();
        let head = found[i].head;
        let same = clusters.iter().position(|c| belongs(&found[i], &text, c));
        let cluster = same.unwrap_or_else(|| {
            clusters.push(Cluster {
                name: text.clone(),
                kind: found[i].kind,
                known: found[i].known.clone(),
                country: None,
                sector: None,
                plural: found[i].kind == EntityKind::Group || view.is_plural(head),
                noun: None,
                described: Vec::new(),
                last: head,
                gender: None,
            });
            clusters.len() - 1
        });
        found[i].cluster = cluster;
        let row = &mut clusters[cluster];
        if row.known.is_none() {
            row.known.clone_from(&found[i].known);
        }
        row.gender = row.gender.or_else(|| gender_of(view, &found[i]));
    }
}

/// From the title in front or the given name.
fn gender_of(view: &View, found: &Found) -> Option<Gender> {
    let tokens = &view.analysis.tokens;
    let before = found.tokens.start.checked_sub(1).and_then(|i| gender(&tokens[i].form));
    let first = (found.tokens.len() > 1).then(|| gender(&tokens[found.tokens.start].form)).flatten();
    let only = || (found.tokens.len() == 1).then(|| gender(&tokens[found.head].form)).flatten();
    (found.kind == EntityKind::Person).then(|| before.or(first).or_else(only)).flatten()
}

fn belongs(found: &Found, text: &str, cluster: &Cluster) -> bool {
    if let (Some(a), Some(b)) = (&found.known, &cluster.known) {
        return a.name == b.name && a.kind == b.kind;
    }
    let same_kind = found.kind == cluster.kind
        || matches!(
            (found.kind, cluster.kind),
            (EntityKind::Organization, EntityKind::Group) | (EntityKind::Group, EntityKind::Organization)
        );
    if fold(text) == fold(&cluster.name) {
        return same_kind || found.known.is_none();
    }
    if !same_kind
        || found.known.is_some() != cluster.known.is_some()
            && found.kind != EntityKind::Person
            && found.kind != EntityKind::Organization
    {
        return false;
    }
    let (short, long): (Vec<String>, Vec<String>) = (words(text), words(&cluster.name));
    if short.len() >= long.len() {
        return is_acronym(&cluster.name, text);
    }
    match found.kind {
        // "Putin", "Kim", "Abu Abid": one end of the fuller name.
        EntityKind::Person => long.ends_with(&short) || long.starts_with(&short),
        EntityKind::Organization | EntityKind::Group => {
            is_acronym(text, &cluster.name)
                || short.len() >= 2 && long.windows(short.len()).any(|w| w == short)
                // "the Commission", "the House": the head noun of a longer name.
                || short.len() == 1 && (long.last() == short.first() || long.first() == short.first() && long.get(1).is_some_and(|w| w == "of"))
        }
        _ => false,
    }
}

fn words(text: &str) -> Vec<String> {
    fold(text).split([' ', '-', '.']).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

pub(super) fn fold(text: &str) -> String {
    text.replace('’', "'").to_lowercase().trim_start_matches("the ").to_owned()
}

/// "SDF" of "Syrian Democratic Forces".
fn is_acronym(short: &str, long: &str) -> bool {
    let letters: String = short.chars().filter(|c| c.is_alphanumeric()).collect();
    let initials: String =
        long.split([' ', '-']).filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect();
    letters.chars().count() >= 2 && letters.chars().all(char::is_uppercase) && letters == initials
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acronyms() {
        assert!(is_acronym("SDF", "Syrian Democratic Forces"));
        assert!(is_acronym("U.N.", "United Nations"));
        assert!(!is_acronym("UN", "Union"));
    }
}
