//! What a description goes back to: "the group", "his wife", "the island", "the North Korean leader".

use std::collections::HashMap;

use reportedly_record::{EntityKind, MentionForm};

use super::names::is_town;
use super::words::{group_nouns, named_nouns, place_nouns};
use super::{Cluster, Found, View};
use crate::knowledge::{How, Knowledge};
use crate::syntax::{phrase, preposition_of};

/// How many sentences back a bare "the group" looks for its name.
const REACH: usize = 8;

/// A description whose owner is looked for.
pub struct Description<'a> {
    /// Its noun.
    pub head: usize,
    /// The noun's dictionary form in lower case.
    pub lemma: &'a str,
    /// What it speaks of.
    pub kind: EntityKind,
    /// The state it names: "the **Latvian** minister".
    pub country: Option<&'a str>,
    /// Whether it speaks of many.
    pub plural: bool,
}

/// The mentions in front, and what they said.
pub struct Before {
    /// Names of the whole article and descriptions so far.
    pub seen: Vec<Found>,
    phrases: HashMap<String, usize>,
}

impl Before {
    /// With the names alone.
    pub fn new(names: &[Found]) -> Before {
        let mut seen = names.to_vec();
        seen.sort_by_key(|f| f.tokens.start);
        Before { seen, phrases: HashMap::new() }
    }

    /// One more description.
    pub fn push(&mut self, view: &View, found: Found) {
        if let Some(key) = key_of(view, found.head) {
            self.phrases.insert(key, self.seen.len());
        }
        self.seen.push(found);
    }

    fn same_words(&self, view: &View, head: usize) -> Option<&Found> {
        key_of(view, head).and_then(|key| self.phrases.get(&key)).map(|&i| &self.seen[i])
    }
}

/// The phrase's words but for its determiner; `None` where it brings in somebody new: "a man", "another town".
fn key_of(view: &View, head: usize) -> Option<String> {
    let analysis = view.analysis;
    let tokens = phrase(analysis, head);
    let determiner = |i: usize| analysis.tokens[i].relation() == "det" && analysis.tokens[i].head == Some(head);
    if tokens.clone().any(|i| determiner(i) && brings_in(&analysis.tokens[i].lemma)) {
        return None;
    }
    let words: Vec<String> =
        tokens.filter(|&i| !determiner(i)).map(|i| analysis.tokens[i].form.to_lowercase()).collect();
    Some(words.join(" "))
}

fn brings_in(determiner: &str) -> bool {
    !matches!(determiner.to_lowercase().as_str(), "the" | "this" | "that" | "these" | "those" | "all" | "both")
}

/// Whose description it is, where it is somebody's named before (or known to hold the office).
pub fn whose(
    view: &View,
    d: &Description,
    before: &Before,
    named: &[Option<usize>],
    clusters: &[Cluster],
) -> Option<usize> {
    let analysis = view.analysis;
    if let Some(name) = own_name(view, d, named) {
        return Some(name);
    }
    if !d.plural
        && let (Some(state), Some(date)) = (d.country, view.on)
        && let Some(name) = Knowledge::built_in().holder(state, d.lemma, date)
    {
        let holder = clusters.iter().position(|c| c.known.as_ref().is_some_and(|k| k.name == name));
        if holder.is_some() {
            return holder;
        }
    }
    let sentence = analysis.sentence_of(d.head);
    let far = |f: &Found| sentence.abs_diff(analysis.sentence_of(f.head));
    let earlier = || before.seen.iter().rev().filter(|f| f.tokens.end <= d.head && far(f) <= REACH);
    if let Some(owner) = analysis.children(d.head).find(|&c| analysis.tokens[c].deprel == "nmod:poss") {
        let belongs = earlier().find(|f| {
            f.form == MentionForm::Nominal
                && clusters[f.cluster].noun.as_deref() == Some(d.lemma)
                && analysis
                    .children(f.head)
                    .any(|c| analysis.tokens[c].deprel == "nmod:poss" && same_owner(view, c, owner, named))
        });
        return belongs.map(|f| f.cluster);
    }
    let definite = analysis.children(d.head).any(|c| {
        matches!(analysis.tokens[c].lemma.as_str(), "the" | "this" | "that") && analysis.tokens[c].relation() == "det"
    });
    let modified = analysis
        .children(d.head)
        .any(|c| matches!(analysis.tokens[c].relation(), "amod" | "compound" | "nmod" | "acl"));
    // "the president" where "President Orlov" was.
    if definite && !d.plural && !modified && d.kind == EntityKind::Person {
        let titled = before
            .seen
            .iter()
            .rev()
            .filter(|f| f.tokens.end <= d.head)
            .find(|f| clusters[f.cluster].described.iter().any(|noun| noun == d.lemma));
        if let Some(titled) = titled {
            return Some(titled.cluster);
        }
    }
    // The same words again: anywhere where they say much, near by where they say little.
    if let Some(same) = before.same_words(view, d.head)
        && (modified || far(same) <= REACH)
        && (d.country.is_none() || clusters[same.cluster].country.as_deref() == d.country)
    {
        return Some(same.cluster);
    }
    if !definite {
        return None;
    }
    let sort = sort_of(view, d.head);
    if group_nouns().contains(&d.lemma) && !d.plural && (!modified || sort.is_some()) {
        let named = earlier()
            .filter(|f| {
                f.form == MentionForm::Name
                    && matches!(clusters[f.cluster].kind, EntityKind::Organization | EntityKind::Group)
            })
            .filter(|f| clusters[f.cluster].known.as_ref().is_none_or(|k| k.how != How::Adjective))
            .filter(|f| is_of_sort(d.lemma, &clusters[f.cluster]))
            .filter(|f| sort.is_none() || clusters[f.cluster].known.as_ref().is_some_and(|k| k.sector == sort))
            .map(|f| f.cluster)
            .next();
        if named.is_some() {
            return named;
        }
    }
    if !modified && !d.plural {
        // "the island" of "Busuanga Island", "the committee" of "the Human Rights Committee".
        let within = earlier().find(|f| {
            f.form == MentionForm::Name
                && f.tokens.len() > 1
                && f.kind != EntityKind::Person
                && head_noun(view, f).eq_ignore_ascii_case(d.lemma)
        });
        if let Some(within) = within {
            return Some(within.cluster);
        }
        if place_nouns().contains(&d.lemma) {
            let wanted =
                if matches!(d.lemma, "country" | "nation" | "state") { EntityKind::Country } else { EntityKind::Place };
            let town = matches!(d.lemma, "city" | "town" | "village" | "capital");
            let place = earlier()
                .find(|f| f.form == MentionForm::Name && f.kind == wanted && (!town || is_town(view.words(&f.tokens))));
            if let Some(place) = place {
                return Some(place.cluster);
            }
        }
    }
    // The same noun with the same country: "the delegation … the delegation".
    let repeated = earlier().map(|f| f.cluster).find(|&c| {
        clusters[c].noun.as_deref() == Some(d.lemma)
            && clusters[c].plural == d.plural
            && (d.country.is_none() || clusters[c].country.as_deref() == d.country)
    });
    if repeated.is_some() || modified {
        return repeated;
    }
    if d.kind == EntityKind::Person && !d.plural {
        // "the president", "the minister": the last person described so.
        let sector = Knowledge::built_in().role(d.lemma).and_then(|r| r.sector.clone());
        return earlier().map(|f| f.cluster).find(|&c| {
            clusters[c].kind == EntityKind::Person
                && clusters[c].sector.is_some()
                && clusters[c].sector == sector
                && clusters[c].noun.as_deref() != Some("")
        });
    }
    None
}

