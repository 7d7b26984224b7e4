//! Which of the places of a name is meant: all names of an article are settled together.
//!
//! A name has one meaning in an article, unless containers tell two apart ("Paris, Texas" and "Paris, France"). Each
//! candidate has a prior of its own; then, in a few rounds, each name's belief in its candidates is renewed by the belief
//! that the other names have in places near, in the same division or in the same country.

use std::collections::HashMap;

use super::gazetteer::{Place, fold};
use super::lookup::{Named, known, leading};
use super::weights::{Weights, weights};

/// A place name of the article.
#[derive(Debug, Clone, Copy)]
pub struct PlaceMention<'a> {
    /// As printed.
    pub text: &'a str,
    /// The place behind it, which should contain it: "Springfield, **Illinois**".
    pub following: Option<&'a str>,
    /// The state that the name is known for, by ISO 3166-1 alpha-3.
    pub state: Option<&'a str>,
}

/// What else of the article speaks for a place.
#[derive(Debug, Clone, Copy, Default)]
pub struct Surroundings<'a> {
    /// ISO codes of the states it names, with repetition.
    pub countries: &'a [&'a str],
    /// Where it was written.
    pub dateline: Option<&'a str>,
    /// Names of organisations and the publisher, which may begin with a place.
    pub organizations: &'a [&'a str],
}

/// The place that a mention means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Resolved {
    /// The place.
    pub place: Place,
    /// Whether the mention names something in or near it, only a part of the name being known.
    pub part: bool,
}

/// Rounds of renewal, and the belief below which a candidate speaks for no other.
const ROUNDS: usize = 4;
const HEARD: f64 = 0.02;

struct Candidate {
    place: Place,
    /// On the unit sphere.
    at: [f64; 3],
    prior: f64,
    belief: f64,
}

struct Name {
    name: String,
    /// What it is worth as evidence.
    weight: f64,
    /// States among the article's countries that are mentions of this name itself.
    own: usize,
    candidates: Vec<Candidate>,
}

/// The place that each mention means, where the gazetteer knows one.
pub fn resolve_places(mentions: &[PlaceMention], around: &Surroundings) -> Vec<Option<Resolved>> {
    let looked_up: Vec<Named> = mentions.iter().map(|m| known(m.text)).collect();
    // "Iraq, Syria" is a list: what does not contain any place of the name says nothing of it.
    let mentions: Vec<PlaceMention> = mentions
        .iter()
        .zip(&looked_up)
        .map(|(m, named)| PlaceMention { following: m.following.filter(|f| contains_any(f, named)), ..*m })
        .collect();
    let mentions = mentions.as_slice();
    let containers = containers(mentions, &looked_up);
    let mut names: Vec<Name> = Vec::new();
    let mut index: HashMap<(String, Option<String>), usize> = HashMap::new();
    let mut of_mention = Vec::with_capacity(mentions.len());
    for (mention, named) in mentions.iter().zip(&looked_up) {
        let known_containers = containers.get(named.name.as_str()).map(Vec::as_slice).unwrap_or_default();
        let container = mention.following.or(known_containers.first().copied());
        let apart = (known_containers.len() > 1).then(|| container.map(fold)).flatten();
        let at = *index.entry((named.name.clone(), apart)).or_insert_with(|| {
            names.push(Name::new(named, container, 1.0));
            names.len() - 1
        });
        names[at].own += usize::from(mention.state.is_some());
        of_mention.push(at);
    }
    let spoken = names.len();
    let evidence = around.organizations.iter().map(|o| (leading(o), None, weights().organization)).chain(
        around.dateline.map(|d| {
            let (town, container) = d.split_once(',').map_or((d, None), |(t, c)| (t, Some(c.trim())));
            (known(town), container, weights().dateline)
        }),
    );
    for (named, container, weight) in evidence {
        if !named.places.is_empty() && names.iter().all(|n| n.name != named.name) {
            names.push(Name::new(&named, container, weight));
        }
    }
    for name in &mut names {
        name.weigh_countries(around.countries);
        name.believe(&name.candidates.iter().map(|c| c.prior).collect::<Vec<_>>());
    }
    for _ in 0..ROUNDS {
        let renewed: Vec<Vec<f64>> = (0..names.len())
            .map(|n| names[n].candidates.iter().map(|c| c.prior + support(&names, n, c)).collect())
            .collect();
        for (name, scores) in names.iter_mut().zip(&renewed) {
            name.believe(scores);
        }
    }
    debug_assert!(of_mention.iter().all(|&n| n < spoken));
    of_mention
        .into_iter()
        .zip(&looked_up)
        .map(|(n, named)| names[n].best().map(|place| Resolved { place, part: named.part }))
        .collect()
}

/// The containers that each name is given anywhere in the article, in text order.
fn containers<'a>(mentions: &[PlaceMention<'a>], looked_up: &'a [Named]) -> HashMap<&'a str, Vec<&'a str>> {
    let mut out: HashMap<&str, Vec<&str>> = HashMap::new();
    for (mention, named) in mentions.iter().zip(looked_up) {
        if let Some(container) = mention.following {
            let list = out.entry(named.name.as_str()).or_default();
            if !list.iter().any(|c| fold(c) == fold(container)) {
                list.push(container);
            }
        }
    }
    out
}

