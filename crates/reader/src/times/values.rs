//! TIMEX3 values of lengths, parts of day and times of day, and the intervals of the latter.

use std::sync::OnceLock;

use jiff::civil::Date;
use reportedly_record::TimeType;

use super::calendar::{Period, plus_days};
use super::lexicon::{Unit, rows};
use super::resolve::Meaning;
use super::said::{Amount, Clock};

/// `P3D`, `PT2H`, `P2Y6M`, `PXW`.
pub(super) fn duration(amount: Amount, unit: Unit) -> String {
    let (time, code, times) = match unit {
        Unit::Second => ("T", "S", 1),
        Unit::Minute => ("T", "M", 1),
        Unit::Hour => ("T", "H", 1),
        Unit::Day => ("", "D", 1),
        Unit::Week => ("", "W", 1),
        Unit::Fortnight => ("", "W", 2),
        Unit::Month => ("", "M", 1),
        Unit::Quarter => ("", "Q", 1),
        Unit::Semester => ("", "M", 6),
        Unit::Year => ("", "Y", 1),
        Unit::Decade => ("", "Y", 10),
        Unit::Century => ("", "Y", 100),
        Unit::Millennium => ("", "Y", 1000),
    };
    let Some(hundredths) = amount else {
        return match unit {
            Unit::Decade => "PXDE".to_owned(),
            Unit::Century => "PXCE".to_owned(),
            Unit::Millennium => "PXML".to_owned(),
            _ => format!("P{time}X{code}"),
        };
    };
    let hundredths = u64::from(hundredths) * times;
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    if rest == 0 {
        return format!("P{time}{whole}{code}");
    }
    let half = match unit {
        Unit::Year => Some(("", "6M")),
        Unit::Day => Some(("T", "12H")),
        Unit::Hour => Some(("", "30M")),
        Unit::Minute => Some(("", "30S")),
        _ => None,
    };
    match half.filter(|_| rest == 50) {
        Some((t, half)) if whole == 0 => format!("P{time}{t}{half}"),
        Some((t, half)) => format!("P{time}{whole}{code}{t}{half}"),
        None if rest % 10 == 0 => format!("P{time}{whole}.{}{code}", rest / 10),
        None => format!("P{time}{whole}.{rest:02}{code}"),
    }
}

/// The name of a unit as the record's granularity.
pub(super) fn name(unit: Unit) -> &'static str {
    match unit {
        Unit::Second => "second",
        Unit::Minute => "minute",
        Unit::Hour => "hour",
        Unit::Day => "day",
        Unit::Week | Unit::Fortnight => "week",
        Unit::Month => "month",
        Unit::Quarter => "quarter",
        Unit::Semester => "half",
        Unit::Year => "year",
        Unit::Decade => "decade",
        Unit::Century => "century",
        Unit::Millennium => "millennium",
    }
}

/// The value of a unit of which nothing is known.
pub(super) fn open(unit: Unit) -> &'static str {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => "XXXX-XX-XX",
        Unit::Week | Unit::Fortnight => "XXXX-WXX",
        Unit::Month => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::Semester => "XXXX-HX",
        Unit::Year => "XXXX",
        Unit::Decade => "XXX",
        Unit::Century | Unit::Millennium => "XX",
    }
}

/// A value with a part of day behind it.
pub(super) fn with_part(value: &str, part: Option<&str>) -> String {
    part.map_or_else(|| value.to_owned(), |p| format!("{value}T{p}"))
}

/// A part of a day; `Err` holds the value of a day that is not known.
pub(super) fn part(day: Result<Date, String>, part: &str) -> Meaning {
    let mut meaning = Meaning {
        kind: TimeType::Time,
        value: String::new(),
        start: None,
        end: None,
        granularity: Some("daypart"),
        told: None,
    };
    let date = match day {
        Ok(date) => date,
        Err(value) => return Meaning { value: with_part(&value, Some(part)), ..meaning },
    };
    meaning.value = with_part(&date.to_string(), Some(part));
    meaning.told = Some(Period::Day(date));
    if let Some(&(_, from, to)) = parts().iter().find(|p| p.0 == part) {
        meaning.start = moment(date, from * 60, None);
        meaning.end = moment(date, to * 60, None);
    }
    meaning
}

/// A time of day; `Err` holds the value of a day that is not known.
pub(super) fn clock(day: Result<Date, String>, clock: Clock) -> Meaning {
    let minute = clock.minute.unwrap_or_default();
    let mut time = format!("T{:02}:{minute:02}", clock.hour);
    if let Some(second) = clock.second {
        time.push_str(&format!(":{second:02}"));
    }
    let mut meaning = Meaning {
        kind: TimeType::Time,
        value: String::new(),
        start: None,
        end: None,
        granularity: Some("minute"),
        told: None,
    };
    match day {
        Err(value) => meaning.value = value + &time,
        Ok(date) => {
            meaning.value = date.to_string() + &time;
            meaning.told = Some(Period::Day(date));
            let from = i32::from(clock.hour) * 60 + i32::from(minute);
            meaning.start = moment(date, from, clock.zone);
            meaning.end = moment(date, from + 1, clock.zone);
        }
    }
    meaning
}

/// So many minutes into the day, with its zone where it has one.
fn moment(date: Date, minutes: i32, zone: Option<i32>) -> Option<String> {
    let date = plus_days(date, minutes.div_euclid(1440))?;
    let minutes = minutes.rem_euclid(1440);
    let zone = zone.map_or_else(String::new, |z| {
        format!("{}{:02}:{:02}", if z < 0 { '-' } else { '+' }, z.abs() / 60, z.abs() % 60)
    });
    Some(format!("{date}T{:02}:{:02}{zone}", minutes / 60, minutes % 60))
}

/// Code, first hour, first hour behind.
fn parts() -> &'static [(&'static str, i32, i32)] {
    static TABLE: OnceLock<Vec<(&'static str, i32, i32)>> = OnceLock::new();
    TABLE.get_or_init(|| {
        rows(include_str!("../../data/times/parts.tsv"))
            .filter_map(|r| Some((r[0], r.get(1)?.parse().ok()?, r.get(2)?.parse().ok()?)))
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths() {
        for (amount, unit, value) in [
            (Some(300), Unit::Day, "P3D"),
            (Some(250), Unit::Year, "P2Y6M"),
            (Some(50), Unit::Hour, "PT30M"),
            (Some(50), Unit::Day, "PT12H"),
            (Some(200), Unit::Decade, "P20Y"),
            (Some(130), Unit::Month, "P1.3M"),
            (None, Unit::Week, "PXW"),
            (None, Unit::Hour, "PTXH"),
        ] {
            assert_eq!(duration(amount, unit), value);
        }
    }
}
