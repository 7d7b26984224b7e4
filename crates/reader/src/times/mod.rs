//! Times: every TIMEX3 expression of an article, its value and its half-open interval.
//!
//! [`resolve_times`] is the order of the work. The words are data (`data/times`, loaded by [`lexicon`]); [`atoms`] cuts
//! the text finer than words; [`grammar`] says which atoms make an expression and what it says ([`said`]); [`tense`]
//! says which way its clause looks; [`resolve`] anchors it in the [`calendar`]; [`ranges`] joins two that bound one
//! interval. Which time belongs to which event is not decided here but in `claims`.

mod atoms;
mod calendar;
mod grammar;
mod holidays;
mod lexicon;
mod ranges;
mod resolve;
mod said;
mod tense;
#[cfg(test)]
mod tests;
mod values;

use jiff::civil::Date;
use reportedly_record::{Analysis, Article, NameKind, Span, TimeType};

use self::calendar::{Period, plus_days};
use self::grammar::{Grammar, Mention};
use self::lexicon::{Shift, Unit};
use self::resolve::{Anchors, Meaning};
use self::said::{Said, When, Year};
use self::tense::{Direction, direction};

pub use ranges::{TimeRange, time_ranges};

/// An expression of time, anchored.
#[derive(Debug, Clone, PartialEq)]
pub struct ResolvedTime {
    /// Its characters.
    pub span: Span,
    /// TIMEX3 type.
    pub kind: TimeType,
    /// TIMEX3 value; `X` for what is not known.
    pub value: String,
    /// First moment of the interval, ISO 8601; `None` where the expression names none.
    pub start: Option<String>,
    /// First moment behind the interval.
    pub end: Option<String>,
    /// The length of what it names: `day`, `week`, `quarter`, …
    pub granularity: Option<String>,
    /// The construction it was read by.
    pub rule: &'static str,
}

/// All expressions of time in text order, not overlapping; `published` anchors the relative ones.
pub fn resolve_times(article: &Article, analysis: &Analysis, published: Option<Date>) -> Vec<ResolvedTime> {
    let grammar = Grammar::new(&article.text, analysis);
    let mut mentions = grammar.mentions();
    let mut names = NamesAhead { analysis, next: 0 };
    mentions.retain(|m| !names.hold(grammar.span(m.start, m.end), m.said));
    share_years(&grammar, &mut mentions);
    let published = published.filter(|d| d.year() > 0);
    let mut anchors = Anchors { published, ..Anchors::default() };
    let mut out: Vec<ResolvedTime> = Vec::with_capacity(mentions.len());
    let mut last: Option<Period> = None;
    for mention in mentions {
        let span = grammar.span(mention.start, mention.end);
        let looks = if needs_direction(mention.said) { direction(analysis, span) } else { Direction::Unknown };
        let said = ahead(&grammar, &mention, looks);
        let mut meaning = anchors.resolve(said, looks);
        if let (Some(from), Some(told), Some(before)) = (last, meaning.told, out.last())
            && told.start() < from.start()
            && ranges::joined(&article.text, (before.span, span), before.granularity.as_deref() == meaning.granularity)
            && let Some(later) = after(said, told, from)
        {
            meaning = Meaning::of(later);
        }
        last = meaning.told;
        if let Some(told) = meaning.told.filter(|p| !matches!(p, Period::Decade(_) | Period::Century(_))) {
            anchors.told = Some(told);
            if matches!(told, Period::Quarter(..)) {
                anchors.quarter = Some(told);
            }
        }
        out.push(ResolvedTime {
            span,
            kind: meaning.kind,
            value: meaning.value,
            start: meaning.start,
            end: meaning.end,
            granularity: meaning.granularity.map(str::to_owned),
            rule: mention.rule,
        });
    }
    out
}

/// Whether the expression lies on either side of publication until its clause tells.
fn needs_direction(said: Said) -> bool {
    let open = |when: When| match when {
        When::Date { year, .. } | When::WeekOf { year, .. } | When::Quarter { year, .. } | When::Half { year, .. } => {
            year == Year::Open
        }
        When::Month { year, relative, .. }
        | When::Season { year, relative, .. }
        | When::Holiday { year, relative, .. } => year == Year::Open && relative.is_none(),
        When::Weekday { relative, week, .. } => relative.is_none() && week.is_none(),
        When::Weekend(relative) => relative.is_none(),
        _ => false,
    };
    matches!(said, Said::Duration { window: None, .. }) || said.when().is_some_and(open)
}

