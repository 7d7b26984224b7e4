//! Ranges: two expressions that bound one interval, "between September 10 and 13", "from May to July".

use reportedly_record::{Article, Span, TimeType};

use super::ResolvedTime;

/// Two neighbouring times that bound an interval.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeRange {
    /// Index of the first time.
    pub first: usize,
    /// Index of the last time.
    pub last: usize,
    /// From the first time's first character to the last time's last.
    pub span: Span,
    /// First moment of the first time.
    pub start: Option<String>,
    /// First moment behind the last time.
    pub end: Option<String>,
}

/// The ranges among the times, in text order.
pub fn time_ranges(article: &Article, times: &[ResolvedTime]) -> Vec<TimeRange> {
    let mut out = Vec::new();
    for (first, pair) in times.windows(2).enumerate() {
        let [a, b] = pair else { continue };
        let dated = |t: &ResolvedTime| matches!(t.kind, TimeType::Date | TimeType::Time);
        if !dated(a) || !dated(b) || !joined(&article.text, (a.span, b.span), a.granularity == b.granularity) {
            continue;
        }
        let (start, end) = (a.start.clone(), b.end.clone());
        if start.is_some() && end.is_some() && start >= end {
            continue;
        }
        out.push(TimeRange { first, last: first + 1, span: a.span.join(b.span), start, end });
    }
    out
}

/// Whether the words between and before two expressions make them one range; `alike` says that both are days, both
/// months and so on, and is asked for where only "to" stands between: "a change from Friday to December's figures".
pub(super) fn joined(text: &str, (a, b): (Span, Span), alike: bool) -> bool {
    let Some(between) = text.get(a.end..b.start) else { return false };
    let words = between.trim().trim_start_matches(',').trim();
    let before = text
        .get(..a.start)
        .unwrap_or_default()
        .trim_end()
        .rsplit(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default();
    let is = |word: &str, other: &str| word.eq_ignore_ascii_case(other);
    match words {
        "-" | "–" | "—" | "‑" => alike,
        w if is(w, "to") => alike || is(before, "from"),
        w if is(w, "until") || is(w, "till") || is(w, "through") || is(w, "up to") => true,
        w if is(w, "and") => is(before, "between"),
        _ => false,
    }
}
