//! What is known of the world: states, office holders with dates, organisations, role words, things.
//!
//! Data and sources in `data/actors/`. [`Knowledge::lookup`] takes a name, [`Knowledge::describe`] a description
//! ("South Korean officials"), both on a day. Users add rows of their own through [`Knowledge::install`].

mod describe;
mod holders;
#[cfg(test)]
mod holders_test;
mod look_up;
mod organizations;
mod roles;
mod states;
mod table;
#[cfg(test)]
mod tests;
mod user;

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use jiff::civil::Date;
use reportedly_record::EntityKind;

pub use organizations::Membership;
pub use roles::{Role, Thing};
pub use states::State;
pub use table::{ActorsError, Source};

use holders::{Holder, Index};
use look_up::Entry;
use roles::Words;
use table::Row;

/// The table whose people are meant first where several bear a surname.
const HEADS: &str = "leaders.tsv";

/// Offices and their holders; heads of state and government first.
const HOLDERS: [&str; 4] = [
    include_str!("../../data/actors/leaders.tsv"),
    include_str!("../../data/actors/ministers.tsv"),
    include_str!("../../data/actors/officials.tsv"),
    include_str!("../../data/actors/commanders.tsv"),
];

/// The built-in tables. Of one name in several, the first is meant where the day does not tell.
const TABLES: [(&str, &str); 17] = [
    ("states.tsv", include_str!("../../data/actors/states.tsv")),
    ("territories.tsv", include_str!("../../data/actors/territories.tsv")),
    ("state_names.tsv", include_str!("../../data/actors/state_names.tsv")),
    ("seats.tsv", include_str!("../../data/actors/seats.tsv")),
    ("organizations.tsv", include_str!("../../data/actors/organizations.tsv")),
    ("media.tsv", include_str!("../../data/actors/media.tsv")),
    ("armed.tsv", include_str!("../../data/actors/armed.tsv")),
    ("bodies.tsv", include_str!("../../data/actors/bodies.tsv")),
    ("parties.tsv", include_str!("../../data/actors/parties.tsv")),
    ("companies.tsv", include_str!("../../data/actors/companies.tsv")),
    ("memberships.tsv", include_str!("../../data/actors/memberships.tsv")),
    (HEADS, HOLDERS[0]),
    ("ministers.tsv", HOLDERS[1]),
    ("officials.tsv", HOLDERS[2]),
    ("commanders.tsv", HOLDERS[3]),
    ("roles.tsv", include_str!("../../data/actors/roles.tsv")),
    ("things.tsv", include_str!("../../data/actors/things.tsv")),
];

/// How a name names its entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// Its own name.
    Name,
    /// An adjective or demonym of a state or people.
    Adjective,
    /// A capital or seat that stands for the government.
    Metonym,
    /// A description: "South Korean officials".
    Description,
}

/// What is known under a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// Canonical name.
    pub name: String,
    /// What sort of thing.
    pub kind: EntityKind,
    /// How the name names it.
    pub how: How,
    /// ISO 3166-1 alpha-3.
    pub iso3: Option<String>,
    /// PLOVER sector.
    pub sector: Option<String>,
    /// State and sector as coders write them.
    pub code: Option<String>,
    /// Office held on the date asked for.
    pub office: Option<String>,
    /// The office that the person is known for, held on the date or not.
    pub held: Option<String>,
    /// First day of the office, the name or the body, where it is known.
    pub from: Option<Date>,
    /// First day no longer.
    pub until: Option<Date>,
    /// Wikidata item.
    pub wikidata: Option<String>,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// The line of data that says so.
    pub source: Source,
    /// Of a description also the line of its role.
    pub role: Option<Source>,
}

/// The built-in knowledge and what users add, indexed.
#[derive(Default)]
pub struct Knowledge {
    entries: Vec<Entry>,
    names: Index,
    holders: Vec<Holder>,
    by_state: HashMap<&'static str, Vec<usize>>,
    people: Index,
    surnames: Index,
    families: Index,
    states: HashMap<&'static str, State>,
    memberships: Vec<Membership>,
    roles: HashMap<&'static str, Role>,
    things: HashMap<&'static str, (Thing, &'static str)>,
    words: Words,
}

static KNOWN: OnceLock<Knowledge> = OnceLock::new();

impl Knowledge {
    /// The tables built into the program, read on first use, with what was installed before that.
    pub fn built_in() -> &'static Knowledge {
        KNOWN.get_or_init(|| Knowledge::of(built_in_rows()))
    }

    /// State and sector as coders write them: PRK and GOV make PRKGOV.
    pub fn compose(&self, iso3: Option<&str>, sector: Option<&str>) -> Option<String> {
        compose(iso3, sector)
    }

    fn of(rows: Vec<Row>) -> Knowledge {
        let mut out = Knowledge { words: Words::built_in(), ..Knowledge::default() };
        out.load_states(&rows);
        out.load_organizations(&rows);
        out.load_seats(&rows);
        out.load_holders(&rows);
        out.load_roles(&rows);
        out
    }
}

/// The rows of the built-in tables; a test sees to it that each can be read.
fn built_in_rows() -> Vec<Row> {
    TABLES.iter().flat_map(|(file, text)| table::parse(file, text, false).unwrap_or_default()).collect()
}

/// The sectors of PLOVER and the older ones that data may still carry.
fn sectors() -> HashSet<&'static str> {
    include_str!("../../data/actors/sectors.tsv").lines().skip(1).filter_map(|l| l.split('\t').next()).collect()
}

fn compose(iso3: Option<&str>, sector: Option<&str>) -> Option<String> {
    match (iso3, sector) {
        (Some(state), Some(sector)) if state == sector => Some(state.to_owned()),
        (Some(state), Some(sector)) => Some(format!("{state}{sector}")),
        (Some(state), None) => Some(state.to_owned()),
        (None, Some(sector)) => Some(sector.to_owned()),
        (None, None) => None,
    }
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
