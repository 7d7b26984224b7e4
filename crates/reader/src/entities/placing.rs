//! Where the places and states of an article lie, by cluster. Which place of a name is meant is settled in
//! [`crate::places`]; here is what the article says that bears on it.

use reportedly_record::{EntityKind, MentionForm};

use super::{Cluster, Found, View};
use crate::knowledge::How;
use crate::places::lookup::known;
use crate::places::{Place, PlaceMention, Resolved, Surroundings, gazetteer, resolve_places, state};

/// Where an entity lies.
#[derive(Debug, Clone, Copy)]
pub struct Placed {
    /// The place.
    pub place: Place,
    /// Whether only a part of the entity's name is a place's: the entity is in it or near.
    pub part: bool,
    /// Whether the name of a state names another place here: "Georgia" beside Alabama.
    pub elsewhere: bool,
}

/// UCDP's "near a known point".
const NEAR: u8 = 2;

impl Placed {
    /// UCDP's precision of a location by this entity's name.
    pub fn where_prec(&self) -> Option<u8> {
        let prec = self.place.where_prec();
        if self.part { prec.map(|p| p.max(NEAR)) } else { prec }
    }
}

/// Place and state names resolved together.
pub fn place(view: &View, found: &[Found], clusters: &[Cluster]) -> Vec<Option<Placed>> {
    let named = |f: &&Found| f.form == MentionForm::Name;
    let names: Vec<&Found> = found
        .iter()
        .filter(named)
        .filter(|f| match clusters[f.cluster].kind {
            EntityKind::Place => true,
            EntityKind::Country if own_name(f) => is_listed_state(view, f),
            EntityKind::Country => by_seat_alone(found, f.cluster),
            _ => false,
        })
        .collect();
    let mentions: Vec<PlaceMention> = names
        .iter()
        .map(|f| PlaceMention {
            text: view.words(&f.tokens),
            following: container(view, f, &names),
            state: f.known.as_ref().filter(|_| own_name(f)).and_then(|k| k.iso3.as_deref()),
        })
        .collect();
    let countries: Vec<&str> = found
        .iter()
        .filter(|f| f.form != MentionForm::Pronoun && f.kind != EntityKind::Place)
        .filter_map(|f| {
            let cluster = &clusters[f.cluster];
            let known = f.known.as_ref().or(cluster.known.as_ref());
            known.and_then(|k| k.iso3.as_deref()).or(cluster.country.as_deref())
        })
        .collect();
    let mut organizations: Vec<&str> = found
        .iter()
        .filter(named)
        .filter(|f| f.kind == EntityKind::Organization)
        .map(|f| view.words(&f.tokens))
        .collect();
    organizations.extend(view.article.publisher.as_deref());
    let around = Surroundings {
        countries: &countries,
        dateline: view.article.dateline_place.map(|s| s.of(&view.article.text)),
        organizations: &organizations,
    };
    let mut out: Vec<Option<Placed>> = vec![None; clusters.len()];
    for (f, resolved) in names.iter().zip(resolve_places(&mentions, &around)) {
        let Some(Resolved { place, part }) = resolved else { continue };
        let country = clusters[f.cluster].kind == EntityKind::Country;
        let iso3 = f.known.as_ref().and_then(|k| k.iso3.as_deref());
        // Paris is a seat of government in an article on France, whose towns speak for it, and a town in one on Texas.
        if country && !own_name(f) && place.country == iso3 {
            continue;
        }
        let elsewhere = country && place.feature != "PCLI";
        if out[f.cluster].is_none() && (!elsewhere || names_alike(view, found, f.cluster)) {
            out[f.cluster] = Some(Placed { place, part, elsewhere });
        }
    }
    for (c, cluster) in clusters.iter().enumerate().filter(|(_, c)| c.kind == EntityKind::Country) {
        if out[c].is_none() {
            let place = nation(view, found, c).or_else(|| {
                let state_known = cluster.known.as_ref()?;
                state(state_known.iso3.as_deref()?, &state_known.name)
            });
            out[c] = place.map(|place| Placed { place, part: false, elsewhere: false });
        }
    }
    out
}

fn own_name(found: &Found) -> bool {
    found.known.as_ref().is_some_and(|k| k.how == How::Name)
}

/// Whether the state is named by seats of its government alone.
fn by_seat_alone(found: &[Found], cluster: usize) -> bool {
    found
        .iter()
        .filter(|f| f.cluster == cluster && f.form == MentionForm::Name)
        .all(|f| f.known.as_ref().is_some_and(|k| k.how == How::Metonym))
}

/// Whether the gazetteer lists the state under this very name, so that the state can win over its namesakes.
fn is_listed_state(view: &View, found: &Found) -> bool {
    let iso3 = found.known.as_ref().and_then(|k| k.iso3.as_deref());
    known(view.words(&found.tokens)).places.iter().any(|p| p.feature == "PCLI" && p.country == iso3)
}

/// Whether all names of the cluster are one.
fn names_alike(view: &View, found: &[Found], cluster: usize) -> bool {
    let mut names = found
        .iter()
        .filter(|f| f.cluster == cluster && f.form == MentionForm::Name)
        .map(|f| gazetteer::fold(view.words(&f.tokens)));
    let first = names.next();
    names.all(|n| Some(n) == first)
}

/// England, where the article speaks of it and not of the rest of its state.
fn nation(view: &View, found: &[Found], cluster: usize) -> Option<Place> {
    let first = found.iter().find(|f| f.cluster == cluster && f.form == MentionForm::Name && own_name(f))?;
    let iso3 = first.known.as_ref()?.iso3.as_deref();
    let places = known(view.words(&first.tokens)).places;
    let nation = places.iter().find(|p| p.feature == "ADM1" && p.country == iso3)?;
    let listed = places.iter().any(|p| p.feature == "PCLI");
    (!listed && names_alike(view, found, cluster)).then_some(*nation)
}

/// The place behind a comma or a bracket, or right behind: "Springfield, **Illinois**", "San Rafael **California**".
fn container<'a>(view: &View<'a>, found: &Found, names: &[&Found]) -> Option<&'a str> {
    let end = found.tokens.end;
    let between = view.analysis.tokens.get(end).is_some_and(|t| matches!(t.form.as_str(), "," | "("));
    let next = names.iter().find(|n| n.tokens.start == end + usize::from(between))?;
    Some(view.analysis.span(next.tokens.clone()).of(&view.article.text))
}
