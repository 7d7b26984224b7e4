//! The words of time: `data/times/words.tsv` and the phrases of `refs.tsv` and `holidays.tsv`, loaded once.
//!
//! What a word can mean stands here; which meaning it has in its place is for [`super::grammar`].

use std::collections::HashMap;
use std::sync::OnceLock;

use super::atoms::pieces;
use super::holidays::{Holiday, holidays};

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Fortnight,
    Month,
    Quarter,
    Semester,
    Year,
    Decade,
    Century,
    Millennium,
}

/// How an expression lies to its anchor: the publication, or what the text spoke of last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relative {
    Last,
    Past,
    This,
    Current,
    Next,
    Coming,
    Latest,
    Recent,
    Previous,
    Following,
    Same,
    That,
    These,
    Those,
    Early,
    Within,
}

impl Relative {
    /// How many units from that of publication; `None` where the anchor is what the text told last.
    pub fn offset(self) -> Option<i32> {
        match self {
            Relative::Last | Relative::Past => Some(-1),
            Relative::This | Relative::Current => Some(0),
            Relative::Next | Relative::Coming => Some(1),
            _ => None,
        }
    }
}

/// Where an amount of time is counted from, and which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shift {
    /// Back from publication.
    Ago,
    /// Forward from publication.
    Hence,
    /// Back from what the text spoke of last.
    Earlier,
    /// Forward from what the text spoke of last.
    Later,
    /// "two days before": earlier where nothing follows that it could be before.
    Before,
    /// "two days after": later where nothing follows that it could be after.
    After,
}

/// One of the meanings of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    Month(i8),
    MonthShort(i8),
    Weekday(i8),
    WeekdayShort(i8),
    Weekdays(i8),
    Unit(Unit),
    Units(Unit),
    Number(u32),
    Scale(u32),
    Ordinal(u32),
    Vague,
    Season(Season),
    Part(&'static str),
    Parts(&'static str),
    Noon(i8),
    Relative(Relative),
    Shift(Shift),
    Day(i32),
    Tonight(i32),
    Every,
    Often(Unit),
    Approximate,
    Phase,
    Bound,
    Filler,
    /// A time zone: minutes ahead of UTC where the name is of one zone only.
    Zone(Option<i32>),
    Decade(i16),
    Determiner,
    /// A preposition or the like that a bare month, season or year stands behind.
    StandsBefore,
    /// A word that cannot be the noun of a number standing before it.
    StartsClause,
    /// A verb whose complement lies ahead: plan, expect, schedule.
    Prospective,
    /// A verb or adjective that puts its time ahead even when told in the past: schedule, postpone, effective.
    Scheduled,
    /// What "a year" behind it makes a rate: dollars, percent, twice.
    Priced,
    /// A present verb that reports what has been said.
    Speaks,
    /// "weekend".
    Weekend,
    /// "weekends", "weekdays".
    Weekends,
    /// A word that may begin an expression and has no other part in one.
    Opens,
    /// A noun that a year or a count of time modifies and that is no reason to doubt it.
    Period,
    /// The first word of a phrase of `refs.tsv` or `holidays.tsv`.
    Starts,
}

/// A season by its TIMEX3 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// What a phrase names.
#[derive(Debug, Clone, Copy)]
pub(super) enum Named {
    Reference(&'static str),
    Holiday(&'static Holiday),
}

/// A phrase of several words, in lower case, marks apart.
pub(super) struct Phrase {
    pub words: Vec<&'static str>,
    pub named: Named,
}

/// The tables.
pub(super) struct Lexicon {
    words: HashMap<&'static str, Vec<Sense>>,
    phrases: HashMap<&'static str, Vec<Phrase>>,
}

/// The longest word of the table, in bytes.
const LONGEST: usize = 16;

impl Lexicon {
    /// The built-in tables.
    pub fn built_in() -> &'static Lexicon {
        static TABLES: OnceLock<Lexicon> = OnceLock::new();
        TABLES.get_or_init(|| {
            Lexicon::read(include_str!("../../data/times/words.tsv"), include_str!("../../data/times/refs.tsv"))
        })
    }

    fn read(words: &'static str, refs: &'static str) -> Lexicon {
        let mut tables = Lexicon { words: HashMap::new(), phrases: HashMap::new() };
        for row in rows(words) {
            if let Some(sense) = sense(row[1], row.get(2).copied().unwrap_or_default()) {
                tables.words.entry(row[0]).or_default().push(sense);
            }
        }
        for row in rows(refs) {
            tables.phrase(row[0], Named::Reference(row[1]));
        }
        for holiday in holidays() {
            tables.phrase(holiday.name, Named::Holiday(holiday));
        }
        tables
    }

    fn phrase(&mut self, text: &'static str, named: Named) {
        let words: Vec<&'static str> = pieces(text).map(|(span, _)| span.of(text)).collect();
        if let Some(&first) = words.first() {
            let senses = self.words.entry(first).or_default();
            if !senses.contains(&Sense::Starts) {
                senses.push(Sense::Starts);
            }
            let of_first = self.phrases.entry(first).or_default();
            of_first.push(Phrase { words, named });
            of_first.sort_by_key(|p| std::cmp::Reverse(p.words.len()));
        }
    }

    /// What the word can mean; nothing for words that have no part in expressions of time.
    pub fn senses(&self, word: &str) -> &[Sense] {
        let mut buffer = [0u8; LONGEST];
        self.words.get(lower(word, &mut buffer)).map_or(&[], Vec::as_slice)
    }

    /// The phrases that begin with the word, longest first.
    pub fn phrases(&self, word: &str) -> &[Phrase] {
        let mut buffer = [0u8; LONGEST];
        self.phrases.get(lower(word, &mut buffer)).map_or(&[], Vec::as_slice)
    }
}

/// The word in lower case; empty for what no table holds.
fn lower<'b>(word: &str, buffer: &'b mut [u8; LONGEST]) -> &'b str {
    let Some(target) = buffer.get_mut(..word.len()) else { return "" };
    target.copy_from_slice(word.as_bytes());
    target.make_ascii_lowercase();
    std::str::from_utf8(target).unwrap_or_default()
}

