//! Lengths of time, and dates by their distance: "three years", "16-hour", "two weeks ago", "a year earlier".

use super::super::atoms::Kind;
use super::super::lexicon::{Relative, Sense, Shift, Unit};
use super::super::said::{Amount, Said, When};
use super::{Grammar, Parsed};

impl Grammar<'_> {
    /// An amount of a unit, with what shifts it.
    pub(super) fn length(&self, i: usize) -> Option<Parsed> {
        self.counted_length(i).or_else(|| self.plural_alone(i)).or_else(|| self.long_hyphen(i))
    }

    fn counted_length(&self, i: usize) -> Option<Parsed> {
        let counted = self.amount(i)?;
        let hyphen = self.past_hyphen(counted.end);
        // "a three-day visit": the article is the visit's.
        if (self.is(i, "a") || self.is(i, "an"))
            && !counted.article
            && !self.is(i + 1, "half")
            && self.mark(counted.end, '-')
        {
            return None;
        }
        let mut j = hyphen;
        while self.has(j, Sense::Filler) && j < hyphen + 2 {
            j += 1;
        }
        let (unit, plural) = self.units(j).map(|u| (u, true)).or_else(|| self.unit(j).map(|u| (u, false)))?;
        // "a decades-long war": the article is the war's.
        if counted.article && plural {
            return None;
        }
        let joined = hyphen > counted.end;
        let one = counted.article || counted.amount == Some(100) || counted.amount == Some(50);
        if !plural && !joined && (!one && (unit < Unit::Hour || self.digits(i).is_some_and(|(n, _)| n > 200))) {
            return None;
        }
        // "a second" is an ordinal, "a quarter" a fraction, "two quarters of" a share.
        let fraction = unit == Unit::Quarter && (self.is(j + 1, "of") && counted.amount.is_some() || counted.article);
        let ordinal = unit == Unit::Second && !plural && !joined;
        if fraction || ordinal || counted.article && unit < Unit::Minute {
            return None;
        }
        // "a year-earlier loss", "a week-long visit" are not the article's own.
        let tied = !plural && !joined && self.mark(j + 1, '-') && self.glued(j + 1) && self.glued(j + 2);
        if self.is_age(i, j + 1) || tied {
            return None;
        }
        let mut end = j + 1;
        let mut amount = counted.amount;
        if self.is(end, "and") && self.is(end + 1, "a") && self.is(end + 2, "half") {
            amount = amount.map(|a| a + 50);
            end += 3;
        }
        if self.is(end, "or") && self.is(end + 1, "so") {
            end += 2;
        }
        if self.past_hyphen(end) > end && self.is(end + 1, "long") {
            end += 2;
        }
        if self.past_hyphen(end) > end && self.is(end + 1, "old") {
            return None;
        }
        if let Some(found) = self.shift_behind(end, amount, unit) {
            return Some(found);
        }
        if counted.article && self.has(i, Sense::Determiner) && !joined && j == i + 1 {
            if self.is_rate(i) {
                return Some(Parsed { end: j + 1, said: Said::Set { amount: Some(100), unit }, rule: "time.rate" });
            }
            if unit == Unit::Day && ["of", "when", "that", "in", "for"].iter().any(|w| self.is(end, w)) {
                return None;
            }
        }
        Some(Parsed { end, said: Said::Duration { amount, unit, window: None }, rule: "time.length" })
    }

    /// Ages are no times: "6-year-old", "six years old", "aged 12 years", "years of age".
    fn is_age(&self, i: usize, behind: usize) -> bool {
        let old = self.past_hyphen(behind);
        self.is(old, "old")
            || self.is(old, "olds")
            || self.is(old, "older")
            || self.is(old, "younger")
            || self.is(behind, "of") && self.is(behind + 1, "age")
            || self.before(i).is_some_and(|b| self.is(b, "aged") || self.is(b, "age"))
    }

    /// "ago", "earlier", "later", "from now" behind an amount of a unit.
    fn shift_behind(&self, i: usize, amount: Amount, unit: Unit) -> Option<Parsed> {
        let shifted =
            |end, shift, rule| Some(Parsed { end, said: Said::When(When::Shift { amount, unit, shift }), rule });
        let shift = self.find(i, |s| if let Sense::Shift(s) = s { Some(*s) } else { None });
        // What is counted from the time told last and has no date is a length.
        let length =
            |end| Some(Parsed { end, said: Said::Duration { amount, unit, window: None }, rule: "time.length" });
        let closes = |j: usize| !matches!(self.atom(j).map(|a| a.kind), Some(Kind::Word | Kind::Digits(_)));
        match shift {
            Some(Shift::Ago) => shifted(i + 1, Shift::Ago, "time.ago"),
            Some(Shift::Earlier | Shift::Later) if self.is(i + 1, "than") => None,
            Some(Shift::Earlier | Shift::Later) if amount.is_none() || unit < Unit::Day => length(i + 1),
            Some(shift @ (Shift::Earlier | Shift::Later)) => shifted(i + 1, shift, "time.anaphoric"),
            Some(Shift::Hence) => shifted(i + 1, Shift::Hence, "time.ago"),
            Some(Shift::Before) if closes(i + 1) => shifted(i + 1, Shift::Earlier, "time.anaphoric"),
            Some(Shift::After) if closes(i + 1) => shifted(i + 1, Shift::Later, "time.anaphoric"),
            _ if self.is(i, "from") && (self.is(i + 1, "now") || self.is(i + 1, "today")) => {
                shifted(i + 2, Shift::Hence, "time.ago")
            }
            _ => None,
        }
    }

    /// Whether "a year" is a rate: "$400,000 a year", "four flights a week", "once a month".
    fn is_rate(&self, i: usize) -> bool {
        let Some(b) = self.before(i) else { return false };
        match self.atoms[b].kind {
            Kind::Digits(_) | Kind::Mark('%') => return true,
            Kind::Word => {}
            _ => return false,
        }
        if self.has(b, Sense::Priced) {
            return true;
        }
        if self.units(b).is_some() {
            return true;
        }
        self.tag(b) == "NNS" || self.find(b, |s| matches!(s, Sense::Scale(_)).then_some(())).is_some()
    }

    /// "for years", "months ago", "in weeks": many of a unit.
    fn plural_alone(&self, i: usize) -> Option<Parsed> {
        let unit = self.units(i).filter(|u| *u >= Unit::Hour && *u != Unit::Quarter)?;
        if let Some(found) = self.shift_behind(i + 1, None, unit) {
            return Some(found);
        }
        if self.is_age(i, i + 1) {
            return None;
        }
        let open =
            Some(Parsed { end: i + 1, said: Said::Duration { amount: None, unit, window: None }, rule: "time.length" });
        if self.mark(i + 1, '-') && self.is(i + 2, "long") {
            return Some(Parsed {
                end: i + 3,
                said: Said::Duration { amount: None, unit, window: None },
                rule: "time.length",
            });
        }
        let b = self.before(i)?;
        let introduced = ["for", "in", "within", "over", "after", "of", "the", "took", "take", "last", "lasted"]
            .iter()
            .any(|w| self.is(b, w));
        let counted = self.is(b, "of") && self.before(b).is_some_and(|c| self.tag(c) == "NNS");
        (introduced && !counted).then_some(open).flatten()
    }

    /// "year-long", "day-long", "decade-long".
    fn long_hyphen(&self, i: usize) -> Option<Parsed> {
        let unit = self.unit(i).filter(|u| *u >= Unit::Hour)?;
        let long = self.mark(i + 1, '-') && self.is(i + 2, "long");
        long.then_some(Parsed {
            end: i + 3,
            said: Said::Duration { amount: Some(100), unit, window: None },
            rule: "time.length",
        })
    }

    /// "the first nine months", "the final two weeks", "the first hours".
    pub(super) fn first_of(&self, i: usize) -> Option<Parsed> {
        let j = if self.has(i, Sense::Determiner) { i + 1 } else { i };
        let ordinal = self.find(j, |s| if let Sense::Ordinal(n) = s { Some(*n) } else { None });
        if ordinal != Some(1) && self.relation(j) != Some(Relative::Within) {
            return None;
        }
        let found = |end, amount, unit| {
            Some(Parsed { end, said: Said::Duration { amount, unit, window: None }, rule: "time.length" })
        };
        if let Some(unit) = self.units(j + 1).filter(|u| *u != Unit::Second) {
            return found(j + 2, None, unit);
        }
        let counted = self.amount(j + 1).filter(|c| !c.article)?;
        let unit = self.units(counted.end)?;
        found(counted.end + 1, counted.amount, unit)
    }
}