/// "will meet in three weeks" names a date; "killed 40 people in three weeks" a length.
fn ahead(grammar: &Grammar, mention: &Mention, looks: Direction) -> Said {
    if let Said::Duration { amount: Some(amount), unit, window: None } = mention.said
        && unit >= Unit::Day
        && looks == Direction::Future
        && grammar.behind_in(mention.start)
    {
        return Said::When(When::Shift { amount: Some(amount), unit, shift: Shift::Hence });
    }
    mention.said
}

/// "from May to July 1998": the year of the second is that of the first, or one more.
fn share_years(grammar: &Grammar, mentions: &mut [Mention]) {
    for i in 1..mentions.len() {
        let (a, b) = (mentions[i - 1], mentions[i]);
        let (Said::When(first), Said::When(second)) = (a.said, b.said) else { continue };
        let month_of = |when: When| match when {
            When::Date { year, month, .. } | When::Month { year, month, relative: None } => Some((year, month)),
            _ => None,
        };
        let (Some((Year::Open, from)), Some((given, to))) = (month_of(first), month_of(second)) else { continue };
        if given == Year::Open
            || !ranges::joined(grammar.text, (grammar.span(a.start, a.end), grammar.span(b.start, b.end)), true)
        {
            continue;
        }
        let shared = match given {
            Year::Known(y) if from > to => Year::Known(y - 1),
            Year::Relative(n) if from > to => Year::Relative(n - 1),
            year => year,
        };
        mentions[i - 1].said = Said::When(match first {
            When::Date { month, day, .. } => When::Date { year: shared, month, day },
            When::Month { month, .. } => When::Month { year: shared, month, relative: None },
            other => other,
        });
    }
}

/// The end of a range does not lie before its beginning: the next such day, month or season after it.
fn after(said: Said, told: Period, from: Period) -> Option<Period> {
    match (said.when()?, told) {
        (When::Weekday { relative: None, .. }, Period::Day(date)) => {
            let later = plus_days(date, 7)?;
            (later > from.start()?).then_some(Period::Day(later))
        }
        (
            When::Date { year: Year::Open, .. }
            | When::Month { year: Year::Open, .. }
            | When::Season { year: Year::Open, .. }
            | When::Quarter { year: Year::Open, .. },
            _,
        ) => told.plus_years(1),
        _ => None,
    }
}

/// The names, swept along with the mentions.
struct NamesAhead<'a> {
    analysis: &'a Analysis,
    next: usize,
}

impl NamesAhead<'_> {
    /// Whether the expression is part of a name: "Theresa May", "the Sunday Times", "Black September".
    fn hold(&mut self, span: Span, said: Said) -> bool {
        let tokens = &self.analysis.tokens;
        let end_of = |range: &std::ops::Range<usize>| {
            range.end.checked_sub(1).and_then(|t| tokens.get(t)).map_or(0, |t| t.span.end)
        };
        while let Some(name) = self.analysis.names.get(self.next) {
            if end_of(&name.tokens) > span.start {
                break;
            }
            self.next += 1;
        }
        let Some(name) = self.analysis.names.get(self.next) else { return false };
        let Some(start) = tokens.get(name.tokens.start).map(|t| t.span.start) else { return false };
        let held = Span::new(start, end_of(&name.tokens).max(start));
        if !held.overlaps(span) {
            return false;
        }
        let part = held.contains(span) && held != span;
        match said {
            // "Mr. May" and "Summer" are people; a weekday that is a whole name is none.
            Said::When(When::Month { .. } | When::Season { .. }) if name.kind == NameKind::Person => {
                held.contains(span)
            }
            Said::When(When::Date { .. }) | Said::Clock(..) => part && name.kind == NameKind::Person,
            Said::When(When::Year(_) | When::Decade(_)) => part && name.kind != NameKind::Event,
            // "World Court Friday": the tagger took the day along; "the Sunday Times" has it inside.
            Said::When(When::Weekday { .. }) if name.kind != NameKind::Event => part && held.end > span.end,
            _ => part,
        }
    }
}
