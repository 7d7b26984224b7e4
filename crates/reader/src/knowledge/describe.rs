//! Descriptions: "South Korean officials", "the Turkish president", "a Hamas spokesman", on a day.
//!
//! A description is somebody's role (its last noun), whose it is (a state or body before it, or after "of"), and what the words
//! between add. It is read without a tree: what the program asks of an article goes through `entities`, with one.

use std::ops::Range;

use jiff::civil::Date;
use reportedly_record::EntityKind;

use super::look_up::fold;
use super::{How, Knowledge, Known, Role, compose};
use crate::places::Gazetteer;

/// The longest name or role, in words, that is looked for.
const LONGEST: usize = 6;

/// A role found among the words.
struct Found<'a> {
    words: Range<usize>,
    lemma: String,
    role: &'a Role,
    plural: bool,
}

impl Knowledge {
    /// What a name or description stands for on a day.
    pub fn describe(&self, text: &str, on: Option<Date>) -> Option<Known> {
        if let Some(known) = self.lookup(text, on) {
            // A son's surname is his father's on his father's days.
            let gone = known.kind == EntityKind::Person && known.office.is_none() && !text.contains(' ');
            let other = if gone { self.by_surname(&fold(text), on) } else { None };
            return other.or(Some(known));
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        // "Atlanta, Georgia" is a place within a place.
        if words.iter().any(|w| w.ends_with(',')) {
            return None;
        }
        if let [surname] = words[..]
            && let Some(head) = self.by_surname(&fold(surname), on)
        {
            return Some(head);
        }
        self.body_of_state(&words, on).or_else(|| self.composed(&words, on))
    }

    /// A bare surname that is no alias is that of the head of state or government in office who bears it, else of the one
    /// other in office who does.
    fn by_surname(&self, key: &str, on: Option<Date>) -> Option<Known> {
        let all = [&self.surnames, &self.families].into_iter().filter_map(|index| index.get(key)).flatten().copied();
        let serving: Vec<usize> = all.filter(|&i| self.serves(i, on)).collect();
        let rank = serving.iter().map(|&i| self.holders[i].rank).min()?;
        let mut first = serving.into_iter().filter(|&i| self.holders[i].rank == rank);
        let one = first.next()?;
        first.all(|i| self.holders[i].name == self.holders[one].name).then(|| self.known_holder(one, on))
    }

    /// "South Korea's National Security Council": a name that several bodies share, and the state whose it is.
    fn body_of_state(&self, words: &[&str], on: Option<Date>) -> Option<Known> {
        let from = usize::from(words.first().is_some_and(|w| self.words.means(&w.to_lowercase(), "skip")));
        (from + 1..words.len().min(from + LONGEST)).rev().find_map(|cut| {
            let state = self.lookup(bare(&words[from..cut].join(" ")), on).filter(|k| k.sector.is_none())?.iso3?;
            let body = self.lookup_in(&words[cut..].join(" "), on, &[&state])?;
            (body.kind == EntityKind::Organization && body.iso3.as_deref() == Some(&state)).then_some(body)
        })
    }

    fn composed(&self, words: &[&str], on: Option<Date>) -> Option<Known> {
        let (roles, stop) = self.roles_in(words);
        let head = roles.last()?;
        if self.words.means(&head.lemma, "place") {
            return None;
        }
        let rest = &words[head.words.end..stop];
        if !rest.iter().all(|w| w.starts_with(char::is_uppercase)) {
            return None;
        }
        let front = 0..head.words.start;
        let former = words[..head.words.end].iter().any(|w| self.is_former(w));
        let owner = self.owner(words, front, on).or_else(|| self.owner_after(words, stop, on));
        if !rest.is_empty() {
            // "President Park", "Prime Minister May".
            let name = fold(&rest.join(" "));
            let title = head.lemma.rsplit(' ').next().unwrap_or_default();
            let known = [&self.people, &self.surnames, &self.families]
                .into_iter()
                .find_map(|index| self.person(index, &name, on))
                .filter(|k| owner.as_ref().is_none_or(|o| o.iso3 == k.iso3))
                .filter(|k| k.held.as_ref().is_some_and(|held| held.contains(title)));
            if known.is_some() {
                return known;
            }
        }
        let state = owner.as_ref().and_then(|o| o.iso3.as_deref()).or(head.role.iso3.as_deref());
        let indefinite = words.first().is_some_and(|w| matches!(w.to_lowercase().as_str(), "a" | "an"));
        if let (Some(state), Some(day)) = (state, on)
            && rest.is_empty()
            && !(former || indefinite || head.plural)
            && owner.as_ref().is_none_or(|o| o.kind != EntityKind::Organization)
            && let Some(holder) = self.holder_of(state, &head.lemma, day)
        {
            return Some(self.known_holder(holder, on));
        }
        let sector = self.sector_of(&roles, owner.as_ref(), former);
        let international = owner.as_ref().filter(|o| o.iso3.is_none() && o.kind == EntityKind::Organization);
        let kind = match head.role.kind {
            EntityKind::Person if head.plural => EntityKind::Group,
            kind => kind,
        };
        let code = match international {
            Some(body) if !former => body.code.clone(),
            _ => compose(state, sector.as_deref()),
        };
        let name = if rest.is_empty() { words.join(" ") } else { rest.join(" ") };
        Some(Known {
            name,
            kind,
            how: How::Description,
            iso3: state.map(str::to_owned),
            sector: international.filter(|_| !former).map_or(sector, |body| body.sector.clone()),
            code: Some(code?),
            office: None,
            held: None,
            from: None,
            until: None,
            wikidata: None,
            geonames: None,
            latitude: None,
            longitude: None,
            source: owner.as_ref().map_or(head.role.source, |o| o.source),
            role: Some(head.role.source),
        })
    }

    /// Every role of the words before the first preposition outside a role, and where that stands.
    fn roles_in(&self, words: &[&str]) -> (Vec<Found<'_>>, usize) {
        let mut out: Vec<Found> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let reach = (at + LONGEST).min(words.len());
            if let Some(found) = (at + 1..=reach).rev().find_map(|end| self.role_at(words, at..end)) {
                at = found.words.end;
                out.push(found);
                continue;
            }
            let word = words[at].to_lowercase();
            if at > 0 && (self.words.means(&word, "owner") || self.words.means(&word, "other")) {
                return (out, at);
            }
            at += 1;
        }
        (out, words.len())
    }

