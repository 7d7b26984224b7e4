//! From what an expression says to a TIMEX3 value and a half-open interval, anchored on the publication date and on
//! the time that the text told last.

use jiff::civil::Date;
use reportedly_record::TimeType;

use super::calendar::{Period, days_between, monday, plus, plus_days, plus_months};
use super::lexicon::{Relative, Shift, Unit};
use super::said::{Said, When, Year};
use super::tense::Direction;
use super::values;

/// How many times as near the day on the other side of publication must be to win against the clause's tense: people
/// say "on December 2" in November of what is three weeks ahead even in a past clause.
const NEARER_DAY: i32 = 6;
/// The same for holidays, and for quarters and seasons that have just ended in a clause that looks ahead.
const NEARER_SPAN: i32 = 3;

/// What relative expressions hang on.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Anchors {
    pub published: Option<Date>,
    /// The period that the text told last.
    pub told: Option<Period>,
    /// The quarter that the text told last.
    pub quarter: Option<Period>,
}

/// What an expression means.
#[derive(Debug, Clone)]
pub(super) struct Meaning {
    pub kind: TimeType,
    pub value: String,
    pub start: Option<String>,
    pub end: Option<String>,
    pub granularity: Option<&'static str>,
    /// The period it tells, for what comes after.
    pub told: Option<Period>,
}

