//! Calendar periods: a day, a week, a quarter, a decade; their TIMEX3 values, half-open intervals and neighbours.

use jiff::ToSpan;
use jiff::civil::Date;

use super::lexicon::{Season, Unit};

/// A stretch of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Period {
    Day(Date),
    /// A feast of several days, from the first on.
    Days(Date, i32),
    /// From its Monday on.
    Week(Date),
    /// From its Saturday on.
    Weekend(Date),
    Month(i16, i8),
    Quarter(i16, i8),
    Half(i16, i8),
    Season(i16, Season),
    Year(i16),
    /// From the year given on.
    Decade(i16),
    /// The nth century of the era.
    Century(i16),
}

impl Season {
    /// Two letters of TIMEX3.
    pub fn code(self) -> &'static str {
        match self {
            Season::Spring => "SP",
            Season::Summer => "SU",
            Season::Autumn => "FA",
            Season::Winter => "WI",
        }
    }

    /// First month, as meteorologists and editors count: winter is December to February.
    fn first_month(self) -> i8 {
        match self {
            Season::Spring => 3,
            Season::Summer => 6,
            Season::Autumn => 9,
            Season::Winter => 12,
        }
    }
}

impl Period {
    /// The period of the unit's length that holds the date; a day for shorter units.
    pub fn holding(date: Date, unit: Unit) -> Option<Period> {
        // Before the era the values and the order of written dates are others.
        let year = Some(date.year()).filter(|y| *y > 0)?;
        Some(match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Period::Day(date),
            Unit::Week | Unit::Fortnight => Period::Week(monday(date)?),
            Unit::Month => Period::Month(year, date.month()),
            Unit::Quarter => Period::Quarter(year, (date.month() - 1) / 3 + 1),
            Unit::Semester => Period::Half(year, (date.month() - 1) / 6 + 1),
            Unit::Year => Period::Year(year),
            Unit::Decade => Period::Decade(year.div_euclid(10) * 10),
            Unit::Century | Unit::Millennium => Period::Century((year - 1).div_euclid(100) + 1),
        })
    }

    /// TIMEX3 value.
    pub fn value(self) -> String {
        match self {
            Period::Day(date) | Period::Days(date, _) => date.to_string(),
            Period::Week(monday) => {
                let week = monday.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Period::Weekend(saturday) => {
                let week = saturday.iso_week_date();
                format!("{:04}-W{:02}-WE", week.year(), week.week())
            }
            Period::Month(year, month) => format!("{year:04}-{month:02}"),
            Period::Quarter(year, quarter) => format!("{year:04}-Q{quarter}"),
            Period::Half(year, half) => format!("{year:04}-H{half}"),
            Period::Season(year, season) => format!("{year:04}-{}", season.code()),
            Period::Year(year) => format!("{year:04}"),
            Period::Decade(year) => format!("{:03}", year.div_euclid(10)),
            Period::Century(century) => format!("{:02}", century - 1),
        }
    }

    /// First day.
    pub fn start(self) -> Option<Date> {
        match self {
            Period::Day(date) | Period::Days(date, _) | Period::Week(date) | Period::Weekend(date) => Some(date),
            Period::Month(year, month) => Date::new(year, month, 1).ok(),
            Period::Quarter(year, quarter) => Date::new(year, quarter * 3 - 2, 1).ok(),
            Period::Half(year, half) => Date::new(year, half * 6 - 5, 1).ok(),
            Period::Season(year, season) => Date::new(year, season.first_month(), 1).ok(),
            Period::Year(year) | Period::Decade(year) => Date::new(year, 1, 1).ok(),
            Period::Century(century) => Date::new((century - 1).checked_mul(100)?, 1, 1).ok(),
        }
    }

    /// First day behind it.
    pub fn end(self) -> Option<Date> {
        let start = self.start()?;
        match self {
            Period::Day(_) => plus_days(start, 1),
            Period::Days(_, days) => plus_days(start, days),
            Period::Week(_) => plus_days(start, 7),
            Period::Weekend(_) => plus_days(start, 2),
            Period::Month(..) => plus_months(start, 1),
            Period::Quarter(..) | Period::Season(..) => plus_months(start, 3),
            Period::Half(..) => plus_months(start, 6),
            Period::Year(_) => plus_months(start, 12),
            Period::Decade(_) => plus_months(start, 120),
            Period::Century(_) => plus_months(start, 1200),
        }
    }

    /// The name of its length in the record.
    pub fn granularity(self) -> &'static str {
        match self {
            Period::Day(_) | Period::Days(..) => "day",
            Period::Week(_) => "week",
            Period::Weekend(_) => "weekend",
            Period::Month(..) => "month",
            Period::Quarter(..) => "quarter",
            Period::Half(..) => "half",
            Period::Season(..) => "season",
            Period::Year(_) => "year",
            Period::Decade(_) => "decade",
            Period::Century(_) => "century",
        }
    }

    /// The same sort of period so many years on.
    pub fn plus_years(self, years: i32) -> Option<Period> {
        let moved = |year: i16| i16::try_from(i32::from(year).checked_add(years)?).ok();
        Some(match self {
            Period::Day(date) => Period::Day(plus_months(date, years.checked_mul(12)?)?),
            Period::Days(date, days) => Period::Days(plus_months(date, years.checked_mul(12)?)?, days),
            Period::Week(date) => Period::Week(monday(plus_months(date, years.checked_mul(12)?)?)?),
            Period::Weekend(date) => {
                Period::Weekend(plus_days(monday(plus_months(date, years.checked_mul(12)?)?)?, 5)?)
            }
            Period::Month(year, month) => Period::Month(moved(year)?, month),
            Period::Quarter(year, quarter) => Period::Quarter(moved(year)?, quarter),
            Period::Half(year, half) => Period::Half(moved(year)?, half),
            Period::Season(year, season) => Period::Season(moved(year)?, season),
            Period::Year(year) => Period::Year(moved(year)?),
            Period::Decade(year) => Period::Decade(moved(year)?.div_euclid(10) * 10),
            Period::Century(_) => self,
        })
    }
}