impl Name {
    fn new(named: &Named, container: Option<&str>, weight: f64) -> Name {
        let w = weights();
        let container = container.map(|c| known(c).places).unwrap_or_default();
        let candidates = named
            .places
            .iter()
            .map(|&place| {
                let at = on_sphere(&place);
                let contained = container.iter().any(|c| contains(c, &place));
                let after_seat = named.places.iter().any(|town| is_seat(town, &place, w));
                let prior = prior(&named.name, &place, w)
                    + if contained { w.container } else { 0.0 }
                    + if after_seat { w.seat } else { 0.0 };
                Candidate { place, at, prior, belief: 0.0 }
            })
            .collect();
        Name { name: named.name.clone(), weight, own: 0, candidates }
    }

    /// A state that the article speaks of, by other words than this name, speaks for what lies in it.
    fn weigh_countries(&mut self, countries: &[&str]) {
        let total = countries.len().max(1) as f64;
        let states: Vec<&str> =
            self.candidates.iter().filter(|c| c.place.feature == "PCLI").filter_map(|c| c.place.country).collect();
        for candidate in &mut self.candidates {
            let Some(country) = candidate.place.country else { continue };
            let named = countries.iter().filter(|c| **c == country).count();
            let own = if states.contains(&country) { self.own } else { 0 };
            if named > own {
                let share = (named - own) as f64 / total;
                candidate.prior += weights().country_named + weights().country_share * share;
            }
        }
    }

    fn believe(&mut self, scores: &[f64]) {
        let most = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let total: f64 = scores.iter().map(|s| (s - most).exp()).sum();
        for (candidate, score) in self.candidates.iter_mut().zip(scores) {
            candidate.belief = (score - most).exp() / total;
        }
    }

    fn best(&self) -> Option<Place> {
        let best = self.candidates.iter().rev().max_by(|a, b| a.belief.total_cmp(&b.belief))?;
        Some(best.place)
    }
}

/// What the place is worth under the name before anything else of the article is known.
fn prior(name: &str, place: &Place, w: &Weights) -> f64 {
    let own_name = fold(place.name) == name;
    let sort = match place.feature {
        "PPLC" => w.capital,
        "ADM1" => w.division,
        "ADM2" => w.county + if own_name { 0.0 } else { w.short },
        "PCLI" => w.country,
        "PPL" | "PPLA" | "PPLX" => 0.0,
        _ => w.listed,
    };
    let alias = if place.feature == "PPL" && !own_name { w.alias } else { 0.0 };
    w.base * (f64::from(place.population) + 1.0).ln() + sort + alias
}

/// "Idlib" alone is the town, not the division that is called after it; a division that lies far and wide is meant itself.
fn is_seat(town: &Place, division: &Place, w: &Weights) -> bool {
    let inside = town.country == division.country && town.division == division.division;
    let most = f64::from(town.population) > w.seat_share * f64::from(division.population);
    matches!(division.feature, "ADM1" | "ADM2")
        && town.feature.starts_with("PPL")
        && inside
        && (most || kilometres(town, division) < w.seat_km)
}

/// What the other names say for the candidate. Each sign saturates: ten towns near say little more than five.
fn support(names: &[Name], of: usize, candidate: &Candidate) -> f64 {
    let w = weights();
    let (place, mut near, mut division, mut country) = (&candidate.place, 0.0, 0.0, 0.0);
    if names[of].candidates.len() < 2 {
        return 0.0;
    }
    for other in names.iter().enumerate().filter(|(n, o)| *n != of && o.name != names[of].name).map(|(_, o)| o) {
        let (mut close, mut same_division, mut same_country) = (0.0, 0.0, 0.0);
        for c in other.candidates.iter().filter(|c| c.belief > HEARD && c.place != *place) {
            let in_country = c.place.country.is_some() && c.place.country == place.country;
            let in_division = in_country && c.place.division.is_some() && c.place.division == place.division;
            match c.place.feature {
                "ADM1" if in_country && place.feature == "ADM1" => same_division += c.belief * w.sibling_division,
                "ADM1" if in_division => same_division += c.belief,
                "ADM1" => {}
                "PCLI" if in_country => same_country += c.belief,
                "PCLI" | "CONT" | "RGN" | "OCN" | "SEA" => {}
                _ => close += c.belief * (-kilometres_between(&candidate.at, &c.at) / w.near_km).exp(),
            }
            if in_country {
                same_country += c.belief * w.town_country;
            }
            // What lies in a state is near the state, however large.
            if in_country && place.feature == "PCLI" {
                close += c.belief * w.within_country;
                same_division += c.belief * w.within_country;
            }
            if in_division && c.place.feature != "ADM1" {
                same_division += c.belief * w.town_division;
            }
        }
        near += close * other.weight;
        division += f64::min(same_division, 1.0) * other.weight;
        country += f64::min(same_country, 1.0) * other.weight;
    }
    let saturated = |sign: f64| 1.0 - (-sign).exp();
    w.near * saturated(near) + w.same_division * saturated(division) + w.same_country * saturated(country)
}