/// "The town **of Afrin**" is Afrin.
fn own_name(view: &View, d: &Description, named: &[Option<usize>]) -> Option<usize> {
    if !named_nouns().contains(&d.lemma) || d.plural {
        return None;
    }
    let of =
        |c: &usize| view.analysis.tokens[*c].relation() == "nmod" && preposition_of(view.analysis, *c) == Some("of");
    view.analysis.children(d.head).filter(of).find_map(|c| named[c])
}

/// The sector that the words before a noun give it, where they say nothing else: "the **militant** group".
fn sort_of(view: &View, head: usize) -> Option<String> {
    let analysis = view.analysis;
    let mut before = analysis
        .children(head)
        .filter(|&c| analysis.tokens[c].relation() != "det" && analysis.tokens[c].upos != "PUNCT" && c < head);
    let only = before.next().filter(|_| before.next().is_none())?;
    let after = analysis.children(head).any(|c| c > head && matches!(analysis.tokens[c].relation(), "nmod" | "acl"));
    let word = &analysis.tokens[only];
    let adjective = matches!(word.relation(), "amod" | "compound") && !after;
    adjective.then(|| Knowledge::built_in().role(&word.lemma.to_lowercase())).flatten().and_then(|r| r.sector.clone())
}

/// Whether a body can be called by the noun: no ministry is "the company". A militia may be an army or a rebel group.
fn is_of_sort(noun: &str, cluster: &Cluster) -> bool {
    let sector_of = |word: &str| Knowledge::built_in().role(word).filter(|r| !r.weak).and_then(|r| r.sector.as_deref());
    let last = cluster.name.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let known = cluster.known.as_ref().and_then(|k| k.sector.as_deref()).or_else(|| sector_of(&last));
    let armed = |sector: &str| matches!(sector, "MIL" | "REB" | "PRM");
    sector_of(noun).zip(known).is_none_or(|(wanted, known)| wanted == known || armed(wanted) && armed(known))
}

/// "Council" of "Peace Council" and of "Council of Elders".
fn head_noun<'a>(view: &View<'a>, name: &Found) -> &'a str {
    let tokens = &view.analysis.tokens;
    let of = name.tokens.clone().nth(1).is_some_and(|i| tokens[i].form == "of");
    &tokens[if of { name.tokens.start } else { name.tokens.end - 1 }].form
}

/// "her … her", "Ann's … Ann's": the same name or the same pronoun.
fn same_owner(view: &View, a: usize, b: usize, named: &[Option<usize>]) -> bool {
    match (named[a], named[b]) {
        (Some(a), Some(b)) => a == b,
        (None, None) => view.analysis.tokens[a].lemma.eq_ignore_ascii_case(&view.analysis.tokens[b].lemma),
        _ => false,
    }
}
