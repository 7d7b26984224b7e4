//! Dates as mastheads and datelines print them, and no others: dates in the report itself are the reader's.

use jiff::civil::Date;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The ISO date at the front of an ISO or RFC 3339 timestamp, or of a printed date with a year.
pub fn parse(text: &str) -> Option<String> {
    let text = text.trim();
    if let Some(date) = text.get(..10).and_then(|d| d.parse::<Date>().ok()) {
        return Some(date.to_string());
    }
    let words: Vec<&str> = text.split([' ', ',', '.', '\u{a0}', '|', '•']).filter(|w| !w.is_empty()).collect();
    for window in words.windows(3) {
        let number = |w: &str| w.trim_end_matches(|c: char| c.is_alphabetic()).parse::<i16>().ok();
        let ordered = match (month(window[0]), month(window[1])) {
            (Some(m), _) => number(window[1]).zip(number(window[2])).map(|(d, y)| (y, m, d)),
            (_, Some(m)) => number(window[0]).zip(number(window[2])).map(|(d, y)| (y, m, d)),
            _ => None,
        };
        if let Some((y, m, d)) = ordered
            && (1900..2200).contains(&y)
            && let Ok(date) = Date::new(y, m, i8::try_from(d).ok()?)
        {
            return Some(date.to_string());
        }
    }
    None
}

/// The month (1 to 12) that the word names, in full or shortened.
pub fn month(word: &str) -> Option<i8> {
    let lower = word.trim_end_matches('.').to_lowercase();
    let full = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let at = full
        .iter()
        .position(|m| *m == lower)
        .or_else(|| MONTHS.iter().position(|m| *m == lower || (*m == "sep" && lower == "sept")))?;
    i8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn printed_dates() {
        for (text, want) in [
            ("2023-09-05T10:00:00Z", Some("2023-09-05")),
            ("5 September 2023", Some("2023-09-05")),
            ("Published: Sept. 5, 2023 at 10:14 am", Some("2023-09-05")),
            ("Tue 5th Sep 2023", Some("2023-09-05")),
            ("September", None),
            ("31 February 2020", None),
        ] {
            assert_eq!(parse(text).as_deref(), want, "{text}");
        }
    }
}