fn contains_any(container: &str, named: &Named) -> bool {
    let containers = known(container).places;
    named.places.iter().any(|p| containers.iter().any(|c| contains(c, p)))
}

/// Whether the place lies in the container.
fn contains(container: &Place, place: &Place) -> bool {
    let same_country = container.country.is_some() && container.country == place.country;
    let same_division = same_country && container.division.is_some() && container.division == place.division;
    match container.feature {
        "PCLI" => same_country && place.feature != "PCLI",
        "ADM1" => same_division && !matches!(place.feature, "ADM1" | "PCLI"),
        "ADM2" => {
            let inner = !matches!(place.feature, "ADM1" | "ADM2" | "PCLI");
            same_division && inner && kilometres(container, place) < weights().near_km
        }
        _ => false,
    }
}

fn on_sphere(place: &Place) -> [f64; 3] {
    let (latitude, longitude) = (place.latitude.to_radians(), place.longitude.to_radians());
    [latitude.cos() * longitude.cos(), latitude.cos() * longitude.sin(), latitude.sin()]
}

fn kilometres_between(a: &[f64; 3], b: &[f64; 3]) -> f64 {
    let square: f64 = a.iter().zip(b).map(|(x, y)| (x - y) * (x - y)).sum();
    12_742.0 * (square.sqrt() / 2.0).min(1.0).asin()
}

/// Great-circle distance.
pub fn kilometres(a: &Place, b: &Place) -> f64 {
    kilometres_between(&on_sphere(a), &on_sphere(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(mentions: &[(&str, Option<&str>)], around: &Surroundings, expected: &[(&str, &str)]) {
        let mentions: Vec<PlaceMention> =
            mentions.iter().map(|&(text, following)| PlaceMention { text, following, state: None }).collect();
        let got: Vec<(&str, &str)> = resolve_places(&mentions, around)
            .into_iter()
            .map(|r| r.map_or(("", ""), |r| (r.place.country.unwrap_or(""), r.place.division.unwrap_or(""))))
            .collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn population_country_and_container_choose() {
        let nothing = Surroundings::default();
        check(&[("Paris", None)], &nothing, &[("FRA", "Île-de-France")]);
        check(&[("Paris", Some("Texas"))], &nothing, &[("USA", "Texas")]);
        check(&[("Springfield", Some("Ill."))], &nothing, &[("USA", "Illinois")]);
        check(&[("Qwxyz", None), ("Black Sea", None)], &nothing, &[("", ""), ("", "")]);
        let lebanon = Surroundings { countries: &["LBN", "LBN", "SYR"], ..nothing };
        check(&[("Tripoli", None)], &lebanon, &[("LBN", "North")]);
        let alone = |text| {
            let mention = PlaceMention { text, following: None, state: None };
            resolve_places(&[mention], &nothing)[0].map_or("", |r| r.place.feature)
        };
        assert_eq!(
            ["Idlib", "Idlib province", "Aleppo", "Texas", "Kabul"].map(alone),
            ["PPL", "ADM1", "PPL", "ADM1", "PPLC"]
        );
    }

    #[test]
    fn neighbours_divisions_organizations_and_the_dateline_choose() {
        let nothing = Surroundings::default();
        check(
            &[("Dublin", None), ("Delaware County", None), ("Columbus", None), ("Ohio", None)],
            &nothing,
            &[("USA", "Ohio"), ("USA", "Ohio"), ("USA", "Ohio"), ("USA", "Ohio")],
        );
        let texan = Surroundings { organizations: &["Texas Department of Health"], ..nothing };
        check(&[("Paris", None), ("Lamar County", None)], &texan, &[("USA", "Texas"), ("USA", "Texas")]);
        let dateline = Surroundings { dateline: Some("MOSCOW, Idaho"), ..nothing };
        check(&[("Pullman", None), ("Troy", None)], &dateline, &[("USA", "Washington"), ("USA", "Idaho")]);
    }

    #[test]
    fn a_name_means_one_place_unless_containers_tell_two_apart() {
        let nothing = Surroundings::default();
        check(&[("Portland", Some("Maine")), ("Portland", None)], &nothing, &[("USA", "Maine"), ("USA", "Maine")]);
        check(
            &[("Portland", Some("Maine")), ("Portland", Some("Oregon"))],
            &nothing,
            &[("USA", "Maine"), ("USA", "Oregon")],
        );
    }

    #[test]
    fn a_list_of_states_is_no_list_of_towns() {
        let list = [("Oregon", None), ("California", None), ("Nevada", None), ("Ohio", None)];
        let mentions = list.map(|(text, following)| PlaceMention { text, following, state: None });
        let resolved = resolve_places(&mentions, &Surroundings::default());
        assert!(resolved.iter().all(|r| r.is_some_and(|r| r.place.feature == "ADM1")));
    }
}