/// The date so many of the unit on.
pub(super) fn plus(date: Date, amount: i32, unit: Unit) -> Option<Date> {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => Some(date),
        Unit::Day => plus_days(date, amount),
        Unit::Week => plus_days(date, amount.checked_mul(7)?),
        Unit::Fortnight => plus_days(date, amount.checked_mul(14)?),
        Unit::Month => plus_months(date, amount),
        Unit::Quarter => plus_months(date, amount.checked_mul(3)?),
        Unit::Semester => plus_months(date, amount.checked_mul(6)?),
        Unit::Year => plus_months(date, amount.checked_mul(12)?),
        Unit::Decade => plus_months(date, amount.checked_mul(120)?),
        Unit::Century => plus_months(date, amount.checked_mul(1200)?),
        Unit::Millennium => plus_months(date, amount.checked_mul(12_000)?),
    }
}

/// The date so many days on.
pub(super) fn plus_days(date: Date, days: i32) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// The date so many months on; the last of the month where it is shorter.
pub(super) fn plus_months(date: Date, months: i32) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_months(months).ok()?).ok()
}

/// The Monday of the date's week.
pub(super) fn monday(date: Date) -> Option<Date> {
    date.checked_sub(i64::from(date.weekday().to_monday_zero_offset()).days()).ok()
}

/// Days from the first date to the second.
pub(super) fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_and_bounds() {
        let date: Date = "2023-09-05".parse().expect("a date");
        for (unit, value, start, end) in [
            (Unit::Day, "2023-09-05", "2023-09-05", "2023-09-06"),
            (Unit::Week, "2023-W36", "2023-09-04", "2023-09-11"),
            (Unit::Month, "2023-09", "2023-09-01", "2023-10-01"),
            (Unit::Quarter, "2023-Q3", "2023-07-01", "2023-10-01"),
            (Unit::Year, "2023", "2023-01-01", "2024-01-01"),
            (Unit::Decade, "202", "2020-01-01", "2030-01-01"),
            (Unit::Century, "20", "2000-01-01", "2100-01-01"),
        ] {
            let period = Period::holding(date, unit).expect("in range");
            let shown = |d: Option<Date>| d.map(|d| d.to_string()).unwrap_or_default();
            assert_eq!(
                (period.value().as_str(), shown(period.start()).as_str(), shown(period.end()).as_str()),
                (value, start, end)
            );
        }
    }
}
