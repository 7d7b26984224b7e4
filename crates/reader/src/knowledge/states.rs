//! States and territories: names, former names, adjectives, demonyms, seats that stand for a government.

use reportedly_record::EntityKind;

use super::table::{Kind, Row};
use super::{How, Knowledge, Known, compose, some};

/// What is known of a state besides its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// English short name.
    pub name: &'static str,
    /// ISO 3166-1 alpha-2.
    pub iso2: Option<&'static str>,
    /// Correlates of War number.
    pub cow: Option<u16>,
    /// Gleditsch–Ward number.
    pub gw: Option<u16>,
    /// The state it is a territory of.
    pub of: Option<&'static str>,
}

impl Knowledge {
    /// The state's name.
    pub fn state_name(&self, iso3: &str) -> Option<&'static str> {
        self.states.get(iso3).map(|s| s.name)
    }

    /// Numbers and codes of a state.
    pub fn state(&self, iso3: &str) -> Option<&State> {
        self.states.get(iso3)
    }

    /// The rows of states, territories and former names, in that order: a name goes to whom it was given first.
    pub(super) fn load_states(&mut self, rows: &[Row]) {
        let of = |kind| rows.iter().filter(move |r| r.kind == kind);
        for row in of(Kind::States) {
            let text = |column| Some(row.get(column)).filter(|c: &&str| !c.is_empty());
            let state = State {
                name: row.get("name"),
                iso2: text("iso2"),
                cow: row.number("cow"),
                gw: row.number("gw"),
                of: text("of"),
            };
            self.states.insert(row.get("iso3"), state);
        }
        for row in of(Kind::States) {
            let known = Known {
                iso3: row.some("iso3"),
                code: row.some("iso3"),
                ..Known::of(row, row.get("name"), EntityKind::Country)
            };
            self.add_if_free(std::iter::once(row.get("name")).chain(row.list("names")), &known);
        }
        for row in of(Kind::Territories) {
            let known = territory(row);
            self.add_if_free(std::iter::once(row.get("name")).chain(row.list("names")), &known);
        }
        for row in of(Kind::StateNames) {
            let Some(state) = self.state_known(row) else { continue };
            let old = row.list("name");
            self.add_if_free(old, &state);
            self.add_if_free(row.list("adjectives"), &Known { how: How::Adjective, ..state });
        }
        for row in of(Kind::States).chain(of(Kind::Territories)) {
            let known = if row.kind == Kind::States {
                let name = row.get("name");
                Known { iso3: row.some("iso3"), code: row.some("iso3"), ..Known::of(row, name, EntityKind::Country) }
            } else {
                territory(row)
            };
            let words = row.list("adjectives").chain(row.list("demonyms"));
            self.add_if_free(words, &Known { how: How::Adjective, ..known });
        }
    }

    /// Seats, after all else: a name that a body has is the body's.
    pub(super) fn load_seats(&mut self, rows: &[Row]) {
        let of = |kind| rows.iter().filter(move |r| r.kind == kind);
        for row in of(Kind::Seats) {
            let Some(state) = self.state_known(row) else { continue };
            let sector = row.some("sector").or_else(|| some("GOV"));
            let known = Known {
                how: How::Metonym,
                kind: if self.states.contains_key(row.get("iso3")) { state.kind } else { EntityKind::Organization },
                code: compose(state.iso3.as_deref().or(Some(row.get("iso3"))), sector.as_deref()),
                sector,
                ..state
            };
            self.add(std::iter::once(row.get("seat")), known, true);
        }
        for row in of(Kind::States).chain(of(Kind::Territories)) {
            let base = if row.kind == Kind::States {
                Known { iso3: row.some("iso3"), ..Known::of(row, row.get("name"), EntityKind::Country) }
            } else {
                territory(row)
            };
            let code = compose(base.iso3.as_deref(), Some("GOV"));
            self.add_if_free(row.list("seats"), &Known { how: How::Metonym, sector: some("GOV"), code, ..base });
        }
    }

    /// The state of a former name or a seat, with the row's dates and line.
    fn state_known(&self, row: &Row) -> Option<Known> {
        let iso3 = row.get("iso3");
        let name = self.state_name(iso3).unwrap_or(row.get("seat"));
        let state = self.entries.iter().find(|e| e.known.how == How::Name && e.known.code.as_deref() == Some(iso3));
        let blank = Known::of(row, name, EntityKind::Country);
        let Some(state) = state else { return Some(blank) };
        Some(Known { from: blank.from, until: blank.until, source: blank.source, ..state.known.clone() })
    }
}

/// A part of a state, or what it says it is: Abkhazia is Georgia's, with the sector of the partially recognised.
fn territory(row: &Row) -> Known {
    let place = row.get("kind") == "place";
    Known {
        iso3: row.some("iso3"),
        sector: row.some("sector"),
        code: if place { None } else { compose(row.some("iso3").as_deref(), row.some("sector").as_deref()) },
        ..Known::of(row, row.get("name"), if place { EntityKind::Place } else { EntityKind::Country })
    }
}
