//! Names: what the model tagged, what the knowledge base recognises besides, and which names are one.

use std::ops::Range;
use std::sync::OnceLock;

use reportedly_record::{EntityKind, MentionForm, NameKind};

use super::{Cluster, Found, View, towns};
use crate::knowledge::{How, Knowledge, Known};
use crate::places::Gazetteer;
use crate::syntax::preposition_of;

/// The longest known name, in words, that is looked for outside the model's names.
pub(super) const LONGEST: usize = 5;

/// Every name of the text.
pub fn collect(view: &View) -> Vec<Found> {
    let analysis = view.analysis;
    let mut out: Vec<Found> = Vec::new();
    for name in &analysis.names {
        let Some(tokens) = trimmed(view, name.tokens.clone(), name.kind) else { continue };
        let tokens = widened(view, tokens);
        if is_description(view, &tokens) || name.kind == NameKind::Group && is_religion_or_people(view, &tokens) {
            continue;
        }
        let known = lookup(view, &tokens).filter(|k| k.how != How::Metonym || stands_for_government(view, &tokens));
        // "Kenyans" are people, described by their state.
        if known.as_ref().is_some_and(|k| k.how == How::Adjective) && view.is_plural(view.head_of(&tokens)) {
            continue;
        }
        let kind = match (name.kind, &known) {
            (NameKind::Event, _) => continue,
            (_, Some(known)) if !contradicts(name.kind, known) => known.kind,
            // A demonym or agency that the model takes for a person is what it is known to be.
            (NameKind::Person, Some(known)) if known.how != How::Metonym => known.kind,
            (NameKind::Place, Some(known)) if known.kind == EntityKind::Organization => known.kind,
            (NameKind::Person, _) => EntityKind::Person,
            (NameKind::Organization, _) => EntityKind::Organization,
            (NameKind::Group, _) => EntityKind::Group,
            (NameKind::Place, _) => EntityKind::Place,
            (NameKind::Thing, _) => EntityKind::Thing,
        };
        let known = known.filter(|k| !contradicts(name.kind, k) || k.kind == kind);
        for tokens in two_places(view, tokens, kind) {
            out.push(Found {
                head: view.head_of(&tokens),
                tokens,
                form: MentionForm::Name,
                kind,
                known: known.clone(),
                cluster: usize::MAX,
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
                    });
                }
                None => at += 1,
            }
        }
    }
    out.sort_by_key(|f| f.tokens.start);
    out
}

pub(super) fn lookup(view: &View, tokens: &Range<usize>) -> Option<Known> {
    Knowledge::built_in().lookup(view.words(tokens), view.on)
}

/// A capital or seat is its government where it acts ("Ankara said", "talks with Moscow"), and a place everywhere else.
fn stands_for_government(view: &View, tokens: &Range<usize>) -> bool {
    let head = view.head_of(tokens);
    match view.analysis.tokens[head].deprel.as_str() {
        "nsubj" | "obl:agent" => true,
        "nmod:poss" | "obj" | "conj" => !is_town(view.words(tokens)),
        "obl" | "nmod" => {
            matches!(preposition_of(view.analysis, head), Some("with" | "by" | "between" | "against" | "under"))
                || !is_town(view.words(tokens))
        }
        _ => !is_town(view.words(tokens)),
    }
}

