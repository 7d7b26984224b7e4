//! Recurring times: "every day", "each Thursday", "weekly", "twice a week", "Tuesday nights", "weekends".

use super::super::lexicon::{Sense, Unit};
use super::super::said::Said;
use super::{Grammar, Parsed};

impl Grammar<'_> {
    /// A recurring time.
    pub(super) fn recurring(&self, i: usize) -> Option<Parsed> {
        self.every(i).or_else(|| self.often(i)).or_else(|| self.times_a(i)).or_else(|| self.plural_days(i))
    }

    /// "every day", "every two weeks", "each July", "every other Tuesday".
    fn every(&self, i: usize) -> Option<Parsed> {
        if self.is(i, "per") {
            let unit = self.unit(i + 1).filter(|u| *u >= Unit::Hour)?;
            return Some(Parsed { end: i + 2, said: Said::Set { amount: Some(100), unit }, rule: "time.rate" });
        }
        if !self.has(i, Sense::Every) {
            return None;
        }
        let found = |end, said| Some(Parsed { end, said, rule: "time.set" });
        let other = self.is(i + 1, "other") || self.is(i + 1, "second");
        let j = if other || self.is(i + 1, "single") { i + 2 } else { i + 1 };
        if let Some(unit) = self.unit(j).filter(|u| *u >= Unit::Minute) {
            return found(j + 1, Said::Set { amount: Some(if other { 200 } else { 100 }), unit });
        }
        if let Some(day) = self.find(j, |s| if let Sense::Weekday(d) = s { Some(*d) } else { None }) {
            let part = self.part(j + 1);
            return found(if part.is_some() { j + 2 } else { j + 1 }, Said::Weekdays(day, part));
        }
        if let Some((end, month)) = self.month(j) {
            return found(end, Said::SetMonth(month));
        }
        if let Some(season) = self.find(j, |s| if let Sense::Season(s) = s { Some(*s) } else { None }) {
            return found(j + 1, Said::SetSeason(season));
        }
        if let Some(part) = self.part(j) {
            return found(j + 1, Said::SetOf("XXXX-XX-XX", Some(part)));
        }
        if self.has(j, Sense::Weekend) {
            return found(j + 1, Said::SetOf("XXXX-WXX-WE", None));
        }
        let counted = self.amount(j).filter(|c| !c.article)?;
        let unit = self.units(counted.end)?;
        found(counted.end + 1, Said::Set { amount: counted.amount, unit })
    }

    /// "daily", "annually"; not in the name of a newspaper.
    fn often(&self, i: usize) -> Option<Parsed> {
        let unit = self.find(i, |s| if let Sense::Often(u) = s { Some(*u) } else { None })?;
        // "quarterly results", "the monthly meeting" name a kind of thing; "daily" and adverbs say how often.
        if unit > Unit::Week && self.tag(i).starts_with('J') {
            return None;
        }
        if self.atom(i)?.capital && !self.begins_sentence(i) {
            return None;
        }
        Some(Parsed { end: i + 1, said: Said::Set { amount: Some(100), unit }, rule: "time.set" })
    }

    /// "once a week", "three times a day".
    fn times_a(&self, i: usize) -> Option<Parsed> {
        let j = if self.is(i, "once") || self.is(i, "twice") {
            i + 1
        } else {
            let counted = self.amount(i).filter(|c| !c.article)?;
            if !self.is(counted.end, "times") {
                return None;
            }
            counted.end + 1
        };
        if !(self.is(j, "a") || self.is(j, "an") || self.is(j, "per") || self.has(j, Sense::Every)) {
            return None;
        }
        let unit = self.unit(j + 1)?;
        Some(Parsed { end: j + 2, said: Said::Set { amount: Some(100), unit }, rule: "time.set" })
    }

    /// "Mondays", "Tuesday nights", "weekends".
    fn plural_days(&self, i: usize) -> Option<Parsed> {
        let found = |end, said| Some(Parsed { end, said, rule: "time.set" });
        if let Some(day) = self.find(i, |s| if let Sense::Weekdays(d) = s { Some(*d) } else { None }) {
            return self.atom(i)?.capital.then(|| found(i + 1, Said::Weekdays(day, None))).flatten();
        }
        if let Some(day) = self.find(i, |s| if let Sense::Weekday(d) = s { Some(*d) } else { None }) {
            let part = self.find(i + 1, |s| if let Sense::Parts(p) = s { Some(*p) } else { None })?;
            return found(i + 2, Said::Weekdays(day, Some(part)));
        }
        let weekends = self.has(i, Sense::Weekends) && self.word(i).ends_with('s');
        weekends
            .then(|| {
                found(i + 1, Said::SetOf(if self.is(i, "weekends") { "XXXX-WXX-WE" } else { "XXXX-WXX-WD" }, None))
            })
            .flatten()
    }
}