/// A period, or what can be said where there is none.
pub(super) enum Placed {
    Known(Period),
    /// Told to compare with, not to go on from: "from $3 million a year earlier".
    Compared(Period),
    /// The value with `X` for what is not known.
    Open(String, &'static str),
    Reference(&'static str),
}

impl Meaning {
    fn bare(kind: TimeType, value: String) -> Meaning {
        Meaning { kind, value, start: None, end: None, granularity: None, told: None }
    }

    /// The meaning of a period by itself.
    pub(super) fn of(period: Period) -> Meaning {
        Meaning {
            kind: TimeType::Date,
            value: period.value(),
            start: period.start().filter(|d| d.year() >= 0).map(|d| d.to_string()),
            end: period.end().map(|d| d.to_string()),
            granularity: Some(period.granularity()),
            told: Some(period),
        }
    }
}

impl Anchors {
    /// The meaning of what is said, in a clause that looks in the direction.
    pub(super) fn resolve(&self, said: Said, direction: Direction) -> Meaning {
        match said {
            Said::When(When::Shift { amount: Some(_), unit, shift }) if unit < Unit::Day => {
                self.hours_away(unit, shift)
            }
            Said::When(when) => match self.place(when, direction) {
                Placed::Known(period) => Meaning::of(period),
                Placed::Compared(period) => Meaning { told: None, ..Meaning::of(period) },
                Placed::Open(value, granularity) => {
                    Meaning { granularity: Some(granularity), ..Meaning::bare(TimeType::Date, value) }
                }
                Placed::Reference(value) => Meaning::bare(TimeType::Date, value.to_owned()),
            },
            Said::Part(when, part) => values::part(self.day_of(when, direction), part),
            Said::Clock(when, clock) => values::clock(self.day_of(when, direction), clock),
            Said::Duration { amount, unit, window } => {
                let mut meaning = Meaning::bare(TimeType::Duration, values::duration(amount, unit));
                if let Some((start, end)) = self.window(amount, unit, window) {
                    meaning.granularity = Some(values::name(unit));
                    meaning.start = start.map(|d| d.to_string());
                    meaning.end = end.map(|d| d.to_string());
                }
                meaning
            }
            Said::Set { amount, unit } => Meaning::bare(TimeType::Set, values::duration(amount, unit)),
            Said::SetOf(value, part) => Meaning::bare(TimeType::Set, values::with_part(value, part)),
            Said::Weekdays(day, part) => {
                Meaning::bare(TimeType::Set, values::with_part(&format!("XXXX-WXX-{day}"), part))
            }
            Said::SetMonth(month) => Meaning::bare(TimeType::Set, format!("XXXX-{month:02}")),
            Said::SetSeason(season) => Meaning::bare(TimeType::Set, format!("XXXX-{}", season.code())),
            Said::Reference(value) => Meaning::bare(TimeType::Date, value.to_owned()),
        }
    }

    /// The day of a part of day or time: given, told last, or that of publication.
    fn day_of(&self, when: Option<When>, direction: Direction) -> Result<Date, String> {
        let open = || "XXXX-XX-XX".to_owned();
        let Some(when) = when else {
            let told = self.told.and_then(|p| if let Period::Day(d) = p { Some(d) } else { None });
            return told.or(self.published).ok_or_else(open);
        };
        match self.place(when, direction) {
            Placed::Known(Period::Day(date)) => Ok(date),
            Placed::Known(period) | Placed::Compared(period) => Err(period.value()),
            Placed::Open(value, _) => Err(value),
            Placed::Reference(_) => Err(open()),
        }
    }

    fn hours_away(&self, unit: Unit, shift: Shift) -> Meaning {
        let from_now = matches!(shift, Shift::Ago | Shift::Hence);
        let told = self.told.and_then(|p| if let Period::Day(d) = p { Some(d) } else { None });
        let day = if from_now { self.published } else { told.or(self.published) };
        let date = day.map_or_else(|| "XXXX-XX-XX".to_owned(), |d| d.to_string());
        Meaning { granularity: Some(values::name(unit)), ..Meaning::bare(TimeType::Time, format!("{date}TXX:XX")) }
    }

    /// The days that a window on now spans: "the last two weeks" ends with the day of publication, "the coming days"
    /// are the week after it.
    fn window(
        &self,
        amount: Option<u32>,
        unit: Unit,
        window: Option<Relative>,
    ) -> Option<(Option<Date>, Option<Date>)> {
        let today = self.published?;
        let tomorrow = plus_days(today, 1)?;
        let amount = amount.map(|a| i32::try_from(a.div_ceil(100)).unwrap_or(i32::MAX));
        match window? {
            Relative::Last | Relative::Past | Relative::Recent | Relative::Latest if unit >= Unit::Day => {
                Some((amount.and_then(|a| plus(today, -a, unit)), Some(tomorrow)))
            }
            Relative::Next | Relative::Coming if unit >= Unit::Day => {
                // "days" without a number are a week at most.
                let amount = amount.or((unit == Unit::Day).then_some(7));
                Some((Some(tomorrow), amount.and_then(|a| plus(tomorrow, a, unit))))
            }
            _ => None,
        }
    }

    /// The year, where it is known.
    fn year(&self, year: Year) -> Option<i16> {
        match year {
            Year::Known(y) => Some(y),
            Year::Relative(n) => i16::try_from(i32::from(self.published?.year()) + n).ok(),
            Year::Told => self.told.and_then(Period::start).or(self.published).map(|d| d.year()),
            Year::Open => None,
        }
    }

    /// The period that the words name.
    pub(super) fn place(&self, when: When, direction: Direction) -> Placed {
        let known = |period: Option<Period>, value: &dyn Fn() -> String, granularity| match period {
            Some(period) if period.start().is_some_and(|d| d.year() >= 0) => Placed::Known(period),
            _ => Placed::Open(value(), granularity),
        };
        match when {
            When::Date { year, month, day } => {
                let on = |y| Date::new(y, month, day).ok();
                let date = match self.year(year) {
                    Some(y) => on(y),
                    None => self.nearest(direction, NEARER_DAY, on),
                };
                known(date.map(Period::Day), &|| format!("XXXX-{month:02}-{day:02}"), "day")
            }
            When::WeekOf { year, month, day } => match self.place(When::Date { year, month, day }, direction) {
                Placed::Known(period) => known(
                    period.start().and_then(|d| Period::holding(d, Unit::Week)),
                    &|| "XXXX-WXX".to_owned(),
                    "week",
                ),
                _ => Placed::Open("XXXX-WXX".to_owned(), "week"),
            },
            When::Results(year) => match self.quarter {
                Some(Period::Quarter(_, quarter)) => Placed::Compared(Period::Quarter(year, quarter)),
                _ => Placed::Known(Period::Year(year)),
            },
            When::Month { year, month, relative } => {
                let start = |y| Date::new(y, month, 1).ok();
                let found = match (self.year(year), relative) {
                    (Some(y), _) => start(y),
                    (None, Some(relative)) => self.related(relative, 1, start),
                    (None, None) => self.nearest_span(direction, 1, start),
                };
                known(found.map(|d| Period::Month(d.year(), d.month())), &|| format!("XXXX-{month:02}"), "month")
            }
            When::Season { year, season, relative } => {
                let start = |y| Period::Season(y, season).start();
                let found = match (self.year(year), relative) {
                    (Some(y), _) => start(y),
                    (None, Some(relative)) => self.related(relative, 3, start),
                    (None, None) => self.nearest_span(direction, 3, start),
                };
                known(found.map(|d| Period::Season(d.year(), season)), &|| format!("XXXX-{}", season.code()), "season")
            }
            When::Quarter { year, quarter } => {
                let start = |y| Period::Quarter(y, quarter).start();
                let found = self.year(year).and_then(start).or_else(|| self.nearest_span(direction, 3, start));
                known(found.map(|d| Period::Quarter(d.year(), quarter)), &|| format!("XXXX-Q{quarter}"), "quarter")
            }
            When::Half { year, half } => {
                let start = |y| Period::Half(y, half).start();
                let found = self.year(year).and_then(start).or_else(|| self.nearest_span(direction, 6, start));
                known(found.map(|d| Period::Half(d.year(), half)), &|| format!("XXXX-H{half}"), "half")
            }
            When::Holiday { year, holiday, relative } => {
                let on = |y| holiday.in_year(y);
                let found = holiday.once().or_else(|| match (self.year(year), relative) {
                    (Some(y), _) => on(y),
                    (None, Some(relative)) => self.related_day(relative, on),
                    (None, None) => self.nearest(direction, NEARER_SPAN, on),
                });
                let open =
                    || holiday.fixed().map_or_else(|| "XXXX-XX-XX".to_owned(), |(m, d)| format!("XXXX-{m:02}-{d:02}"));
                let period = |d| if holiday.days > 1 { Period::Days(d, holiday.days) } else { Period::Day(d) };
                known(found.map(period), &open, "day")
            }
            When::Weekday { weekday, relative, week } => {
                let found = self.weekday(weekday, relative, week, direction);
                known(found.map(Period::Day), &|| format!("XXXX-WXX-{weekday}"), "day")
            }
            When::Year(year) => known(self.year(year).map(Period::Year), &|| "XXXX".to_owned(), "year"),
            When::YearBefore(year) => Placed::Open(format!("BC{year:04}"), "year"),
            When::Decade(year) => {
                let full = if year < 100 {
                    year + if year == 0 || year == 10 || year == 20 { 2000 } else { 1900 }
                } else {
                    year
                };
                Placed::Known(Period::Decade(full))
            }
            When::Century(century) => {
                known((1..=30).contains(&century).then_some(Period::Century(century)), &|| "XX".to_owned(), "century")
            }
            When::Day(offset) => {
                let date = self.published.and_then(|d| plus_days(d, offset));
                known(date.map(Period::Day), &|| "XXXX-XX-XX".to_owned(), "day")
            }
            When::Weekend(relative) => {
                known(self.weekend(relative, direction), &|| "XXXX-WXX-WE".to_owned(), "weekend")
            }
            When::Unit(unit, relative) => {
                known(self.unit(unit, relative), &|| values::open(unit).to_owned(), values::name(unit))
            }
            When::Told(unit) => known(self.telling(unit), &|| values::open(unit).to_owned(), values::name(unit)),
            When::YearBack => match self.quarter.or_else(|| self.last_quarter()).and_then(|q| q.plus_years(-1)) {
                Some(period) => Placed::Compared(period),
                None => Placed::Open("XXXX".to_owned(), "year"),
            },
            When::Shift { amount, unit, shift } => self.shifted(amount, unit, shift),
        }
    }

    /// The day that recurs each year, by direction: the other side wins where it is `ratio` times as near.
    fn nearest(&self, direction: Direction, ratio: i32, on: impl Fn(i16) -> Option<Date>) -> Option<Date> {
        let today = self.published?;
        let years = (-2..=2).filter_map(|n| today.year().checked_add(n)).filter_map(on);
        let (mut past, mut future): (Option<Date>, Option<Date>) = (None, None);
        for date in years {
            if date <= today {
                past = Some(past.map_or(date, |p| p.max(date)));
            }
            if date >= today {
                future = Some(future.map_or(date, |f| f.min(date)));
            }
        }
        let (Some(p), Some(f)) = (past, future) else { return past.or(future) };
        let (back, ahead) = (days_between(p, today), days_between(today, f));
        let choose_past = match direction {
            Direction::Past => back <= ahead.saturating_mul(ratio),
            Direction::Future => ahead > back.saturating_mul(ratio),
            Direction::Unknown | Direction::Present => back <= ahead,
        };
        Some(if choose_past { p } else { f })
    }

    /// The same for spans of months that begin on a day each year; one that is running is near in both directions.
    fn nearest_span(&self, direction: Direction, months: i32, start: impl Fn(i16) -> Option<Date>) -> Option<Date> {
        let today = self.published?;
        let starts = (-2..=2).filter_map(|n| today.year().checked_add(n)).filter_map(start);
        let (mut past, mut future): (Option<Date>, Option<Date>) = (None, None);
        for date in starts {
            let end = plus_months(date, months)?;
            if date <= today {
                past = Some(past.map_or(date, |p| p.max(date)));
            }
            if end > today {
                future = Some(future.map_or(date, |f| f.min(date)));
            }
        }
        let (Some(p), Some(f)) = (past, future) else { return past.or(future) };
        let back = plus_months(p, months).map_or(0, |e| days_between(e, today)).max(0);
        let ahead = days_between(today, f).max(0);
        let choose_past = match direction {
            Direction::Past => true,
            // What has just ended may still be reported: "expects to post a third-quarter loss".
            Direction::Future => months > 1 && ahead > back.saturating_mul(NEARER_SPAN),
            Direction::Unknown | Direction::Present => back <= ahead,
        };
        Some(if choose_past { p } else { f })
    }

    /// A month or season by its relation: "last May", "this summer".
    fn related(&self, relative: Relative, months: i32, start: impl Fn(i16) -> Option<Date>) -> Option<Date> {
        let anchor = match relative {
            Relative::Previous | Relative::Following | Relative::Same | Relative::That => {
                self.told.and_then(Period::start).or(self.published)?
            }
            _ => self.published?,
        };
        let starts: Vec<Date> = (-2..=2).filter_map(|n| anchor.year().checked_add(n)).filter_map(start).collect();
        let ends = |d: Date| plus_months(d, months);
        match relative {
            Relative::Last | Relative::Past | Relative::Previous | Relative::Latest => {
                starts.into_iter().rev().find(|&d| ends(d).is_some_and(|e| e <= anchor))
            }
            Relative::Next | Relative::Coming | Relative::Following => starts.into_iter().find(|&d| d > anchor),
            _ => starts.into_iter().min_by_key(|&d| {
                let running = d <= anchor && ends(d).is_some_and(|e| e > anchor);
                if running {
                    0
                } else if d.year() == anchor.year() {
                    1
                } else {
                    2
                }
            }),
        }
    }

    fn related_day(&self, relative: Relative, on: impl Fn(i16) -> Option<Date>) -> Option<Date> {
        let today = self.published?;
        let days: Vec<Date> = (-2..=2).filter_map(|n| today.year().checked_add(n)).filter_map(on).collect();
        match relative {
            Relative::Last | Relative::Past | Relative::Previous => days.into_iter().rev().find(|&d| d < today),
            Relative::Next | Relative::Coming | Relative::Following => days.into_iter().find(|&d| d > today),
            _ => days.into_iter().find(|d| d.year() == today.year()),
        }
    }

    fn weekday(
        &self,
        weekday: i8,
        relative: Option<Relative>,
        week: Option<i32>,
        direction: Direction,
    ) -> Option<Date> {
        let told = self.told.and_then(Period::start);
        let anchor = match relative {
            Some(Relative::Previous | Relative::Following | Relative::That | Relative::Same) => {
                told.or(self.published)?
            }
            _ => self.published?,
        };
        let of_week = |weeks: i32| plus_days(monday(anchor)?, weeks * 7 + i32::from(weekday) - 1);
        if let Some(weeks) = week {
            return of_week(weeks);
        }
        let ahead = (i32::from(weekday) - i32::from(anchor.weekday().to_monday_one_offset())).rem_euclid(7);
        let strictly_after = if ahead == 0 { 7 } else { ahead };
        match relative {
            Some(Relative::Last | Relative::Past | Relative::Previous | Relative::Latest | Relative::Recent) => {
                plus_days(anchor, strictly_after - 14 + if ahead == 0 { 0 } else { 7 })
            }
            Some(Relative::Next) => of_week(1),
            Some(Relative::Coming | Relative::Following) => plus_days(anchor, strictly_after),
            Some(Relative::This | Relative::Current | Relative::That | Relative::Same) => of_week(0),
            _ if matches!(direction, Direction::Future | Direction::Present) => plus_days(anchor, ahead),
            _ => plus_days(anchor, if ahead == 0 { 0 } else { ahead - 7 }),
        }
    }

    fn weekend(&self, relative: Option<Relative>, direction: Direction) -> Option<Period> {
        let today = self.published?;
        let this = plus_days(monday(today)?, 5)?;
        let weeks = match relative {
            Some(Relative::Last | Relative::Past | Relative::Previous) => -1,
            Some(Relative::Next | Relative::Following) => 1,
            Some(_) => 0,
            // "over the weekend" on a weekday has happened; on Saturday and Sunday it is the one that is.
            None if direction == Direction::Future || this <= today => 0,
            None => -1,
        };
        plus_days(this, weeks * 7).map(Period::Weekend)
    }

    /// "last week", "the following month".
    fn unit(&self, unit: Unit, relative: Relative) -> Option<Period> {
        if let Some(offset) = relative.offset() {
            return Period::holding(plus(self.published?, offset, unit)?, unit);
        }
        if relative == Relative::Latest && unit == Unit::Quarter {
            // The latest that is told of and over, else the latest by the calendar.
            let over = |p: &Period| p.end().is_some_and(|e| self.published.is_some_and(|d| e <= d));
            return self.quarter.filter(over).or_else(|| self.last_quarter());
        }
        let told = self.told.or(self.published.map(Period::Day))?;
        if longer(told, unit) {
            return None;
        }
        let base = told.start()?;
        match relative {
            Relative::Previous => Period::holding(plus(base, -1, unit)?, unit),
            Relative::Following => Period::holding(plus(base, 1, unit)?, unit),
            Relative::Latest => Period::holding(plus(self.published?, -1, unit)?, unit),
            _ => Period::holding(base, unit),
        }
    }

    /// "the quarter", "the year", "later in the day".
    fn telling(&self, unit: Unit) -> Option<Period> {
        match unit {
            Unit::Quarter => self.quarter.or_else(|| self.last_quarter()),
            Unit::Day => match self.told {
                Some(Period::Day(day)) => Some(Period::Day(day)),
                _ => self.published.map(Period::Day),
            },
            Unit::Month => match self.told {
                Some(told @ Period::Month(..)) => Some(told),
                _ => Period::holding(self.published?, unit),
            },
            _ => Period::holding(self.published?, unit),
        }
    }

    fn last_quarter(&self) -> Option<Period> {
        Period::holding(plus_months(self.published?, -3)?, Unit::Quarter)
    }

    fn shifted(&self, amount: Option<u32>, unit: Unit, shift: Shift) -> Placed {
        let back = matches!(shift, Shift::Ago | Shift::Earlier | Shift::Before);
        let Some(hundredths) = amount else {
            return Placed::Reference(if back { "PAST_REF" } else { "FUTURE_REF" });
        };
        let open = || Placed::Open(values::open(unit).to_owned(), values::name(unit));
        let from_now = matches!(shift, Shift::Ago | Shift::Hence);
        let Some(base) =
            (if from_now { self.published.map(Period::Day) } else { self.told.or(self.published.map(Period::Day)) })
        else {
            return open();
        };
        // Results are compared with the same period of the year before.
        if unit == Unit::Year
            && hundredths == 100
            && back
            && let Some(told @ Period::Quarter(..)) = self.told
        {
            return told.plus_years(-1).map_or_else(open, Placed::Compared);
        }
        if !from_now && longer(base, unit) {
            return open();
        }
        let (amount, counted) = match (unit, hundredths % 100) {
            (_, 0) => (hundredths / 100, unit),
            (Unit::Year, _) => (hundredths * 12 / 100, Unit::Month),
            (Unit::Decade, _) => (hundredths / 10, Unit::Year),
            _ => (hundredths.div_ceil(100), unit),
        };
        let signed = i32::try_from(amount).map(|a| if back { -a } else { a });
        let Some(date) = signed.ok().and_then(|n| plus(base.start()?, n, counted)) else { return open() };
        let grain = if unit > Unit::Year { Unit::Year } else { unit };
        let compared = unit == Unit::Year && hundredths == 100 && back;
        Period::holding(date, grain).map_or_else(open, if compared { Placed::Compared } else { Placed::Known })
    }
}

/// Whether the period is longer than the unit, so that it cannot be counted from.
fn longer(period: Period, unit: Unit) -> bool {
    let days = |p: Period| p.start().zip(p.end()).map_or(0, |(s, e)| days_between(s, e));
    let least = match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => 1,
        Unit::Week | Unit::Fortnight => 7,
        Unit::Month => 31,
        Unit::Quarter => 92,
        Unit::Semester => 184,
        Unit::Year => 366,
        Unit::Decade => 3653,
        Unit::Century | Unit::Millennium => 36525,
    };
    days(period) > least
}