fn is_town(name: &str) -> bool {
    Gazetteer::built_in()
        .candidates(name)
        .iter()
        .any(|p| p.feature.starts_with("PPL") && p.population > 0 || p.feature == "PPLC")
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

/// "San Rafael California" is two places where the map knows both and not the whole.
fn two_places(view: &View, tokens: Range<usize>, kind: EntityKind) -> Vec<Range<usize>> {
    let on_map = |part: &Range<usize>| !Gazetteer::built_in().candidates(view.words(part)).is_empty();
    if kind == EntityKind::Place && tokens.len() > 1 && !on_map(&tokens) {
        for cut in (tokens.start + 1..tokens.end).rev() {
            let (first, second) = (tokens.start..cut, cut..tokens.end);
            let country = lookup(view, &second).is_some_and(|k| k.kind == EntityKind::Country);
            let division = || Gazetteer::built_in().candidates(view.words(&second)).iter().any(|p| p.feature == "ADM1");
            if on_map(&first) && (country || division()) {
                return vec![first, second];
            }
        }
    }
    vec![tokens]
}

/// A common noun for people or things without a capital is a description, whatever the model thinks.
fn is_description(view: &View, tokens: &Range<usize>) -> bool {
    let lemma = view.analysis.tokens[view.head_of(tokens)].lemma.to_lowercase();
    if view.words(tokens).starts_with(['#', '@', '<']) {
        return true;
    }
    let common = Knowledge::built_in().role(&lemma).is_some() || Knowledge::built_in().word_class(&lemma).is_some();
    common && !view.words(tokens).chars().any(char::is_uppercase)
}

/// "Sunni", "Western" before a noun only describe it; an adjective of a state names the state.
fn is_religion_or_people(view: &View, tokens: &Range<usize>) -> bool {
    let head = &view.analysis.tokens[view.head_of(tokens)];
    head.relation() == "amod" && lookup(view, tokens).is_none_or(|k| k.kind == EntityKind::Group)
}

/// The longest known name around the words, within the sentence: "United States" where the model saw "States".
fn widened(view: &View, tokens: Range<usize>) -> Range<usize> {
    let sentence = view.analysis.sentences[view.analysis.sentence_of(tokens.start)].tokens.clone();
    let mut best = tokens.clone();
    for start in tokens.start.saturating_sub(2).max(sentence.start)..=tokens.start {
        for end in tokens.end..=(tokens.end + 2).min(sentence.end) {
            let wide = start..end;
            let capital = view.words(&wide).chars().next().is_some_and(char::is_uppercase);
            let article = start < tokens.start && view.analysis.tokens[start].upos == "DET";
            if wide.len() > best.len()
                && capital
                && !article
                && lookup(view, &wide).is_some_and(|k| k.how != How::Adjective)
            {
                best = wide;
            }
        }
    }
    best
}

/// The name without its article, titles and possessive; for persons without the nationality in front.
/// `None` where nothing but a title is left: that is a description.
fn trimmed(view: &View, mut tokens: Range<usize>, kind: NameKind) -> Option<Range<usize>> {
    static TITLES: OnceLock<Vec<&'static str>> = OnceLock::new();
    let titles = TITLES.get_or_init(|| {
        include_str!("../../data/entities/titles.txt").lines().filter(|l| !l.starts_with('#')).collect()
    });
    let form = |i: usize| view.analysis.tokens[i].form.to_lowercase();
    while tokens.len() > 1
        && (form(tokens.start) == "the"
            || kind != NameKind::Place
                && titles.contains(&form(tokens.start).as_str())
                && !form(tokens.start + 1).is_empty()
                && view.analysis.tokens[tokens.start + 1].upos == "PROPN")
    {
        tokens.start += 1;
    }
    while tokens.len() > 1 && matches!(form(tokens.end - 1).as_str(), "'s" | "’s" | "'" | "’" | "," | "." | "-" | "–")
    {
        tokens.end -= 1;
    }
    if kind == NameKind::Person {
        let nationality = |i: usize| lookup(view, &(i..i + 1)).is_some_and(|k| k.how == How::Adjective);
        let title = |i: usize| titles.contains(&form(i).as_str()) || Knowledge::built_in().role(&form(i)).is_some();
        while tokens.len() > 1 && (nationality(tokens.start) || title(tokens.start)) {
            tokens.start += 1;
        }
        if tokens.len() == 1 && title(tokens.start) {
            return None;
        }
    }
    let word = view.words(&tokens).chars().any(char::is_alphanumeric);
    (word && !tokens.is_empty()).then_some(tokens)
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
                last: head,
            });
            clusters.len() - 1
        });
        found[i].cluster = cluster;
        let row = &mut clusters[cluster];
        if row.known.is_none() {
            row.known.clone_from(&found[i].known);
        }
    }
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
            is_acronym(text, &cluster.name) || short.len() >= 2 && long.windows(short.len()).any(|w| w == short)
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
