//! Descriptions: "the North Korean leader", "officials", "the group", "the city".

use reportedly_record::{EntityKind, MentionForm};

use super::antecedents::{Before, Description, whose};
use super::words::{gender, learned_kind, naming_verbs, place_nouns};
use super::{Cluster, Found, View};
use crate::attributions::is_document;
use crate::knowledge::{How, Knowledge};
use crate::stance::is_saying;
use crate::syntax::phrase;

/// Adds every description of people, bodies and places, joined to a name where the text or the knowledge base says whose.
pub fn add(view: &View, found: &mut Vec<Found>, clusters: &mut Vec<Cluster>) {
    let analysis = view.analysis;
    let mut named = vec![None; analysis.tokens.len()];
    for name in found.iter() {
        for t in name.tokens.clone() {
            named[t] = Some(name.cluster);
        }
    }
    // Heads of descriptions already read: "the victim, a teacher".
    let mut described: Vec<Option<usize>> = named.clone();
    let mut before = Before::new(found);
    for head in 0..analysis.tokens.len() {
        let token = &analysis.tokens[head];
        if named[head].is_some() || !matches!(token.upos.as_str(), "NOUN" | "PROPN" | "ADJ") {
            continue;
        }
        if token.upos == "ADJ" && !matches!(token.relation(), "nsubj" | "obj" | "obl") {
            continue;
        }
        let lemma = token.lemma.to_lowercase();
        let sure = kind_of(view, head, &lemma);
        let apart = || beside_name(view, head, &described).filter(|_| is_apart(view, head) && token.upos == "NOUN");
        let borrowed = || apart().map(|c| clusters[c].kind).filter(|k| *k != EntityKind::Thing);
        let learned = || (token.upos == "NOUN").then(|| learned(view, head, &lemma)).flatten();
        let speaking = || speaks(view, head).then_some(EntityKind::Group);
        let Some(kind) = sure.or_else(borrowed).or_else(learned).or_else(speaking) else { continue };
        let weak = sure.is_none();
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
        let beside = beside_name(view, head, &named)
            .or_else(|| beside_name(view, head, &described).filter(|_| is_apart(view, head)));
        if let Some(cluster) = beside {
            let row = &mut clusters[cluster];
            let apart = is_apart(view, head);
            if matches!(row.kind, EntityKind::Person | EntityKind::Organization)
                || apart && row.kind != EntityKind::Thing
            {
                row.country = row.country.take().or(country);
                row.sector = row.sector.take().or(sector);
                row.described.push(lemma.clone());
                row.gender = row.gender.or_else(|| gender(&lemma).filter(|_| row.kind == EntityKind::Person));
                if analysis.tokens[head].relation() != "compound"
                    && analysis.tokens[head].deprel != "nmod:desc"
                    && analysis.tokens[head].relation() != "flat"
                {
                    described[head] = Some(cluster);
                    before.push(view, mention(view, head, kind, cluster, weak));
                }
                continue;
            }
        }
        if matches!(token.relation(), "compound" | "flat") || token.deprel == "nmod:desc" {
            continue;
        }
        let description =
            Description { head, lemma: &lemma, kind, country: country.as_deref(), plural: view.is_plural(head) };
        let cluster = whose(view, &description, &before, &named, clusters).unwrap_or_else(|| {
            clusters.push(Cluster {
                name: described_as(view, head),
                kind,
                known: None,
                country: country.clone(),
                sector: sector.clone(),
                plural: view.is_plural(head),
                noun: Some(lemma.clone()),
                described: Vec::new(),
                last: head,
                gender: gender(&lemma).filter(|_| kind == EntityKind::Person),
            });
            clusters.len() - 1
        });
        described[head] = Some(cluster);
        before.push(view, mention(view, head, kind, cluster, weak));
    }
    *found = before.seen;
}

/// An apposition or a predicate: said of the name, not part of it.
fn is_apart(view: &View, head: usize) -> bool {
    let token = &view.analysis.tokens[head];
    let children = || view.analysis.children(head).map(|c| &view.analysis.tokens[c]);
    let denied = children().any(|t| t.has_feat("Polarity=Neg") || t.lemma == "no");
    !denied && (token.relation() == "appos" || children().any(|t| t.relation() == "cop"))
}

/// What the counts say of a noun that no list has.
fn learned(view: &View, head: usize, lemma: &str) -> Option<EntityKind> {
    learned_kind(lemma)
        .map(|kind| if kind == EntityKind::Person && view.is_plural(head) { EntityKind::Group } else { kind })
}

/// "**Rivals** of the premier said": whoever says something is somebody, unless it is a paper that does.
fn speaks(view: &View, head: usize) -> bool {
    let analysis = view.analysis;
    let token = &analysis.tokens[head];
    let Some(verb) = token.head.filter(|_| token.upos == "NOUN" && token.deprel == "nsubj" && view.is_plural(head))
    else {
        return false;
    };
    is_saying(analysis, verb) && !is_document(&token.lemma.to_lowercase())
}

fn mention(view: &View, head: usize, kind: EntityKind, cluster: usize, weak: bool) -> Found {
    Found { tokens: phrase(view.analysis, head), head, form: MentionForm::Nominal, kind, known: None, cluster, weak }
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

fn described_as(view: &View, head: usize) -> String {
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
