//! Places: the gazetteer, and which of the places of a name is meant.
//!
//! [`gazetteer`] looks names up in the built-in table; [`resolve_places`] chooses for all place names of an article
//! together, by population, the countries the article speaks of, containers ("Springfield, Illinois") and each other.

pub mod gazetteer;

use std::collections::HashMap;
use std::sync::OnceLock;

use reportedly_record::Span;

use crate::knowledge::Knowledge;
pub use gazetteer::{Gazetteer, Place};

/// A place name of the article.
#[derive(Debug, Clone)]
pub struct PlaceMention<'a> {
    /// As printed.
    pub text: &'a str,
    /// Where.
    pub span: Span,
    /// The place behind a comma, which should contain it.
    pub following: Option<&'a str>,
}

/// Rounds of choosing: later ones know the choices of the ones before.
const ROUNDS: usize = 2;

/// The place that each mention means, where the gazetteer knows one. `countries` are the ISO codes that the article names, with repetition.
pub fn resolve_places(mentions: &[PlaceMention], countries: &[&str], dateline: Option<&str>) -> Vec<Option<Place>> {
    let gazetteer = Gazetteer::built_in();
    let candidates: Vec<Vec<Place>> = mentions.iter().map(|m| gazetteer.candidates(m.text)).collect();
    let home =
        dateline.and_then(|d| gazetteer.candidates(d).into_iter().max_by_key(|p| p.population)).and_then(|p| p.country);
    let mut named: HashMap<&str, f64> = HashMap::new();
    for country in countries {
        *named.entry(country).or_default() += 1.0;
    }
    let total: f64 = named.values().sum::<f64>().max(1.0);
    let mut chosen: Vec<Option<usize>> = vec![None; mentions.len()];
    for _ in 0..ROUNDS {
        let fixed: Vec<Option<Place>> =
            chosen.iter().zip(&candidates).map(|(c, list)| c.map(|i| list[i].clone())).collect();
        for (m, mention) in mentions.iter().enumerate() {
            let others: Vec<&Place> = fixed
                .iter()
                .enumerate()
                .filter(|(o, _)| mentions[*o].text != mention.text)
                .filter_map(|(_, p)| p.as_ref())
                .collect();
            let score = |place: &Place| {
                let mut score = weight("base") * f64::from(place.population + 1).ln();
                let country = place.country.as_deref();
                if let Some(share) = country.and_then(|c| named.get(c)) {
                    score += weight("country-named") + weight("country-share") * share / total;
                }
                if country.is_some() && country == home.as_deref() {
                    score += weight("dateline-country");
                }
                if mention.following.is_some_and(|f| contains(f, place)) {
                    score += weight("container");
                }
                match place.feature.as_str() {
                    "PPLC" => score += weight("capital"),
                    "ADM1" => score += weight("division"),
                    _ => {}
                }
                let close = others
                    .iter()
                    .filter(|o| o.country == place.country && kilometres(o, place) < weight("near-km"))
                    .count();
                score + weight("near") * (close.min(3) as f64) / 2.0
            };
            chosen[m] = (0..candidates[m].len())
                .max_by(|&a, &b| score(&candidates[m][a]).total_cmp(&score(&candidates[m][b])).then(b.cmp(&a)));
        }
    }
    chosen.into_iter().zip(candidates).map(|(c, list)| c.and_then(|i| list.into_iter().nth(i))).collect()
}

/// Whether the container's name is that of the place's division or state.
fn contains(container: &str, place: &Place) -> bool {
    let division = place
        .division
        .as_deref()
        .is_some_and(|d| gazetteer::fold(d) == gazetteer::fold(container) || abbreviates(container, d));
    let country = || {
        place
            .country
            .as_deref()
            .and_then(|iso3| Knowledge::built_in().state_name(iso3))
            .is_some_and(|n| gazetteer::fold(n) == gazetteer::fold(container))
    };
    division || country()
}

/// "Ill." for Illinois: the container's own best candidate is that division.
fn abbreviates(container: &str, division: &str) -> bool {
    Gazetteer::built_in().candidates(container).iter().any(|p| p.feature == "ADM1" && p.name == division)
}

/// Great-circle distance.
pub fn kilometres(a: &Place, b: &Place) -> f64 {
    let (la, lb) = (a.latitude.to_radians(), b.latitude.to_radians());
    let (dla, dlo) = (lb - la, (b.longitude - a.longitude).to_radians());
    let h = (dla / 2.0).sin().powi(2) + la.cos() * lb.cos() * (dlo / 2.0).sin().powi(2);
    12_742.0 * h.sqrt().min(1.0).asin()
}

fn weight(name: &str) -> f64 {
    static WEIGHTS: OnceLock<HashMap<&'static str, f64>> = OnceLock::new();
    WEIGHTS
        .get_or_init(|| {
            include_str!("../../data/places/weights.tsv")
                .lines()
                .filter(|l| !l.starts_with('#'))
                .filter_map(|l| l.split_once('\t'))
                .filter_map(|(n, w)| Some((n, w.parse().ok()?)))
                .collect()
        })
        .get(name)
        .copied()
        .unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str, following: Option<&str>, countries: &[&str]) -> Option<(String, String)> {
        let mention = PlaceMention { text, span: Span::new(0, text.len()), following };
        let place = resolve_places(&[mention], countries, None).remove(0)?;
        Some((place.country.unwrap_or_default(), place.division.unwrap_or_default()))
    }

    #[test]
    fn population_country_and_container_choose() {
        assert_eq!(one("Paris", None, &[]).map(|p| p.0).as_deref(), Some("FRA"));
        assert_eq!(one("Paris", Some("Texas"), &[]), Some(("USA".into(), "Texas".into())));
        assert_eq!(one("Springfield", Some("Ill."), &[]), Some(("USA".into(), "Illinois".into())));
        assert_eq!(one("Tripoli", None, &["LBN", "LBN", "SYR"]).map(|p| p.0).as_deref(), Some("LBN"));
        assert_eq!(one("Tripoli", None, &["LBY"]).map(|p| p.0).as_deref(), Some("LBY"));
        assert_eq!(one("Black Sea", None, &[]).map(|p| p.0).as_deref(), Some(""));
        assert_eq!(one("Qwxyz", None, &[]), None);
    }
}
