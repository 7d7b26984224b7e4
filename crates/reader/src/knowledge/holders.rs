//! Office holders: a person's code is that of the day asked for. In office the office's, before and after ELI.

use std::collections::HashMap;

use jiff::civil::Date;
use reportedly_record::EntityKind;

use super::look_up::{fold, within};
use super::table::{Kind, Row, Source};
use super::{How, Knowledge, Known, compose};

/// One person in one office.
#[derive(Debug, Clone)]
pub(super) struct Holder {
    pub name: &'static str,
    pub office: &'static str,
    pub iso3: &'static str,
    pub sector: &'static str,
    pub from: Option<Date>,
    pub until: Option<Date>,
    pub wikidata: Option<String>,
    pub source: Source,
    /// Of several who bear a surname the lowest is meant: users' rows, heads of state and government, the rest.
    pub rank: u8,
}

/// Rows of holders by a name they bear.
pub(super) type Index = HashMap<String, Vec<usize>>;

impl Knowledge {
    /// The name of whoever holds the office that the word means in the state on the day.
    pub fn holder(&self, iso3: &str, word: &str, on: Date) -> Option<String> {
        self.holder_of(iso3, word, on).map(|i| self.holders[i].name.to_owned())
    }

    pub(super) fn holder_of(&self, iso3: &str, word: &str, on: Date) -> Option<usize> {
        // "The Syrian opposition" is a body, whoever was "leader of the Syrian opposition".
        if self.role(word).is_some_and(|role| role.kind != EntityKind::Person) {
            return None;
        }
        let serving = || {
            let of_state = self.by_state.get(iso3).into_iter().flatten().copied();
            of_state.filter(|&i| within(self.holders[i].from, self.holders[i].until, on))
        };
        let exact = serving().find(|&i| self.holders[i].office == word);
        let close =
            || serving().find(|&i| self.holders[i].office.strip_suffix(word).is_some_and(|rest| rest.ends_with(' ')));
        if let Some(holder) = exact.or_else(close) {
            return Some(holder);
        }
        // "Leader" is whoever is listed first: the head of state or of government in power.
        if !self.words.means(word, "any head") || !self.states.contains_key(iso3) {
            return None;
        }
        serving().find(|&i| self.words.means(self.holders[i].office, "head office"))
    }

    /// Who bears the name: in office on the day, else the last to have held one; a bare surname must mean one person.
    pub(super) fn person(&self, index: &Index, key: &str, on: Option<Date>) -> Option<Known> {
        let indices = index.get(key)?;
        let one = |of: &[usize]| {
            let first = *of.first()?;
            of.iter().all(|&i| self.holders[i].name == self.holders[first].name).then_some(first)
        };
        let serving: Vec<usize> = indices.iter().copied().filter(|&i| self.serves(i, on)).collect();
        let chosen = if serving.is_empty() {
            one(indices)?;
            let left = indices.iter().filter(|&&i| self.holders[i].until.zip(on).is_some_and(|(u, d)| u <= d));
            left.copied().max_by_key(|&i| self.holders[i].until).or_else(|| indices.first().copied())?
        } else {
            let rank = serving.iter().map(|&i| self.holders[i].rank).min()?;
            let first: Vec<usize> = serving.into_iter().filter(|&i| self.holders[i].rank == rank).collect();
            one(&first)?
        };
        Some(self.known_holder(chosen, on))
    }

    pub(super) fn serves(&self, holder: usize, on: Option<Date>) -> bool {
        on.is_none_or(|d| within(self.holders[holder].from, self.holders[holder].until, d))
    }

    /// A row as it is known on a day.
    pub(super) fn known_holder(&self, index: usize, on: Option<Date>) -> Known {
        let holder = &self.holders[index];
        let serving = self.serves(index, on);
        let lost =
            !serving && (self.words.means(holder.sector, "left by leaving") || !self.states.contains_key(holder.iso3));
        let sector = if lost { "ELI" } else { holder.sector };
        let state = self.state_name(holder.iso3);
        let office = match state {
            Some(state) => format!("{} of {state}", holder.office),
            None => holder.office.to_owned(),
        };
        Known {
            name: holder.name.to_owned(),
            kind: EntityKind::Person,
            how: How::Name,
            iso3: state.map(|_| holder.iso3.to_owned()),
            sector: Some(sector.to_owned()),
            code: compose(Some(holder.iso3).filter(|i| !i.is_empty()), Some(sector)),
            office: serving.then(|| office.clone()),
            held: Some(office),
            from: holder.from,
            until: holder.until,
            wikidata: holder.wikidata.clone(),
            geonames: None,
            latitude: None,
            longitude: None,
            source: holder.source,
            role: None,
        }
    }

