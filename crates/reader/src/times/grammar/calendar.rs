//! Dates, months, weekdays, holidays, years, decades and centuries.

use super::super::atoms::Kind;
use super::super::lexicon::{Named, Relative, Sense, Unit};
use super::super::said::{Said, When, Year};
use super::{Grammar, Mention, Parsed};

impl Grammar<'_> {
    /// A day or longer as the calendar names it, with no part of day.
    pub(super) fn day(&self, i: usize) -> Option<(usize, When, &'static str)> {
        let dated = self
            .numeric(i)
            .or_else(|| self.dated(i))
            .or_else(|| self.week_of(i))
            .or_else(|| self.year_end(i))
            .or_else(|| self.weekday(i))
            .or_else(|| self.holiday(i));
        dated.or_else(|| {
            let offset = self.find(i, |s| if let Sense::Day(d) = s { Some(*d) } else { None });
            offset.map(|d| (i + 1, When::Day(d), "time.deictic")).or_else(|| self.day_beyond(i))
        })
    }

    /// "the day before yesterday", "the day after tomorrow".
    fn day_beyond(&self, i: usize) -> Option<(usize, When, &'static str)> {
        let j = if self.is(i, "the") { i + 1 } else { i };
        if !self.is(j, "day") {
            return None;
        }
        let offset = match () {
            () if self.is(j + 1, "before") && self.is(j + 2, "yesterday") => -2,
            () if self.is(j + 1, "after") && self.is(j + 2, "tomorrow") => 2,
            () => return None,
        };
        Some((j + 3, When::Day(offset), "time.deictic"))
    }

    /// "2023-09-05", "09/05/2023", "5.9.2023", "20230905".
    fn numeric(&self, i: usize) -> Option<(usize, When, &'static str)> {
        let (first, length) = self.digits(i)?;
        let found = |end, year: u32, month: u32, day: u32| {
            let (year, month, day) = (i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
            jiff::civil::Date::new(year, month, day).ok()?;
            Some((end, When::Date { year: Year::Known(year), month, day }, "time.numeric"))
        };
        if length == 8 && (1900..2100).contains(&(first / 10_000)) {
            return found(i + 1, first / 10_000, first / 100 % 100, first % 100);
        }
        let Kind::Mark(mark @ ('-' | '/' | '.')) = self.atom(i + 1)?.kind else { return None };
        if (1..5).any(|k| !self.glued(i + k)) || !self.mark(i + 3, mark) {
            return None;
        }
        let ((second, second_length), (third, third_length)) = (self.digits(i + 2)?, self.digits(i + 4)?);
        if length == 4 && second_length == 2 && third_length == 2 {
            return found(i + 5, first, second, third);
        }
        if length > 2 || second_length > 2 || !matches!(third_length, 2 | 4) {
            return None;
        }
        let year = if third_length == 4 { third } else { third + if third < 50 { 2000 } else { 1900 } };
        // A point is European; a stroke American, unless the number is no month.
        let (month, day) = if mark == '.' || first > 12 { (second, first) } else { (first, second) };
        found(i + 5, year, month, day)
    }

    /// "the week of March 6".
    fn week_of(&self, i: usize) -> Option<(usize, When, &'static str)> {
        let j = if self.is(i, "the") { i + 1 } else { i };
        if !(self.has(j, Sense::Unit(Unit::Week)) && self.is(j + 1, "of")) {
            return None;
        }
        let (end, When::Date { year, month, day }, rule) = self.dated(j + 2)? else { return None };
        Some((end, When::WeekOf { year, month, day }, rule))
    }

    /// "year-end", "the year's end": the last day of the year.
    fn year_end(&self, i: usize) -> Option<(usize, When, &'static str)> {
        let j = if self.is(i, "the") { i + 1 } else { i };
        let behind = self
            .has(j, Sense::Unit(Unit::Year))
            .then(|| self.past_genitive(j + 1).unwrap_or_else(|| self.past_hyphen(j + 1)))?;
        self.is(behind, "end").then_some((
            behind + 1,
            When::Date { year: Year::Open, month: 12, day: 31 },
            "time.year_end",
        ))
    }

    /// A month and what it goes with: day before or behind, year, weekday in front.
    fn dated(&self, i: usize) -> Option<(usize, When, &'static str)> {
        let mut j = i;
        if let Some(weekday_end) = self.weekday_name(i, true) {
            j = weekday_end;
            if self.mark(j, ',') {
                j += 1;
            }
            let led = self.is(j, "the");
            let inner = self.day_then_month(if led { j + 1 } else { j }).or_else(|| self.month_then_day(j));
            return inner.map(|(end, when)| (end, when, "time.date"));
        }
        if self.is(j, "the") {
            return self.day_then_month(j + 1).map(|(end, when)| (end, when, "time.date"));
        }
        if let Some((end, when)) = self.month_then_day(j).or_else(|| self.day_then_month(j)) {
            return Some((end, when, "time.date"));
        }
        let (end, month) = self.month(j)?;
        let named = |end, year| Some((end, When::Month { year, month, relative: None }, "time.month"));
        let behind = if self.mark(end, ',') || self.is(end, "of") { end + 1 } else { end };
        if let Some((end, year)) = self.year_number(behind).filter(|&(e, _)| behind == end || !self.counts_noun(e)) {
            return named(end, Year::Known(year));
        }
        if let Some((end, year)) = self.short_year(end) {
            return named(end, Year::Known(year));
        }
        if let Some((end, year)) = self.relative_year(end) {
            return named(end, year);
        }
        self.month_stands_alone(j, end).then_some((
            end,
            When::Month { year: Year::Open, month, relative: None },
            "time.month",
        ))
    }

    /// "September 5", "Sept. 5, 2023", "September the 5th of last year".
    fn month_then_day(&self, i: usize) -> Option<(usize, When)> {
        let (end, month) = self.month(i)?;
        let (end, day) = self.day_number(if self.is(end, "the") { end + 1 } else { end })?;
        if self.counts_noun(end)
            && !self.atom(end).is_some_and(|a| a.glued)
            && self.tag(end) == "NNS"
            && self.month_then_noun(end)
        {
            return None;
        }
        let (end, year) = self.year_behind(end);
        Some((end, When::Date { year, month, day }))
    }

    /// Whether the tree says that the number before `next` counts it: "in May 10 soldiers", not "the May 10 elections".
    fn month_then_noun(&self, next: usize) -> bool {
        // The number stands behind the month, and the month behind its preposition.
        let opens = next.checked_sub(3).is_some_and(|b| ["in", "since", "during"].iter().any(|w| self.is(b, w)));
        let (Some(number), Some(noun)) = (self.token(next - 1), self.token(next)) else { return false };
        if !opens {
            return false;
        }
        let token = &self.analysis.tokens[number];
        token.deprel == "nummod" && token.head == Some(noun)
    }

    /// "5 September", "5th of September 2023".
    fn day_then_month(&self, i: usize) -> Option<(usize, When)> {
        let (end, day) = self.day_number(i)?;
        let of = self.is(end, "of");
        let (end, month) = self.month(if of { end + 1 } else { end })?;
        // "second May", "first March" are no dates; "the second of May", "2 May", "2nd May" are.
        if !of && self.digits(i).is_none() {
            return None;
        }
        let (end, year) = self.year_behind(end);
        Some((end, When::Date { year, month, day }))
    }

    /// The year behind a day and month.
    fn year_behind(&self, i: usize) -> (usize, Year) {
        let behind = if self.mark(i, ',') || self.is(i, "of") || self.is(i, "in") { i + 1 } else { i };
        if let Some((end, year)) = self.year_number(behind).filter(|&(end, _)| !self.counts_noun(end)) {
            return (end, Year::Known(year));
        }
        if let Some((end, year)) = self.short_year(i) {
            return (end, Year::Known(year));
        }
        self.relative_year(i).unwrap_or((i, Year::Open))
    }

    /// "'98".
    pub(super) fn short_year(&self, i: usize) -> Option<(usize, i16)> {
        let (number, length) = self.digits(i + 1).filter(|_| self.mark(i, '\'') && self.glued(i + 1))?;
        let plain = length == 2 && !self.glued(i + 2);
        let century = if number < 50 { 2000 } else { 1900 };
        plain.then_some((i + 2, i16::try_from(number).ok()? + century))
    }

    /// A month's name; a short one only with its point or a number beside it.
    pub(super) fn month(&self, i: usize) -> Option<(usize, i8)> {
        let atom = self.atom(i).filter(|a| a.capital)?;
        let full = self.find(i, |s| if let Sense::Month(m) = s { Some(*m) } else { None });
        if let Some(month) = full {
            return Some((i + 1, month));
        }
        let month = atom.senses.iter().find_map(|s| if let Sense::MonthShort(m) = s { Some(*m) } else { None })?;
        let point = self.mark(i + 1, '.') && self.glued(i + 1);
        let beside = self.digits(i + 1).is_some() || self.before(i).is_some_and(|j| self.digits(j).is_some());
        (point || beside).then_some((if point { i + 2 } else { i + 1 }, month))
    }

    /// Whether a month with neither day nor year is one, and no modal, verb or name.
    fn month_stands_alone(&self, i: usize, end: usize) -> bool {
        let short = end > i + 1;
        let common = self.is(i, "may") || self.is(i, "march") || self.is(i, "august");
        if short {
            return true;
        }
        let verb = matches!(self.tag(i), "MD" | "VB" | "VBP");
        if !common {
            return !verb;
        }
        let Some(before) = self.before(i) else { return false };
        !(verb && self.has(before, Sense::Determiner)) && self.has(before, Sense::StandsBefore)
            || self.relation(before).is_some()
            || self.mark(before, '-')
            || self.mark(before, '(')
            || self.has(before, Sense::Phase)
    }

    /// A weekday's name; a short one where `dated` says that a date follows.
    fn weekday_name(&self, i: usize, dated: bool) -> Option<usize> {
        self.weekday_number(i, dated).map(|(end, _)| end)
    }

    fn weekday_number(&self, i: usize, dated: bool) -> Option<(usize, i8)> {
        if !self.atom(i)?.capital {
            return None;
        }
        let full = self.find(i, |s| if let Sense::Weekday(d) = s { Some(*d) } else { None });
        if let Some(day) = full {
            return Some((i + 1, day));
        }
        let short = self.find(i, |s| if let Sense::WeekdayShort(d) = s { Some(*d) } else { None })?;
        let end = if self.mark(i + 1, '.') && self.glued(i + 1) { i + 2 } else { i + 1 };
        dated.then_some((end, short))
    }

    /// "Tuesday", "Tuesday of last week", "Tuesday week".
    pub(super) fn weekday(&self, i: usize) -> Option<(usize, When, &'static str)> {
        let (end, weekday) = self.weekday_number(i, false)?;
        let of = if self.is(end, "of") { end + 1 } else { end };
        let week = self.relation(of).filter(|_| self.has(of + 1, Sense::Unit(Unit::Week))).and_then(Relative::offset);
        if let Some(weeks) = week {
            return Some((of + 2, When::Weekday { weekday, relative: None, week: Some(weeks) }, "time.weekday"));
        }
        Some((end, When::Weekday { weekday, relative: None, week: None }, "time.weekday"))
    }

    pub(super) fn holiday(&self, i: usize) -> Option<(usize, When, &'static str)> {
        let (end, Named::Holiday(holiday)) = self.phrase(i)? else { return None };
        // "Ukraine's Independence Day": whose day it is decides, and the table holds one country's.
        if holiday.fixed().is_some() && self.before(i).is_some_and(|j| self.is(j, "s")) {
            return None;
        }
        let behind = if self.mark(end, ',') { end + 1 } else { end };
        let (end, year) = match self.year_number(behind).or_else(|| self.short_year(end)) {
            Some((end, year)) if !self.counts_noun(end) => (end, Year::Known(year)),
            _ => self.relative_year(end).unwrap_or((end, Year::Open)),
        };
        Some((end, When::Holiday { year, holiday, relative: None }, "time.holiday"))
    }

    /// A year that stands alone: "in 1998", "the 2003 invasion", "fiscal 1989", "1939".
    pub(super) fn year_alone(&self, i: usize) -> Option<Parsed> {
        let found =
            |end, year| Some(Parsed { end, said: Said::When(When::Year(Year::Known(year))), rule: "time.year" });
        let mut j = i;
        let the = self.is(j, "the");
        if the {
            j += 1;
        }
        if self.is(j, "year") || self.is(j, "fiscal") || self.is(j, "fy") {
            let year = self.year_number(if self.is(j, "fiscal") && self.is(j + 1, "year") { j + 2 } else { j + 1 });
            return year.and_then(|(end, year)| found(end, year));
        }
        if the {
            return None;
        }
        if self.mark(j, '\'') {
            let (end, year) = self.short_year(j)?;
            return self
                .before(j)
                .is_some_and(|b| self.has(b, Sense::StandsBefore))
                .then(|| found(end, year))
                .flatten();
        }
        let (end, year) = self.year_number(j)?;
        let words = self.digits(j).is_none();
        let next_glued = self.glued(end)
            && matches!(self.atom(end).map(|a| a.kind), Some(Kind::Mark('%' | '-' | '/' | '+')) | Some(Kind::Word));
        // "1998-99" and "2010-2015" are ranges; "2000-strong" is a number.
        if next_glued && !(self.digits(self.past_hyphen(end)).is_some() && self.mark(end, '-')) && !self.mark(end, '-')
        {
            return None;
        }
        if let Some(era) = self.before_our_era(end) {
            return Some(Parsed { end: era, said: Said::When(When::YearBefore(year)), rule: "time.year" });
        }
        let before = self.before(j);
        let stands = before.is_some_and(|b| {
            self.has(b, Sense::StandsBefore)
                || self.relation(b).is_some()
                || self.month(b).is_some()
                || self.mark(b, '(')
        });
        if let Some(b) = before {
            if self.glued(j)
                && matches!(self.atoms[b].kind, Kind::Mark('$' | '£' | '€' | '#' | '.' | '/' | ':' | '+' | '_'))
            {
                return None;
            }
            // "Block-2000": a number that belongs to the name before it.
            if self.glued(j)
                && self.mark(b, '-')
                && !(b > 0 && (self.has(b - 1, Sense::Phase) || self.is(b - 1, "post") || self.is(b - 1, "pre")))
            {
                return None;
            }
        }
        if words {
            return found(end, year);
        }
        if !(1900..=2060).contains(&year) {
            return (stands && !self.counts_noun(end) && !self.has(end, Sense::Unit(Unit::Year)))
                .then(|| found(end, year))
                .flatten();
        }
        if self.units(end).is_some() || self.is(end, "percent") {
            return None;
        }
        let round = year % 100 == 0;
        let article = before.is_some_and(|b| self.has(b, Sense::Determiner) || self.is(b, "s"));
        if self.counts_noun(end)
            && !article
            && (round || !stands)
            && self.tag(end) != "NN"
            && (round || self.token_counts(j, end))
        {
            return None;
        }
        found(end, year)
    }

    /// Whether the tree hangs the number on the noun behind it, as it does in "1950 soldiers".
    fn token_counts(&self, number: usize, noun: usize) -> bool {
        let (Some(n), Some(noun)) = (self.token(number), self.token(noun)) else { return true };
        let token = &self.analysis.tokens[n];
        token.head == Some(noun) && token.deprel == "nummod"
    }

    fn before_our_era(&self, i: usize) -> Option<usize> {
        if self.is(i, "bc") || self.is(i, "bce") {
            return Some(i + 1);
        }
        (self.is(i, "b") && self.mark(i + 1, '.') && self.is(i + 2, "c") && self.glued(i + 2))
            .then_some(if self.mark(i + 3, '.') { i + 4 } else { i + 3 })
    }

    /// "the 1990s", "the '90s", "the nineties", "the 21st century".
    pub(super) fn decade_or_century(&self, i: usize) -> Option<Parsed> {
        let the = self.is(i, "the");
        let mut j = if the { i + 1 } else { i };
        let modified = the && self.has(j, Sense::Phase);
        if modified {
            j = self.past_hyphen(j + 1);
        }
        let led = the || self.before(j).is_some_and(|b| self.has(b, Sense::Phase) || self.mark(b, '-'));
        let found = |end, when| Some(Parsed { end, said: Said::When(when), rule: "time.decade" });
        let plural = |k: usize| {
            if self.is(k, "s") && self.glued(k) { Some(k + 1) } else { self.past_genitive(k) }
        };
        if let Some((number, length)) = self.digits(j)
            && number % 10 == 0
            && let Some(end) = plural(j + 1)
        {
            let fits = length == 4 && (1000..2100).contains(&number) || length == 2 && led;
            return fits.then(|| i16::try_from(number).ok()).flatten().and_then(|n| found(end, When::Decade(n)));
        }
        if self.mark(j, '\'')
            && let Some((number, 2)) = self.digits(j + 1).filter(|(n, _)| n % 10 == 0)
            && let Some(end) = plural(j + 2)
        {
            return found(end, When::Decade(i16::try_from(number).ok()?));
        }
        if let Some(decade) = self.find(j, |s| if let Sense::Decade(d) = s { Some(*d) } else { None }) {
            return led.then(|| found(j + 1, When::Decade(decade))).flatten();
        }
        let (end, ordinal) = self.ordinal(j)?;
        let end = self.past_hyphen(end);
        let century = self.has(end, Sense::Unit(Unit::Century));
        century.then(|| i16::try_from(ordinal).ok()).flatten().map(|n| Parsed {
            end: end + 1,
            said: Said::When(When::Century(n)),
            rule: "time.century",
        })
    }

    /// "10-13 September", "between 10 and 13 September": the first day takes its month from the second.
    pub(super) fn shared_month(&self, i: usize) -> Option<(Mention, Mention)> {
        let (end, day) = self.day_number(i).filter(|_| self.digits(i).is_some())?;
        let tight = self.mark(end, '-') || self.mark(end, '–');
        let joint =
            tight || self.is(end, "and") || self.is(end, "to") || self.is(end, "until") || self.is(end, "through");
        if !joint || !tight && !self.before(i).is_some_and(|b| ["between", "from", "on"].iter().any(|w| self.is(b, w)))
        {
            return None;
        }
        let (last, when) = self.day_then_month(end + 1)?;
        let When::Date { year, month, .. } = when else { return None };
        let rule = "time.shared_month";
        let first = Mention { start: i, end, said: Said::When(When::Date { year, month, day }), rule };
        Some((first, Mention { start: end + 1, end: last, said: Said::When(when), rule }))
    }

    /// "September 10 and 13", "May 3-5", "1998-99", "2010-2015": what stands behind takes the rest from before.
    pub(super) fn bare_partner(&self, i: usize, out: &mut Vec<Mention>) -> usize {
        let Some(&last) = out.last() else { return i };
        let tight = (self.mark(i, '-') || self.mark(i, '–')) && self.digits(i + 1).is_some();
        let joint = tight || self.is(i, "and") || self.is(i, "to") || self.is(i, "until") || self.is(i, "through");
        if !joint {
            return i;
        }
        match last.said {
            Said::When(When::Date { year, month, day }) => {
                let Some((end, second)) = self.day_number(i + 1).filter(|_| self.digits(i + 1).is_some()) else {
                    return i;
                };
                // A number that counts something is no day: "on May 3 and 12 people died".
                let free = tight
                    || self.before(last.start).is_some_and(|b| self.is(b, "between") || self.is(b, "from"))
                    || !self.counts_noun(end);
                if !free
                    || second <= day
                    || self.month(end).is_some()
                    || self.units(end).is_some()
                    || self.glued(end) && self.mark(end, ':')
                {
                    return i;
                }
                let (end, told) = if year == Year::Open { self.year_behind(end) } else { (end, year) };
                if let Some(first) = out.last_mut() {
                    first.said = Said::When(When::Date { year: told, month, day });
                }
                out.push(Mention {
                    start: i + 1,
                    end,
                    said: Said::When(When::Date { year: told, month, day: second }),
                    rule: "time.shared_month",
                });
                end
            }
            Said::When(When::Year(Year::Known(year))) if tight => {
                let Some((number, length)) = self.digits(i + 1) else { return i };
                let full = match length {
                    2 => i16::try_from(number).unwrap_or_default() + year / 100 * 100,
                    4 => i16::try_from(number).unwrap_or_default(),
                    _ => return i,
                };
                if full <= year
                    || full > 2200
                    || self.glued(i + 2)
                        && !matches!(self.atom(i + 2).map(|a| a.kind), Some(Kind::Mark('.' | ',' | ')' | ';' | '\'')))
                {
                    return i;
                }
                out.push(Mention {
                    start: i + 1,
                    end: i + 2,
                    said: Said::When(When::Year(Year::Known(full))),
                    rule: "time.year_range",
                });
                i + 2
            }
            _ => i,
        }
    }
}
