//! What an expression says before it is anchored: the grammar's output, the resolver's input.

use super::holidays::Holiday;
use super::lexicon::{Relative, Season, Shift, Unit};

/// The year an expression gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Year {
    Known(i16),
    /// "last year": so many from the year of publication.
    Relative(i32),
    /// "that year".
    Told,
    Open,
}

/// How much of a unit, in hundredths; `None` for "several".
pub(super) type Amount = Option<u32>;

/// A day, a week or a longer period in words.
#[derive(Debug, Clone, Copy)]
pub(super) enum When {
    Date {
        year: Year,
        month: i8,
        day: i8,
    },
    Month {
        year: Year,
        month: i8,
        relative: Option<Relative>,
    },
    /// `week`: weeks from that of publication, where the words say so.
    Weekday {
        weekday: i8,
        relative: Option<Relative>,
        week: Option<i32>,
    },
    Year(Year),
    /// Before our era.
    YearBefore(i16),
    /// First year; below 100 where the century is left out.
    Decade(i16),
    Century(i16),
    Quarter {
        year: Year,
        quarter: i8,
    },
    Half {
        year: Year,
        half: i8,
    },
    Season {
        year: Year,
        season: Season,
        relative: Option<Relative>,
    },
    Holiday {
        year: Year,
        holiday: &'static Holiday,
        relative: Option<Relative>,
    },
    /// Days from publication.
    Day(i32),
    Weekend(Option<Relative>),
    /// A calendar unit and its place: "last week", "the same day".
    Unit(Unit, Relative),
    /// "two weeks ago".
    Shift {
        amount: Amount,
        unit: Unit,
        shift: Shift,
    },
    /// The week that holds a date: "the week of March 6".
    WeekOf {
        year: Year,
        month: i8,
        day: i8,
    },
    /// "the 1988 period" of results: the quarter told last, in that year.
    Results(i16),
    /// "a year earlier" of results: the period told last, a year before.
    YearBack,
    /// "the quarter".
    Told(Unit),
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    pub hour: i8,
    pub minute: Option<i8>,
    pub second: Option<i8>,
    /// Minutes ahead of UTC.
    pub zone: Option<i32>,
}

/// What the expression says.
#[derive(Debug, Clone, Copy)]
pub(super) enum Said {
    When(When),
    /// A part of a day; the day of the anchor where none is given.
    Part(Option<When>, &'static str),
    Clock(Option<When>, Clock),
    Duration {
        amount: Amount,
        unit: Unit,
        window: Option<Relative>,
    },
    /// A recurring unit: "every two weeks".
    Set {
        amount: Amount,
        unit: Unit,
    },
    /// A recurring calendar value, e.g. `XXXX-WXX-2` and a part of day.
    SetOf(&'static str, Option<&'static str>),
    Weekdays(i8, Option<&'static str>),
    SetMonth(i8),
    SetSeason(Season),
    Reference(&'static str),
}

impl Said {
    /// The day or period it speaks of, where it speaks of one.
    pub fn when(self) -> Option<When> {
        match self {
            Said::When(when) => Some(when),
            Said::Part(when, _) | Said::Clock(when, _) => when,
            _ => None,
        }
    }
}
