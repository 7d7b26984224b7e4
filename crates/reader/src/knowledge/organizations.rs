//! Organisations: bodies of states, parties, armed groups, media, companies, and who is a member of what.

use jiff::civil::Date;
use reportedly_record::EntityKind;

use super::look_up::within;
use super::table::{Kind, Row, Source};
use super::{Knowledge, Known, compose};

/// A state's membership of an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// The organisation's name.
    pub organization: &'static str,
    /// The member, ISO 3166-1 alpha-3.
    pub iso3: &'static str,
    /// First day; none: since before the data begin.
    pub from: Option<Date>,
    /// First day no longer; none: still.
    pub until: Option<Date>,
    /// Where it says so.
    pub source: Source,
}

impl Knowledge {
    /// The members of an organisation on a day, ISO codes in the table's order.
    pub fn members(&self, organization: &str, on: Option<Date>) -> Vec<&'static str> {
        let mut out: Vec<&'static str> = Vec::new();
        for row in self.memberships.iter().filter(|m| m.organization == organization) {
            if on.is_none_or(|d| within(row.from, row.until, d)) && !out.contains(&row.iso3) {
                out.push(row.iso3);
            }
        }
        out
    }

    /// What a state is a member of on a day.
    pub fn member_of(&self, iso3: &str, on: Option<Date>) -> Vec<&'static str> {
        let mut out: Vec<&'static str> = Vec::new();
        for row in self.memberships.iter().filter(|m| m.iso3 == iso3) {
            if on.is_none_or(|d| within(row.from, row.until, d)) && !out.contains(&row.organization) {
                out.push(row.organization);
            }
        }
        out
    }

    pub(super) fn load_organizations(&mut self, rows: &[Row]) {
        for row in rows.iter().filter(|r| r.kind == Kind::Organizations) {
            let kind = if row.get("kind") == "group" { EntityKind::Group } else { EntityKind::Organization };
            let known = Known {
                iso3: row.some("iso3").filter(|i| self.states.contains_key(i.as_str())),
                sector: row.some("sector"),
                code: compose(row.some("iso3").as_deref(), row.some("sector").as_deref()),
                ..Known::of(row, row.get("name"), kind)
            };
            self.add(std::iter::once(row.get("name")).chain(row.list("aliases")), known, false);
        }
        for row in rows.iter().filter(|r| r.kind == Kind::Memberships) {
            self.memberships.push(Membership {
                organization: row.get("organization"),
                iso3: row.get("iso3"),
                from: row.date("from"),
                until: row.date("until"),
                source: row.source,
            });
        }
    }
}