    pub(super) fn load_holders(&mut self, rows: &[Row]) {
        let mut users: Vec<Holder> = Vec::new();
        let mut built_in: Vec<Holder> = Vec::new();
        for row in rows.iter().filter(|r| r.kind == Kind::Holders) {
            let holder = Holder {
                name: row.get("name"),
                office: row.get("office"),
                iso3: row.get("iso3"),
                sector: row.get("sector"),
                from: row.date("from"),
                until: row.date("until"),
                wikidata: row.some("wikidata"),
                source: row.source,
                rank: if row.source.user { 0 } else { 1 + u8::from(row.source.file != super::HEADS) },
            };
            if row.source.user { users.push(holder) } else { built_in.push(holder) }
        }
        let built_in = built_in.into_iter().flat_map(|h| yielding(h, &users)).collect::<Vec<_>>();
        let mut aliases: HashMap<(&'static str, &'static str), Vec<&'static str>> = HashMap::new();
        for row in rows.iter().filter(|r| r.kind == Kind::Holders) {
            aliases.entry((row.get("name"), row.get("iso3"))).or_default().extend(row.list("aliases"));
        }
        for holder in users.into_iter().chain(built_in) {
            let index = self.holders.len();
            let full = std::iter::once(holder.name)
                .chain(aliases.get(&(holder.name, holder.iso3)).into_iter().flatten().copied());
            for name in full {
                push(&mut self.people, fold(name), index);
            }
            if let Some(surname) = surname(holder.name) {
                push(&mut self.surnames, fold(surname), index);
            }
            if let Some((family, _)) = holder.name.split_once(' ') {
                push(&mut self.families, fold(family), index);
            }
            self.by_state.entry(holder.iso3).or_default().push(index);
            self.holders.push(holder);
        }
    }
}

fn push(index: &mut Index, key: String, holder: usize) {
    let list = index.entry(key).or_default();
    if list.last() != Some(&holder) {
        list.push(holder);
    }
}

/// The surname alone, where it is no alias: only descriptions look there ("President Kirchner"), since most are anybody's.
/// Chinese and Korean names have it in front.
fn surname(name: &str) -> Option<&str> {
    // "Ferdinand Marcos Jr", "Abdullah II".
    let name = name.rsplit_once(' ').filter(|(_, last)| last.len() < 3).map_or(name, |(before, _)| before);
    let (_, last) = name.rsplit_once(' ')?;
    let last = match last.split_once('-') {
        Some((particle, rest)) if particle.starts_with(char::is_lowercase) => rest,
        Some(_) => return None,
        None => last,
    };
    (last.starts_with(char::is_uppercase) && last.chars().count() > 2).then_some(last)
}

/// What is left of a built-in row beside the users' rows of the same office: the same person's row is the users', and while
/// they have somebody else in it nobody of ours is.
fn yielding(holder: Holder, users: &[Holder]) -> Vec<Holder> {
    let mut left = vec![holder];
    for user in users {
        let mut next = Vec::new();
        for holder in left {
            if holder.iso3 != user.iso3 || holder.office != user.office {
                next.push(holder);
                continue;
            }
            if holder.name == user.name && overlap(&holder, user) {
                continue;
            }
            if !overlap(&holder, user) {
                next.push(holder);
                continue;
            }
            if user.from.is_some_and(|from| holder.from.is_none_or(|f| f < from)) {
                next.push(Holder { until: user.from, ..holder.clone() });
            }
            if user.until.is_some_and(|until| holder.until.is_none_or(|u| u > until)) {
                next.push(Holder { from: user.until, ..holder });
            }
        }
        left = next;
    }
    left
}

/// Whether two rows share a day.
fn overlap(a: &Holder, b: &Holder) -> bool {
    let before = |a: &Holder, b: &Holder| a.until.zip(b.from).is_some_and(|(until, from)| until <= from);
    !before(a, b) && !before(b, a)
}
