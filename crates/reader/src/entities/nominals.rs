//! Descriptions: "the North Korean leader", "officials", "the group", "the city".

use std::sync::OnceLock;

use reportedly_record::{EntityKind, MentionForm};

use super::{Cluster, Found, View};
use crate::knowledge::{How, Knowledge};
use crate::syntax::phrase;

/// How many sentences back a bare "the group" looks for its name.
const REACH: usize = 8;

/// Adds every description of people, bodies and places, joined to a name where the text or the knowledge base says whose.
pub fn add(view: &View, found: &mut Vec<Found>, clusters: &mut Vec<Cluster>) {
    let analysis = view.analysis;
    let mut named = vec![None; analysis.tokens.len()];
    for name in found.iter() {
        for t in name.tokens.clone() {
            named[t] = Some(name.cluster);
        }
    }
    let mut seen: Vec<Found> = found.clone();
    seen.sort_by_key(|f| f.tokens.start);
    for head in 0..analysis.tokens.len() {
        let token = &analysis.tokens[head];
        if named[head].is_some() || !matches!(token.upos.as_str(), "NOUN" | "PROPN" | "ADJ") {
            continue;
        }
        if token.upos == "ADJ" && !matches!(token.relation(), "nsubj" | "obj" | "obl") {
            continue;
        }
        let lemma = token.lemma.to_lowercase();
        let Some(kind) = kind_of(view, head, &lemma) else { continue };
        let modifiers: Vec<usize> = analysis
            .children(head)
            .filter(|&c| matches!(analysis.tokens[c].relation(), "amod" | "compound" | "nmod"))
            .collect();
        let people = people_of(view, head);
        let country =
            modifiers.iter().filter_map(|&m| named[m].and_then(|c: usize| country_of(&clusters[c]))).next().or(people);
        let country = country.or_else(|| Knowledge::built_in().role(&lemma).and_then(|r| r.iso3.clone()));
        let sector = sector_of(view, head, &lemma);
        // A title beside a name describes that name: "President Petrov", "Petrov, the president".
        if let Some(cluster) = beside_name(view, head, &named) {
            let row = &mut clusters[cluster];
            if row.kind == EntityKind::Person || row.kind == EntityKind::Organization {
                row.country = row.country.take().or(country);
                row.sector = row.sector.take().or(sector);
                if analysis.tokens[head].relation() != "compound"
                    && analysis.tokens[head].deprel != "nmod:desc"
                    && analysis.tokens[head].relation() != "flat"
                {
                    seen.push(mention(view, head, kind, cluster));
                }
                continue;
            }
        }
        if matches!(token.relation(), "compound" | "flat") || token.deprel == "nmod:desc" {
            continue;
        }
        let plural = view.is_plural(head);
        let cluster =
            whose(view, head, &lemma, kind, country.as_deref(), plural, &seen, clusters).unwrap_or_else(|| {
                clusters.push(Cluster {
                    name: described(view, head),
                    kind,
                    known: None,
                    country: country.clone(),
                    sector: sector.clone(),
                    plural,
                    noun: Some(lemma.clone()),
                    last: head,
                });
                clusters.len() - 1
            });
        seen.push(mention(view, head, kind, cluster));
    }
    *found = seen;
}

fn mention(view: &View, head: usize, kind: EntityKind, cluster: usize) -> Found {
    Found { tokens: phrase(view.analysis, head), head, form: MentionForm::Nominal, kind, known: None, cluster }
}

fn kind_of(view: &View, head: usize, lemma: &str) -> Option<EntityKind> {
    let knowledge = Knowledge::built_in();
    let plural = view.is_plural(head);
    if people_of(view, head).is_some() {
        return Some(EntityKind::Group);
    }
    if let Some(role) = knowledge.role(lemma) {
        return Some(match role.kind {
            EntityKind::Person if plural => EntityKind::Group,
            kind => kind,
        });
    }
    if place_nouns().contains(&lemma) {
        return Some(EntityKind::Place);
    }
    let classes = knowledge.word_class(lemma)?;
    let is = |class: &str| classes.split('|').any(|c| c == class);
    [
        ("people", EntityKind::Group),
        ("troops", EntityKind::Group),
        ("weapon", EntityKind::Thing),
        ("goods", EntityKind::Thing),
        ("territory", EntityKind::Place),
    ]
    .into_iter()
    .find(|(class, _)| is(class))
    .map(|(_, kind)| kind)
}

/// The state whose people the plural names: "Kenyans".
fn people_of(view: &View, head: usize) -> Option<String> {
    let token = &view.analysis.tokens[head];
    if !view.is_plural(head) || !token.form.starts_with(char::is_uppercase) {
        return None;
    }
    Knowledge::built_in().lookup(&token.form, view.on).filter(|k| k.how == How::Adjective).and_then(|k| k.iso3)
}

/// The sector of the head's role, sharpened by what stands before it: "intelligence officials", "army chief".
fn sector_of(view: &View, head: usize, lemma: &str) -> Option<String> {
    let knowledge = Knowledge::built_in();
    let analysis = view.analysis;
    let before: Vec<String> = analysis
        .children(head)
        .filter(|&c| c < head && matches!(analysis.tokens[c].relation(), "amod" | "compound"))
        .map(|c| analysis.tokens[c].lemma.to_lowercase())
        .collect();
    knowledge.described_sector(&before.iter().map(String::as_str).collect::<Vec<_>>(), lemma)
}

