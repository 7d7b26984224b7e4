//! `reportedly place`: what the gazetteer knows under a name and from where, for people to check.

use std::fmt::Write as _;
use std::io::Write;

use anyhow::Result;
use clap::{Args, ValueEnum};
use reportedly_reader::places::lookup::{Named, known};
use reportedly_reader::places::{Place, PlaceMention, Surroundings, resolve_places};
use serde_json::{Value, json};

use crate::exit::Outcome;

/// Every place of a name: GeoNames id, feature, country, division, coordinates, people, source.
///
/// The first is what the name means where nothing else is said; an article is read with all its place names together.
#[derive(Args)]
#[command(after_help = "Examples:\n  reportedly place Tripoli\n  reportedly place \"Paris, Texas\" --format json")]
pub struct PlaceArguments {
    /// Names; of "Paris, Texas" the second should contain the first
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
    /// What to write
    #[arg(long, value_enum, default_value_t = PlaceFormat::Human)]
    format: PlaceFormat,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PlaceFormat {
    /// For people
    Human,
    /// One JSON object a name
    Json,
}

pub fn run(arguments: &PlaceArguments) -> Result<Outcome> {
    let mut out = anstream::stdout().lock();
    let mut outcome = Outcome::Nothing;
    for name in &arguments.names {
        let named = ranked(name);
        if !named.places.is_empty() {
            outcome = Outcome::Done;
        }
        match arguments.format {
            PlaceFormat::Human => out.write_all(human(name, &named).as_bytes())?,
            PlaceFormat::Json => writeln!(out, "{:#}", as_json(name, &named))?,
        }
    }
    out.flush()?;
    Ok(outcome)
}

/// The places of the name, the one that it means by itself first.
fn ranked(name: &str) -> Named {
    let whole = known(name);
    let (text, following) = match name.split_once(',') {
        Some((text, container)) if whole.part || whole.places.is_empty() => (text, Some(container.trim())),
        _ => (name, None),
    };
    let mut named = known(text);
    let mention = PlaceMention { text, following, state: None };
    if let Some(best) = resolve_places(&[mention], &Surroundings::default()).into_iter().flatten().next() {
        named.places.sort_by_key(|p| *p != best.place);
    }
    named
}

fn human(name: &str, named: &Named) -> String {
    let mut out = String::new();
    if named.places.is_empty() {
        let _ = writeln!(out, "{name}: not known");
        return out;
    }
    let part = if named.part { format!(", of which \"{}\" is known", named.name) } else { String::new() };
    let _ = writeln!(out, "{name}{part}");
    for place in &named.places {
        let inside = [place.division.filter(|d| *d != place.name), place.country];
        let inside: Vec<&str> = inside.into_iter().flatten().collect();
        let id = place.geonames.map_or("no GeoNames id".to_owned(), |g| format!("GeoNames {g}"));
        let people = people(place).map_or(String::new(), |p| format!(", {p} people"));
        let prec = place.where_prec().map_or(String::new(), |w| format!(", where_prec {w}"));
        let _ = writeln!(
            out,
            "  {}{}{}\n      {:.4} {:.4}  {} {}{people}{prec}\n      {id}, from {}",
            place.name,
            if inside.is_empty() { "" } else { ", " },
            inside.join(", "),
            place.latitude,
            place.longitude,
            place.feature,
            place.feature_in_words(),
            place.source(),
        );
    }
    out
}

fn as_json(name: &str, named: &Named) -> Value {
    let places: Vec<Value> = named
        .places
        .iter()
        .map(|p| {
            json!({
                "name": p.name,
                "geonames": p.geonames,
                "feature": p.feature,
                "country": p.country,
                "division": p.division,
                "latitude": p.latitude,
                "longitude": p.longitude,
                "population": people(p),
                "where_prec": p.where_prec(),
                "source": p.source(),
            })
        })
        .collect();
    json!({ "name": name, "known_as": named.name, "part": named.part, "places": places })
}

/// Its people, where it has any: the weight of a sea is no population.
fn people(place: &Place) -> Option<u32> {
    Some(place.population).filter(|&p| p > 0 && place.geonames.is_some())
}
