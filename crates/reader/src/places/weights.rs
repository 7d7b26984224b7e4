//! What each sign is worth, from `data/places/weights.tsv`.

use std::sync::OnceLock;

/// The table; its head says what each means.
pub struct Weights {
    pub base: f64,
    pub capital: f64,
    pub division: f64,
    pub county: f64,
    pub country: f64,
    pub listed: f64,
    pub seat: f64,
    pub seat_km: f64,
    pub seat_share: f64,
    pub short: f64,
    pub alias: f64,
    pub country_named: f64,
    pub country_share: f64,
    pub container: f64,
    pub near: f64,
    pub near_km: f64,
    pub same_division: f64,
    pub same_country: f64,
    pub sibling_division: f64,
    pub town_division: f64,
    pub town_country: f64,
    pub within_country: f64,
    pub organization: f64,
    pub dateline: f64,
}

/// The table built into the program.
pub fn weights() -> &'static Weights {
    static WEIGHTS: OnceLock<Weights> = OnceLock::new();
    WEIGHTS.get_or_init(|| Weights {
        base: weight("base"),
        capital: weight("capital"),
        division: weight("division"),
        county: weight("county"),
        country: weight("country"),
        listed: weight("listed"),
        seat: weight("seat"),
        seat_km: weight("seat-km"),
        seat_share: weight("seat-share"),
        short: weight("short"),
        alias: weight("alias"),
        country_named: weight("country-named"),
        country_share: weight("country-share"),
        container: weight("container"),
        near: weight("near"),
        near_km: weight("near-km"),
        same_division: weight("same-division"),
        same_country: weight("same-country"),
        sibling_division: weight("sibling-division"),
        town_division: weight("town-division"),
        town_country: weight("town-country"),
        within_country: weight("within-country"),
        organization: weight("organization"),
        dateline: weight("dateline"),
    })
}

fn weight(name: &str) -> f64 {
    let line = include_str!("../../data/places/weights.tsv")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .find_map(|l| l.split_once('\t').filter(|(n, _)| *n == name));
    debug_assert!(line.is_some(), "{name} is not in weights.tsv");
    line.and_then(|(_, w)| w.parse().ok()).unwrap_or(0.0)
}