    fn role_at(&self, words: &[&str], at: Range<usize>) -> Option<Found<'_>> {
        let lower: Vec<String> = words[at.clone()].iter().map(|w| w.to_lowercase().replace('’', "'")).collect();
        let (last, before) = lower.split_last()?;
        let last = last.strip_prefix("ex-").filter(|_| before.is_empty()).unwrap_or(last);
        // A word for a state or people is no role even where it is also one: "Iraqi Kurdish officials".
        for form in singulars(last) {
            let phrase = if before.is_empty() { form.clone() } else { format!("{} {form}", before.join(" ")) };
            let phrase = phrase.strip_prefix("ex-").unwrap_or(&phrase);
            if let Some(role) = self.role(phrase) {
                return Some(Found { words: at, lemma: phrase.to_owned(), role, plural: form != *last });
            }
        }
        None
    }

    fn sector_of(&self, roles: &[Found], owner: Option<&Known>, former: bool) -> Option<String> {
        let (head, before) = roles.split_last()?;
        let lent = before.iter().rev().find_map(|r| r.role.sector.clone());
        // A seat is its state's name where the head says whose it is: a Moscow court, but a Kremlin spokesman.
        let body = owner.filter(|o| o.kind == EntityKind::Organization || o.how == How::Metonym && head.role.weak);
        let own = head.role.sector.clone();
        let sector = if head.role.weak && lent.is_some() {
            lent
        } else if let Some(body) = body.and_then(|o| o.sector.clone()) {
            Some(body)
        } else {
            own.or(lent)
        };
        let sector = match (sector.as_deref(), owner.and_then(|o| o.iso3.as_deref())) {
            (Some("IGO"), Some(_)) => head.role.of_state.clone().or_else(|| Some("GOV".to_owned())),
            _ => sector,
        };
        let leaves = sector.as_deref().is_some_and(|s| self.words.means(s, "left by leaving"));
        if former && leaves { Some("ELI".to_owned()) } else { sector }
    }

    /// The first state or body among the words; "Turkish-backed" says nothing of whose somebody is.
    fn owner(&self, words: &[&str], among: Range<usize>, on: Option<Date>) -> Option<Known> {
        among.clone().find_map(|from| {
            let capital = words[from].starts_with(char::is_uppercase);
            let backed = words[from].split_once('-').is_some_and(|(_, rest)| rest.starts_with(char::is_lowercase));
            if !capital || backed {
                return None;
            }
            (from + 1..=among.end.min(from + LONGEST)).rev().find_map(|end| {
                let known = self.lookup(bare(&words[from..end].join(" ")), on)?;
                let body = known.kind == EntityKind::Organization && known.sector.is_some();
                (known.kind != EntityKind::Person && (known.iso3.is_some() || body)).then_some(known)
            })
        })
    }

    /// Whose it is by what follows: "rebels **in** eastern Congo", "the mayor **of** Istanbul".
    fn owner_after(&self, words: &[&str], stop: usize, on: Option<Date>) -> Option<Known> {
        let word = words.get(stop)?.to_lowercase();
        if !self.words.means(&word, "owner") {
            return None;
        }
        if let Some(known) = self.owner(words, stop + 1..words.len(), on) {
            return Some(known);
        }
        let name: Vec<&str> = words[stop + 1..].iter().copied().filter(|w| w.starts_with(char::is_uppercase)).collect();
        let place = Gazetteer::built_in().candidates(&name.join(" ")).into_iter().next()?;
        let iso3 = place.country?;
        let state = self.entries.iter().find(|e| e.known.code.as_deref() == Some(iso3) && e.known.how == How::Name)?;
        Some(state.known.clone())
    }

    fn is_former(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        self.words.means(&word, "former") || word.starts_with("ex-")
    }
}

/// Without the possessive.
fn bare(name: &str) -> &str {
    let name = name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).unwrap_or(name);
    name.strip_suffix('\'').or_else(|| name.strip_suffix('’')).unwrap_or(name)
}

/// The word, and what it may be the plural of.
fn singulars(word: &str) -> Vec<String> {
    let mut out = vec![word.to_owned()];
    if let Some(stem) = word.strip_suffix("men") {
        out.push(format!("{stem}man"));
    }
    if let Some(stem) = word.strip_suffix("ies") {
        out.push(format!("{stem}y"));
    }
    if let Some(stem) = word.strip_suffix("es") {
        out.push(stem.to_owned());
    }
    if let Some(stem) = word.strip_suffix('s').filter(|s| !s.ends_with('\'')) {
        out.push(stem.to_owned());
    }
    out
}
