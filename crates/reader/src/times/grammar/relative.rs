//! What lies relative to now or to the time told last: "last week", "the same day", "the past two years".

use super::super::lexicon::{Relative, Sense, Unit};
use super::super::said::{Said, When, Year};
use super::{Grammar, Parsed};

impl Grammar<'_> {
    /// A word of relation and what it relates.
    pub(super) fn relative(&self, i: usize) -> Option<Parsed> {
        let the = self.is(i, "the") || self.has(i, Sense::Determiner) && self.relation(i + 1).is_some();
        let mut j = if the { i + 1 } else { i };
        let mut relative = self.relation(j)?;
        j += 1;
        // "this past spring", "this coming Sunday", "these last days".
        if matches!(relative, Relative::This | Relative::These | Relative::That)
            && let Some(inner) = self.relation(j)
        {
            relative = if inner == Relative::Same { Relative::Same } else { inner };
            j += 1;
        }
        let parsed = |end, when, rule| Some(Parsed { end, said: Said::When(when), rule });
        if let Some(found) = self.window(j, relative, the) {
            return Some(found);
        }
        if relative == Relative::Recent || relative == Relative::Early || relative == Relative::Within {
            return None;
        }
        let mut k = j;
        while (self.has(k, Sense::Filler) || self.is(k, "fiscal")) && k < j + 2 {
            k += 1;
        }
        if let Some(unit) = self.unit(k).filter(|_| !self.mark(k + 1, '-')) {
            return self.related_unit(k, unit, relative, the);
        }
        if self.has(k, Sense::Period) && matches!(relative, Relative::Latest) {
            return parsed(k + 1, When::Unit(Unit::Quarter, Relative::Latest), "time.told");
        }
        if self.has(j, Sense::Weekend) {
            return parsed(j + 1, When::Weekend(Some(relative)), "time.weekend");
        }
        if let Some(part) = self.part(j) {
            return self.related_part(j, part, relative, the);
        }
        if let Some((end, When::Weekday { weekday, week, .. }, rule)) = self.weekday(j) {
            let when = When::Weekday { weekday, relative: Some(relative), week };
            return Some(self.with_part(end, when, rule));
        }
        if let Some(season) = self.find(j, |s| if let Sense::Season(s) = s { Some(*s) } else { None }) {
            return parsed(j + 1, When::Season { year: Year::Open, season, relative: Some(relative) }, "time.season");
        }
        if let Some((end, When::Holiday { year, holiday, .. }, rule)) = self.holiday(j) {
            return parsed(end, When::Holiday { year, holiday, relative: Some(relative) }, rule);
        }
        let (end, month) = self.month(j)?;
        if self.day_number(end).is_some() {
            return None;
        }
        parsed(end, When::Month { year: Year::Open, month, relative: Some(relative) }, "time.month")
    }

    /// "the past two years", "recent months", "the next few days", "coming weeks".
    fn window(&self, i: usize, relative: Relative, the: bool) -> Option<Parsed> {
        let mut j = i;
        while self.has(j, Sense::Filler) && j < i + 2 {
            j += 1;
        }
        let found = |end, amount, unit| {
            Some(Parsed { end, said: Said::Duration { amount, unit, window: Some(relative) }, rule: "time.window" })
        };
        if let Some(unit) = self.units(j) {
            if unit < Unit::Day {
                return None;
            }
            let open = matches!(
                relative,
                Relative::Recent
                    | Relative::Coming
                    | Relative::Past
                    | Relative::Next
                    | Relative::Last
                    | Relative::Early
                    | Relative::Previous
                    | Relative::Following
            );
            return open.then(|| found(j + 1, None, unit)).flatten();
        }
        // "in the coming days and weeks" begins with the first.
        let counted = self.amount(i).filter(|c| !c.article)?;
        let mut k = self.past_hyphen(counted.end);
        while self.has(k, Sense::Filler) && k < counted.end + 2 {
            k += 1;
        }
        if relative == Relative::That {
            return None;
        }
        if let Some(unit) = self.units(k) {
            // "the previous two days earlier" does not occur; "these two days" is no window.
            let end = if self.is(k + 1, "or") && self.is(k + 2, "so") { k + 3 } else { k + 1 };
            return found(end, counted.amount, unit);
        }
        let unit = self.unit(k).filter(|_| the && self.mark(counted.end, '-'))?;
        found(k + 1, counted.amount, unit)
    }

    /// "last week", "the next day", "the past year", "this year's third quarter".
    fn related_unit(&self, k: usize, unit: Unit, relative: Relative, the: bool) -> Option<Parsed> {
        let end = k + 1;
        let parsed = |end, when, rule| Some(Parsed { end, said: Said::When(when), rule });
        if unit < Unit::Day {
            let window = unit == Unit::Hour
                && matches!(relative, Relative::Past | Relative::Last | Relative::Next | Relative::Coming);
            return window.then_some(Parsed {
                end,
                said: Said::Duration { amount: Some(100), unit, window: Some(relative) },
                rule: "time.window",
            });
        }
        if unit == Unit::Day
            && matches!(relative, Relative::Last | Relative::Latest | Relative::Current | Relative::Past)
        {
            return None;
        }
        if unit == Unit::Quarter && matches!(relative, Relative::That | Relative::Same) {
            return parsed(end, When::Told(unit), "time.told");
        }
        if matches!(unit, Unit::Year | Unit::Quarter)
            && let Some(portion) = self.past_genitive(end).filter(|_| unit == Unit::Year)
            && let Some(year) = relative.offset()
            && let Some(found) = self.portion(portion, Some(Year::Relative(year)))
        {
            return Some(found);
        }
        if the {
            match relative {
                // "the last day of March", "the last week of the war" are no weeks of now.
                Relative::Last | Relative::Latest if self.is(end, "of") || self.is(end, "in") => return None,
                Relative::Past | Relative::Last if unit != Unit::Day => {
                    return Some(Parsed {
                        end,
                        said: Said::Duration { amount: Some(100), unit, window: Some(Relative::Past) },
                        rule: "time.window",
                    });
                }
                Relative::Next if unit >= Unit::Month => {
                    let end = if self.is(end, "or") && self.is(end + 1, "so") { end + 2 } else { end };
                    return Some(Parsed {
                        end,
                        said: Said::Duration { amount: Some(100), unit, window: Some(Relative::Next) },
                        rule: "time.window",
                    });
                }
                Relative::Next => return parsed(end, When::Unit(unit, Relative::Following), "time.anaphoric"),
                _ => {}
            }
        }
        if relative == Relative::Past {
            return Some(Parsed {
                end,
                said: Said::Duration { amount: Some(100), unit, window: Some(Relative::Past) },
                rule: "time.window",
            });
        }
        if relative == Relative::Next && unit == Unit::Day {
            return parsed(end, When::Unit(unit, Relative::Following), "time.anaphoric");
        }
        let anaphoric = relative.offset().is_none();
        parsed(end, When::Unit(unit, relative), if anaphoric { "time.anaphoric" } else { "time.deictic" })
    }

    /// "last night", "this morning", "the next evening".
    fn related_part(&self, i: usize, part: &'static str, relative: Relative, the: bool) -> Option<Parsed> {
        let when = match relative {
            Relative::Last | Relative::Past if the => return None,
            Relative::Last | Relative::Past => When::Day(-1),
            Relative::This if !the => When::Day(0),
            Relative::Next | Relative::Following => When::Unit(Unit::Day, Relative::Following),
            Relative::Previous => When::Unit(Unit::Day, Relative::Previous),
            Relative::Same | Relative::That => When::Told(Unit::Day),
            _ => return None,
        };
        Some(Parsed { end: i + 1, said: Said::Part(Some(when), part), rule: "time.part" })
    }

    /// "the year", "the quarter", "the week", "the weekend": the one that is being told of.
    pub(super) fn definite(&self, i: usize) -> Option<Parsed> {
        if !self.has(i, Sense::Determiner) || self.is(i, "a") || self.is(i, "an") {
            return None;
        }
        let the = self.is(i, "the");
        let mut j = i + 1;
        while (self.has(j, Sense::Filler) || self.is(j, "fiscal")) && j < i + 3 {
            j += 1;
        }
        let found = |when| Some(Parsed { end: j + 1, said: Said::When(when), rule: "time.told" });
        if self.has(j, Sense::Weekend) {
            return (the && j == i + 1).then(|| found(When::Weekend(None))).flatten();
        }
        // "the nine months", "the four days".
        if the
            && let Some(counted) = self.amount(i + 1).filter(|c| !c.article && c.amount.is_some())
            && let Some(unit) = self.units(counted.end).filter(|u| *u >= Unit::Day && !self.shifted(counted.end + 1))
        {
            return Some(Parsed {
                end: counted.end + 1,
                said: Said::Duration { amount: counted.amount, unit, window: None },
                rule: "time.length",
            });
        }
        let unit = self.unit(j).filter(|_| the && !self.mark(j + 1, '-'))?;
        if self.is(j + 1, "of") || self.shifted(j + 1) || self.is(j + 1, "when") || self.is(j + 1, "that") {
            return None;
        }
        match unit {
            Unit::Year if ["ended", "ending", "to", "through"].iter().any(|w| self.is(j + 1, w)) => Some(Parsed {
                end: j + 1,
                said: Said::Duration { amount: Some(100), unit, window: None },
                rule: "time.length",
            }),
            Unit::Year | Unit::Quarter | Unit::Week | Unit::Month => found(When::Told(unit)),
            _ => None,
        }
    }

    /// Whether a word of shifting follows: "the day before the vote".
    fn shifted(&self, i: usize) -> bool {
        self.find(i, |s| matches!(s, Sense::Shift(_)).then_some(())).is_some()
    }
}
