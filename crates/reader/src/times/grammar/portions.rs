//! Parts of a year: quarters, halves, seasons, and the "year-earlier" periods of company results.

use super::super::lexicon::{Sense, Unit};
use super::super::said::{Said, When, Year};
use super::{Grammar, Parsed};

impl Grammar<'_> {
    /// "the third quarter of 1990", "third-quarter", "Q3 2020", "the first half of the year".
    pub(super) fn quarter_or_half(&self, i: usize) -> Option<Parsed> {
        let mut j = i;
        let determined = self.is(j, "the");
        if determined {
            j += 1;
        }
        // "the 1988 third quarter", "the 1988 quarter".
        if let Some((end, year)) = self.year_number(j).filter(|_| self.digits(j).is_some()) {
            if determined && (self.has(end, Sense::Unit(Unit::Quarter)) || self.has(end, Sense::Period)) {
                return Some(Parsed { end: end + 1, said: Said::When(When::Results(year)), rule: "time.quarter" });
            }
            return self.portion(end, Some(Year::Known(year)));
        }
        let found = self.portion(j, None)?;
        // "the third-quarter loss": the article is the loss's.
        let attributive =
            determined && self.mark(found.end - 2, '-') && self.has(found.end - 1, Sense::Unit(Unit::Quarter));
        (!attributive).then_some(found)
    }

    /// A quarter or half from its ordinal on; `year` where it was said before.
    pub(super) fn portion(&self, i: usize, year: Option<Year>) -> Option<Parsed> {
        let mut j = i;
        while self.has(j, Sense::Filler) || self.is(j, "fiscal") {
            j = self.past_hyphen(j + 1);
        }
        if let Some((end, quarter)) = self.short_quarter(j) {
            let (end, year) = year.map_or_else(|| self.portion_year(end), |y| (end, y));
            return Some(Parsed { end, said: Said::When(When::Quarter { year, quarter }), rule: "time.quarter" });
        }
        let last = self.is(j, "last") || self.is(j, "latter");
        let (end, ordinal) = if last && self.is(j + 1, "half") { (j + 1, 2) } else { self.ordinal(j)? };
        let end = self.past_hyphen(end);
        let number = i8::try_from(ordinal).ok()?;
        if self.has(end, Sense::Unit(Unit::Quarter)) && number <= 4 {
            let (end, year) = year.map_or_else(|| self.portion_year(end + 1), |y| (end + 1, y));
            return Some(Parsed {
                end,
                said: Said::When(When::Quarter { year, quarter: number }),
                rule: "time.quarter",
            });
        }
        if self.is(end, "half") && number <= 2 {
            let (behind, told) = self.portion_year(end + 1);
            let year = year.or_else(|| (behind > end + 1).then_some(told))?;
            return Some(Parsed {
                end: behind,
                said: Said::When(When::Half { year, half: number }),
                rule: "time.half",
            });
        }
        None
    }

    /// "Q3", "3Q".
    fn short_quarter(&self, i: usize) -> Option<(usize, i8)> {
        let number = |k| self.digits(k).and_then(|(n, _)| i8::try_from(n).ok()).filter(|n| (1..=4).contains(n));
        if self.is(i, "Q") && self.glued(i + 1) && !self.glued(i + 2) {
            return number(i + 1).map(|n| (i + 2, n));
        }
        if self.is(i + 1, "Q") && self.glued(i + 1) && self.atom(i + 1)?.capital {
            return number(i).map(|n| (i + 2, n));
        }
        None
    }

    /// "of 1990", "1990", "of this year", "of the year", "last year".
    fn portion_year(&self, i: usize) -> (usize, Year) {
        let of = if self.is(i, "of") || self.is(i, "in") || self.mark(i, ',') { i + 1 } else { i };
        let fiscal = if self.is(of, "fiscal") { of + 1 } else { of };
        if let Some((end, year)) = self.year_number(fiscal).filter(|&(end, _)| !self.counts_noun(end)) {
            return (end, Year::Known(year));
        }
        if let Some(found) = self.relative_year(i) {
            return found;
        }
        let the = self.is(of, "the") && of > i;
        let year = if self.has(of + 1, Sense::Filler) || self.is(of + 1, "fiscal") { of + 2 } else { of + 1 };
        if the && self.has(year, Sense::Unit(Unit::Year)) {
            return (year + 1, Year::Told);
        }
        (i, Year::Open)
    }

    /// "summer", "the summer of 1998", "last fall", "in the spring".
    pub(super) fn season(&self, i: usize) -> Option<Parsed> {
        let the = self.has(i, Sense::Determiner);
        let mut j = if the { i + 1 } else { i };
        if the && self.has(j, Sense::Phase) {
            j = self.past_hyphen(j + 1);
        }
        let season = self.find(j, |s| if let Sense::Season(s) = s { Some(*s) } else { None })?;
        let found = |end, year| {
            Some(Parsed { end, said: Said::When(When::Season { year, season, relative: None }), rule: "time.season" })
        };
        let of = if self.is(j + 1, "of") { j + 2 } else { j + 1 };
        if let Some((end, year)) = self.year_number(of).filter(|&(end, _)| !self.counts_noun(end)) {
            return found(end, Year::Known(year));
        }
        if let Some((end, year)) = self.short_year(j + 1) {
            return found(end, Year::Known(year));
        }
        if let Some((end, year)) = self.relative_year(j + 1) {
            return found(end, year);
        }
        // "fall" and "spring" are verbs and waters too: without a year they need what stands before a season.
        let before = self.before(if the { i } else { j });
        let stands = before.is_some_and(|b| {
            self.has(b, Sense::StandsBefore) || self.has(b, Sense::Phase) || self.has(b, Sense::Bound)
        });
        let noun = !self.tag(j).starts_with('V');
        let clear = self.word(j).len() > 4 && !self.is(j, "spring");
        let followed = self.is(j + 1, "of") || self.is(j + 1, "in");
        (noun
            && stands
            && !followed
            && (the
                || clear
                || before
                    .is_some_and(|b| ["in", "by", "since", "until", "early", "late"].iter().any(|w| self.is(b, w)))))
        .then(|| found(j + 1, Year::Open))
        .flatten()
    }

    /// "the year-earlier quarter", "year-ago", "the year-earlier period", "the corresponding period last year".
    pub(super) fn year_back(&self, i: usize) -> Option<Parsed> {
        let mut j = if self.is(i, "the") { i + 1 } else { i };
        if self.is(j, "comparable") || self.is(j, "corresponding") || self.is(j, "same") {
            j += 1;
            if (self.has(j, Sense::Period) || self.has(j, Sense::Unit(Unit::Quarter)))
                && let Some((end, Year::Relative(-1) | Year::Told)) = self.relative_year(j + 1)
            {
                return Some(Parsed { end, said: Said::When(When::YearBack), rule: "time.year_back" });
            }
        }
        let hyphen = self.mark(j + 1, '-');
        if !(self.has(j, Sense::Unit(Unit::Year)) && hyphen && (self.is(j + 2, "ago") || self.is(j + 2, "earlier"))) {
            return None;
        }
        let end = j + 3;
        if let Some((behind, ordinal)) = self.ordinal(end)
            && self.has(self.past_hyphen(behind), Sense::Unit(Unit::Quarter))
            && let Ok(quarter @ 1..=4) = i8::try_from(ordinal)
        {
            let said = Said::When(When::Quarter { year: Year::Relative(-1), quarter });
            return Some(Parsed { end: self.past_hyphen(behind) + 1, said, rule: "time.year_back" });
        }
        let noun = self.has(end, Sense::Period) || self.has(end, Sense::Unit(Unit::Quarter));
        Some(Parsed { end: if noun { end + 1 } else { end }, said: Said::When(When::YearBack), rule: "time.year_back" })
    }
}