/// The name that the description stands beside: its head, its apposition, or what it is said to be.
fn beside_name(view: &View, head: usize, named: &[Option<usize>]) -> Option<usize> {
    let analysis = view.analysis;
    let token = &analysis.tokens[head];
    let up = token
        .head
        .filter(|_| matches!(token.relation(), "compound" | "appos" | "flat") || token.deprel == "nmod:desc")
        .and_then(|h| named[h]);
    let down = || {
        analysis
            .children(head)
            .find(|&c| {
                matches!(analysis.tokens[c].relation(), "appos" | "flat") || analysis.tokens[c].deprel == "nmod:desc"
            })
            .and_then(|c| named[c])
    };
    let is = || {
        let copula = analysis.children(head).any(|c| analysis.tokens[c].relation() == "cop");
        analysis.children(head).find(|&c| copula && analysis.tokens[c].relation() == "nsubj").and_then(|c| named[c])
    };
    // "The Latvian minister Ozols" parsed as two subjects: the name that follows at once, in the same place of the tree.
    let next = || {
        let name = analysis.tokens.get(head + 1)?;
        let same = name.head == token.head && name.relation() == token.relation() && name.upos == "PROPN";
        same.then(|| named[head + 1]).flatten()
    };
    // "a militant who identified himself as Abu Karim".
    let naming = || {
        let verb = analysis.children(head).find(|&c| {
            analysis.tokens[c].relation() == "acl" && naming_verbs().contains(&analysis.tokens[c].lemma.as_str())
        })?;
        let named_so = |c: &usize| matches!(analysis.tokens[*c].relation(), "obl" | "xcomp" | "obj");
        analysis.children(verb).filter(named_so).find_map(|c| named[c])
    };
    up.or_else(down).or_else(is).or_else(naming).or_else(next)
}

/// Whose description it is, where it is somebody's named before (or known to hold the office).
#[allow(clippy::too_many_arguments, reason = "all of one description")]
fn whose(
    view: &View,
    head: usize,
    lemma: &str,
    kind: EntityKind,
    country: Option<&str>,
    plural: bool,
    seen: &[Found],
    clusters: &[Cluster],
) -> Option<usize> {
    let analysis = view.analysis;
    let definite = analysis.children(head).any(|c| {
        matches!(analysis.tokens[c].lemma.as_str(), "the" | "this" | "that") && analysis.tokens[c].relation() == "det"
    });
    let possessed = analysis.children(head).any(|c| analysis.tokens[c].deprel == "nmod:poss");
    if !plural
        && let (Some(state), Some(date)) = (country, view.on)
        && let Some(name) = Knowledge::built_in().holder(state, lemma, date)
    {
        let holder = clusters.iter().position(|c| c.known.as_ref().is_some_and(|k| k.name == name));
        if holder.is_some() {
            return holder;
        }
    }
    if !definite || possessed {
        return None;
    }
    let sentence = analysis.sentence_of(head);
    let modified =
        analysis.children(head).any(|c| matches!(analysis.tokens[c].relation(), "amod" | "compound" | "nmod" | "acl"));
    let before =
        || seen.iter().rev().filter(|f| f.tokens.end <= head && sentence - analysis.sentence_of(f.head) <= REACH);
    if group_nouns().contains(&lemma) && !plural && !modified {
        let named = before()
            .filter(|f| {
                f.form == MentionForm::Name
                    && matches!(clusters[f.cluster].kind, EntityKind::Organization | EntityKind::Group)
            })
            .filter(|f| clusters[f.cluster].known.as_ref().is_none_or(|k| k.how != crate::knowledge::How::Adjective))
            .map(|f| f.cluster)
            .next();
        if named.is_some() {
            return named;
        }
    }
    // The same noun with the same country: "the delegation … the delegation".
    let repeated = before().map(|f| f.cluster).find(|&c| {
        clusters[c].noun.as_deref() == Some(lemma) && (country.is_none() || clusters[c].country.as_deref() == country)
    });
    if repeated.is_some() {
        return repeated;
    }
    if modified {
        return None;
    }
    if place_nouns().contains(&lemma) {
        let wanted =
            if matches!(lemma, "country" | "nation" | "state") { EntityKind::Country } else { EntityKind::Place };
        return before().filter(|f| f.form == MentionForm::Name && f.kind == wanted).map(|f| f.cluster).next();
    }
    if kind == EntityKind::Person && !plural {
        // "the president", "the minister": the last person described so.
        let sector = Knowledge::built_in().role(lemma).and_then(|r| r.sector.clone());
        return before().map(|f| f.cluster).find(|&c| {
            clusters[c].kind == EntityKind::Person
                && clusters[c].sector.is_some()
                && clusters[c].sector == sector
                && clusters[c].noun.as_deref() != Some("")
        });
    }
    None
}

fn described(view: &View, head: usize) -> String {
    let tokens = phrase(view.analysis, head);
    let words = view.words(&tokens);
    let lower = words.to_lowercase();
    let skip = ["the ", "a ", "an ", "some ", "many ", "several "]
        .iter()
        .find(|d| lower.starts_with(**d))
        .map_or(0, |d| d.len());
    words[skip..].split_whitespace().collect::<Vec<_>>().join(" ")
}

fn country_of(cluster: &Cluster) -> Option<String> {
    cluster.known.as_ref().and_then(|k| k.iso3.clone()).or_else(|| cluster.country.clone())
}

fn place_nouns() -> &'static [&'static str] {
    static WORDS: OnceLock<Vec<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| lines(include_str!("../../data/entities/place_nouns.txt")))
}

fn naming_verbs() -> &'static [&'static str] {
    static WORDS: OnceLock<Vec<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| lines(include_str!("../../data/entities/naming.txt")))
}

fn group_nouns() -> &'static [&'static str] {
    static WORDS: OnceLock<Vec<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| lines(include_str!("../../data/entities/group_nouns.txt")))
}

fn lines(text: &'static str) -> Vec<&'static str> {
    text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).collect()
}
