//! Times (stub until the tagger lands).
use jiff::civil::Date;
use reportedly_record::{Analysis, Article, Span, TimeType};
/// A time.
#[derive(Debug, Clone, PartialEq)]
pub struct ResolvedTime {
    /// Span.
    pub span: Span,
    /// Kind.
    pub kind: TimeType,
    /// Value.
    pub value: String,
    /// Start.
    pub start: Option<String>,
    /// End.
    pub end: Option<String>,
    /// Granularity.
    pub granularity: Option<String>,
}
/// A range.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeRange {
    /// First.
    pub first: usize,
    /// Last.
    pub last: usize,
    /// Span.
    pub span: Span,
    /// Start.
    pub start: Option<String>,
    /// End.
    pub end: Option<String>,
}
/// Resolve.
pub fn resolve_times(_article: &Article, _analysis: &Analysis, _published: Option<Date>) -> Vec<ResolvedTime> { Vec::new() }
/// Ranges.
pub fn time_ranges(_article: &Article, _analysis: &Analysis, _times: &[ResolvedTime]) -> Vec<TimeRange> { Vec::new() }
