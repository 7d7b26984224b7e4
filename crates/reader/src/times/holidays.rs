//! Holidays and named days: `data/times/holidays.tsv`, a rule each, and the feasts that move in `moving.tsv`.

use std::collections::HashMap;
use std::sync::OnceLock;

use jiff::civil::{Date, Weekday};

use super::calendar::plus_days;
use super::lexicon::rows;

/// A holiday and the rule for its date.
#[derive(Debug)]
pub(super) struct Holiday {
    pub name: &'static str,
    rule: Rule,
    /// How many days it lasts.
    pub days: i32,
}

#[derive(Debug)]
enum Rule {
    /// Month and day.
    Fixed(i8, i8),
    /// The nth weekday of a month (−1: the last) and so many days.
    Nth(i8, Weekday, i8, i32),
    /// Days after western Easter.
    Easter(i32),
    /// Days after Orthodox Easter.
    Orthodox(i32),
    /// The Tuesday after the first Monday of November.
    Election,
    /// By table.
    Moving(&'static str),
    /// One day in history.
    Once(Date),
}

/// All rows of the table.
pub(super) fn holidays() -> &'static [Holiday] {
    static TABLE: OnceLock<Vec<Holiday>> = OnceLock::new();
    TABLE.get_or_init(|| {
        rows(include_str!("../../data/times/holidays.tsv"))
            .filter_map(|r| Some(Holiday { name: r[0], rule: rule(r[1])?, days: r.get(2)?.parse().ok()? }))
            .collect()
    })
}

impl Holiday {
    /// Its first day in the year; `None` where the rule or the table knows none.
    pub fn in_year(&self, year: i16) -> Option<Date> {
        match self.rule {
            Rule::Fixed(month, day) => Date::new(year, month, day).ok(),
            Rule::Nth(nth, weekday, month, more) => {
                plus_days(Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()?, more)
            }
            Rule::Easter(days) => plus_days(easter(year)?, days),
            Rule::Orthodox(days) => plus_days(orthodox_easter(year)?, days),
            Rule::Election => plus_days(Date::new(year, 11, 1).ok()?.nth_weekday_of_month(1, Weekday::Monday).ok()?, 1),
            Rule::Moving(id) => moving().get(id)?.iter().copied().find(|d| d.year() == year),
            Rule::Once(date) => Some(date),
        }
    }

    /// Its day where it has only one in all of history.
    pub fn once(&self) -> Option<Date> {
        match self.rule {
            Rule::Once(date) => Some(date),
            _ => None,
        }
    }

    /// Month and day where they are the same each year.
    pub fn fixed(&self) -> Option<(i8, i8)> {
        match self.rule {
            Rule::Fixed(month, day) => Some((month, day)),
            _ => None,
        }
    }
}

fn rule(text: &'static str) -> Option<Rule> {
    let words: Vec<&'static str> = text.split(' ').collect();
    Some(match words.as_slice() {
        ["nth", nth, weekday, month, rest @ ..] => {
            let more = rest.first().and_then(|m| m.parse().ok()).unwrap_or_default();
            Rule::Nth(nth.parse().ok()?, weekday_named(weekday)?, month.parse().ok()?, more)
        }
        ["election"] => Rule::Election,
        ["moving", id] => Rule::Moving(id),
        ["date", date] => Rule::Once(date.parse().ok()?),
        [one] if one.starts_with("easter") => Rule::Easter(one["easter".len()..].parse().ok()?),
        [one] if one.starts_with("orthodox") => Rule::Orthodox(one["orthodox".len()..].parse().ok()?),
        [one] => {
            let (month, day) = one.split_once('-')?;
            Rule::Fixed(month.parse().ok()?, day.parse().ok()?)
        }
        _ => return None,
    })
}

fn weekday_named(name: &str) -> Option<Weekday> {
    Some(match name {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

fn moving() -> &'static HashMap<&'static str, Vec<Date>> {
    static TABLE: OnceLock<HashMap<&'static str, Vec<Date>>> = OnceLock::new();
    TABLE.get_or_init(|| {
        rows(include_str!("../../data/times/moving.tsv"))
            .map(|r| (r[0], r[1].split(' ').filter_map(|d| d.parse().ok()).collect()))
            .collect()
    })
}

/// Western Easter Sunday by the anonymous Gregorian computus.
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()
}

/// Orthodox Easter Sunday: Meeus's Julian computus, moved to the Gregorian calendar.
fn orthodox_easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let d = (19 * (y % 19) + 15) % 30;
    let e = (2 * (y % 4) + 4 * (y % 7) - d + 34) % 7;
    let n = d + e + 114;
    let julian = Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()?;
    plus_days(julian, y / 100 - y / 400 - 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_rule_and_a_date() {
        assert_eq!(holidays().len(), rows(include_str!("../../data/times/holidays.tsv")).count());
        for holiday in holidays() {
            assert!(holiday.in_year(2022).is_some(), "{}", holiday.name);
        }
    }

    #[test]
    fn dates_that_everybody_can_check() {
        for (name, year, date) in [
            ("easter", 2023, "2023-04-09"),
            ("orthodox easter", 2023, "2023-04-16"),
            ("thanksgiving", 2023, "2023-11-23"),
            ("memorial day", 2023, "2023-05-29"),
            ("election day", 2022, "2022-11-08"),
            ("black friday", 2023, "2023-11-24"),
            ("good friday", 2024, "2024-03-29"),
        ] {
            let holiday = holidays().iter().find(|h| h.name == name).expect(name);
            assert_eq!(holiday.in_year(year).map(|d| d.to_string()).as_deref(), Some(date), "{name}");
        }
    }
}