/// The rows of a table: tab-separated, `#` for comments.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|l| !l.starts_with('#') && l.contains('\t')).map(|l| l.split('\t').collect())
}

fn sense(name: &str, value: &'static str) -> Option<Sense> {
    let number = || value.parse::<u32>().ok();
    let small = || value.parse::<i8>().ok();
    Some(match name {
        "month" => Sense::Month(small()?),
        "month_short" => Sense::MonthShort(small()?),
        "weekday" => Sense::Weekday(small()?),
        "weekday_short" => Sense::WeekdayShort(small()?),
        "weekdays" => Sense::Weekdays(small()?),
        "unit" => Sense::Unit(unit(value)?),
        "units" => Sense::Units(unit(value)?),
        "number" => Sense::Number(number()?),
        "scale" => Sense::Scale(number()?),
        "ordinal" => Sense::Ordinal(number()?),
        "vague" => Sense::Vague,
        "season" => Sense::Season(match value {
            "spring" => Season::Spring,
            "summer" => Season::Summer,
            "autumn" => Season::Autumn,
            "winter" => Season::Winter,
            _ => return None,
        }),
        "part" => Sense::Part(value),
        "parts" => Sense::Parts(value),
        "noon" => Sense::Noon(small()?),
        "relative" => Sense::Relative(relative(value)?),
        "shift" => Sense::Shift(shift(value)?),
        "day" => Sense::Day(value.parse().ok()?),
        "tonight" => Sense::Tonight(value.parse().ok()?),
        "every" => Sense::Every,
        "often" => Sense::Often(unit(value)?),
        "approximate" => Sense::Approximate,
        "phase" => Sense::Phase,
        "bound" => Sense::Bound,
        "filler" => Sense::Filler,
        "zone" => Sense::Zone(value.parse().ok()),
        "decade" => Sense::Decade(value.parse().ok()?),
        "determiner" => Sense::Determiner,
        "stands_before" => Sense::StandsBefore,
        "starts_clause" => Sense::StartsClause,
        "prospective" => Sense::Prospective,
        "scheduled" => Sense::Scheduled,
        "priced" => Sense::Priced,
        "speaks" => Sense::Speaks,
        "weekend" => Sense::Weekend,
        "weekends" => Sense::Weekends,
        "period" => Sense::Period,
        "opens" => Sense::Opens,
        _ => return None,
    })
}

fn unit(value: &str) -> Option<Unit> {
    Some(match value {
        "second" => Unit::Second,
        "minute" => Unit::Minute,
        "hour" => Unit::Hour,
        "day" => Unit::Day,
        "week" => Unit::Week,
        "fortnight" => Unit::Fortnight,
        "month" => Unit::Month,
        "quarter" => Unit::Quarter,
        "semester" => Unit::Semester,
        "year" => Unit::Year,
        "decade" => Unit::Decade,
        "century" => Unit::Century,
        "millennium" => Unit::Millennium,
        _ => return None,
    })
}

fn relative(value: &str) -> Option<Relative> {
    Some(match value {
        "last" => Relative::Last,
        "past" => Relative::Past,
        "this" => Relative::This,
        "current" => Relative::Current,
        "next" => Relative::Next,
        "coming" => Relative::Coming,
        "latest" => Relative::Latest,
        "recent" => Relative::Recent,
        "previous" => Relative::Previous,
        "following" => Relative::Following,
        "same" => Relative::Same,
        "that" => Relative::That,
        "these" => Relative::These,
        "those" => Relative::Those,
        "early" => Relative::Early,
        "within" => Relative::Within,
        _ => return None,
    })
}

fn shift(value: &str) -> Option<Shift> {
    Some(match value {
        "ago" => Shift::Ago,
        "hence" => Shift::Hence,
        "earlier" => Shift::Earlier,
        "later" => Shift::Later,
        "before" => Shift::Before,
        "after" => Shift::After,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_understood() {
        for row in rows(include_str!("../../data/times/words.tsv")) {
            assert!(sense(row[1], row.get(2).copied().unwrap_or_default()).is_some(), "{row:?}");
            assert!(row[0].len() <= LONGEST && row[0] == row[0].to_lowercase(), "{row:?}");
        }
    }
}
