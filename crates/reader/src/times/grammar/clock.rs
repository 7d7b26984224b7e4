//! Times and parts of the day, alone and with their day.

use super::super::lexicon::Sense;
use super::super::said::{Clock, Said, When};
use super::{Grammar, Parsed};

impl Grammar<'_> {
    /// "3:30 p.m. on Tuesday", "9 a.m. EST, Nov. 6", "noon Thursday", "1530 GMT".
    pub(super) fn clock_and_day(&self, i: usize) -> Option<Parsed> {
        let (mut end, clock) = self.clock(i)?;
        let mut j = if self.mark(end, ',') { end + 1 } else { end };
        if self.is(j, "on") || self.is(j, "of") {
            j += 1;
        }
        let mut day = None;
        if let Some((behind, when, _)) = self.day(j) {
            day = Some(when);
            end = behind;
        } else if let Some(Parsed { end: behind, said: Said::When(when @ When::Weekday { .. }), .. }) = self.relative(j)
        {
            day = Some(when);
            end = behind;
        }
        Some(Parsed { end, said: Said::Clock(day, clock), rule: "time.clock" })
    }

    /// A day with its part or time behind it: "Tuesday morning", "Sept. 5 at 3 p.m.", "yesterday".
    pub(super) fn day_and_part(&self, i: usize) -> Option<Parsed> {
        let (end, when, rule) = self.day(i)?;
        Some(self.with_part(end, when, rule))
    }

    pub(super) fn with_part(&self, end: usize, when: When, rule: &'static str) -> Parsed {
        let plain = Parsed { end, said: Said::When(when), rule };
        let genitive = self.past_genitive(end).is_some();
        if genitive {
            return plain;
        }
        // "2023-09-05T15:30".
        if self.is(end, "T")
            && self.glued(end)
            && self.glued(end + 1)
            && let Some((behind, clock)) = self.colon_time(end + 1)
        {
            let (behind, zone) = self.zone(behind);
            return Parsed { end: behind, said: Said::Clock(Some(when), Clock { zone, ..clock }), rule: "time.clock" };
        }
        let early = if self.has(end, Sense::Phase) && self.part(end + 1).is_some() { end + 1 } else { end };
        if let Some(part) = self.part(early).filter(|_| !self.is(early, "daytime")) {
            return Parsed { end: early + 1, said: Said::Part(Some(when), part), rule: "time.part" };
        }
        let mut j = if self.mark(end, ',') { end + 1 } else { end };
        let led = ["at", "around", "about", "by"].iter().any(|w| self.is(j, w));
        if led {
            j += 1;
            if self.is(j, "about") || self.is(j, "around") {
                j += 1;
            }
        }
        match self.clock(j) {
            Some((behind, clock)) => Parsed { end: behind, said: Said::Clock(Some(when), clock), rule: "time.clock" },
            None => plain,
        }
    }

    /// A part of a day by itself or before its day: "tonight", "overnight", "the morning of Sept. 5", "mid-afternoon".
    pub(super) fn part_of_day(&self, i: usize) -> Option<Parsed> {
        if let Some(offset) = self.find(i, |s| if let Sense::Tonight(d) = s { Some(*d) } else { None }) {
            let adjective = self.is(i, "overnight") && (self.tag(i) == "JJ");
            return (!adjective).then_some(Parsed {
                end: i + 1,
                said: Said::Part(Some(When::Day(offset)), "NI"),
                rule: "time.part",
            });
        }
        let mut j = if self.is(i, "the") { i + 1 } else { i };
        let phased = self.has(j, Sense::Phase);
        if phased {
            j = self.past_hyphen(j + 1);
        }
        let part = self.part(j)?;
        let of = if self.is(j + 1, "of") || self.is(j + 1, "on") { j + 2 } else { j + 1 };
        if let Some((end, when, _)) = self.day(of).filter(|_| of > j + 1 || phased) {
            return Some(Parsed { end, said: Said::Part(Some(when), part), rule: "time.part" });
        }
        let alone = phased && !self.is(i, "the")
            || self.before(i).is_some_and(|b| self.is(b, "in") || self.is(b, "during")) && self.is(i, "the")
            || self.is(j, "dawn") && self.before(j).is_some_and(|b| self.is(b, "at"));
        alone.then_some(Parsed { end: j + 1, said: Said::Part(None, part), rule: "time.part" })
    }

    /// A time of day with its zone.
    pub(super) fn clock(&self, i: usize) -> Option<(usize, Clock)> {
        if let Some(hour) = self.find(i, |s| if let Sense::Noon(h) = s { Some(*h) } else { None }) {
            let (end, zone) = self.zone(i + 1);
            return Some((end, Clock { hour, minute: Some(0), second: None, zone }));
        }
        if let Some((end, clock)) = self.colon_time(i) {
            let (end, half) = self.meridiem(end);
            let clock = Clock { hour: by_half(clock.hour, half)?, ..clock };
            let (behind, zone) = self.zone(end);
            let placed = half.is_some()
                || behind > end
                || self.before(i).is_some_and(|b| self.has(b, Sense::StandsBefore) && !self.is(b, "of"));
            return placed.then_some((behind, Clock { zone, ..clock }));
        }
        // "1530 GMT", "0900 local time".
        if let Some((number, 4)) = self.digits(i) {
            let (end, zone) = self.zone(i + 1);
            let (hour, minute) = (i8::try_from(number / 100).ok()?, i8::try_from(number % 100).ok()?);
            return (end > i + 1 && hour < 24 && minute < 60)
                .then_some((end, Clock { hour, minute: Some(minute), second: None, zone }));
        }
        let (end, hour) = self.cardinal(i).filter(|(_, h)| (1..=12).contains(h))?;
        let hour = i8::try_from(hour).ok()?;
        let (behind, half) = self.meridiem(end);
        if half.is_some() {
            let (behind, zone) = self.zone(behind);
            // "5 p.m." says no minute and means none.
            return Some((behind, Clock { hour: by_half(hour, half)?, minute: Some(0), second: None, zone }));
        }
        if self.is(end, "o") && self.mark(end + 1, '\'') && self.is(end + 2, "clock") {
            let (behind, half) = self.half_in_words(end + 3);
            return Some((behind, Clock { hour: by_half(hour, half)?, minute: Some(0), second: None, zone: None }));
        }
        let (behind, half) = self.half_in_words(end);
        half?;
        Some((behind, Clock { hour: by_half(hour, half)?, minute: Some(0), second: None, zone: None }))
    }

    /// "15:30", "15:30:10".
    fn colon_time(&self, i: usize) -> Option<(usize, Clock)> {
        let (hour, length) = self.digits(i)?;
        let (minute, 2) =
            self.digits(i + 2).filter(|_| self.mark(i + 1, ':') && self.glued(i + 1) && self.glued(i + 2))?
        else {
            return None;
        };
        if length > 2 || hour > 24 || minute > 59 || i > 0 && self.glued(i) && self.mark(i - 1, ':') {
            return None;
        }
        let mut clock =
            Clock { hour: i8::try_from(hour).ok()?, minute: i8::try_from(minute).ok(), second: None, zone: None };
        let mut end = i + 3;
        if self.mark(end, ':')
            && self.glued(end)
            && self.glued(end + 1)
            && let Some((second, 2)) = self.digits(end + 1).filter(|(s, _)| *s < 60)
        {
            clock.second = i8::try_from(second).ok();
            end += 2;
            if self.mark(end, '.') && self.glued(end) && self.glued(end + 1) && self.digits(end + 1).is_some() {
                end += 2;
            }
        }
        Some((end, clock))
    }

    /// "a.m.", "PM": whether the second half of the day.
    fn meridiem(&self, i: usize) -> (usize, Option<bool>) {
        for (letter, after_noon) in [("a", false), ("p", true)] {
            if self.is(i, letter)
                && self.mark(i + 1, '.')
                && self.is(i + 2, "m")
                && self.glued(i + 1)
                && self.glued(i + 2)
            {
                // The point belongs to the word wherever one stands: also at the end of a sentence.
                let end = if self.mark(i + 3, '.') && self.glued(i + 3) { i + 4 } else { i + 3 };
                return (end, Some(after_noon));
            }
        }
        if self.is(i, "am") {
            return (i + 1, Some(false));
        }
        if self.is(i, "pm") { (i + 1, Some(true)) } else { (i, None) }
    }

    /// "in the morning", "in the afternoon", "at night".
    fn half_in_words(&self, i: usize) -> (usize, Option<bool>) {
        let j = if self.is(i, "in") && self.is(i + 1, "the") {
            i + 2
        } else if self.is(i, "at") && self.is(i + 1, "night") {
            i + 1
        } else {
            return (i, None);
        };
        match self.part(j) {
            Some("MO") => (j + 1, Some(false)),
            Some("AF" | "EV" | "NI") => (j + 1, Some(true)),
            _ => (i, None),
        }
    }

    /// "GMT", "EST", "local time", "Z", "+0300".
    fn zone(&self, i: usize) -> (usize, Option<i32>) {
        let named = self.find(i, |s| if let Sense::Zone(z) = s { Some(*z) } else { None });
        if let Some(zone) = named {
            let capitals = self.word(i).chars().all(char::is_uppercase);
            if self.is(i, "local") {
                return if self.is(i + 1, "time") { (i + 2, None) } else { (i, None) };
            }
            if capitals {
                return (i + 1, zone);
            }
        }
        let sign = match () {
            () if self.mark(i, '+') => 1,
            () if self.mark(i, '-') => -1,
            () => return (i, None),
        };
        if !self.glued(i) || !self.glued(i + 1) {
            return (i, None);
        }
        match self.digits(i + 1) {
            Some((hours, 2)) if self.mark(i + 2, ':') && self.digits(i + 3).is_some_and(|(_, l)| l == 2) => {
                let minutes = self.digits(i + 3).map_or(0, |(m, _)| m);
                (i + 4, i32::try_from(hours * 60 + minutes).ok().map(|z| z * sign))
            }
            Some((number, 4)) => (i + 2, i32::try_from(number / 100 * 60 + number % 100).ok().map(|z| z * sign)),
            _ => (i, None),
        }
    }
}

/// The hour of 24 from the hour of 12.
fn by_half(hour: i8, after_noon: Option<bool>) -> Option<i8> {
    match after_noon {
        None => Some(hour),
        Some(_) if hour > 12 => Some(hour),
        Some(false) => Some(hour % 12),
        Some(true) => Some(hour % 12 + 12),
    }
}
