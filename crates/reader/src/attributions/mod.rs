//! On whose word: sources, cues and contents, nested, across sentences and paragraphs.
//!
//! The model proposes attributions with a cue in their sentence; syntax adds what it missed; quotations without
//! a cue find their speaker next door; content that runs on in quotation marks is followed to its end.

mod cues;
mod quotes;
mod settings;
mod sources;

use std::ops::Range;

use reportedly_record::{Analysis, Article, Manner, SourceKind, Span};

use crate::entities::Entities;
use crate::stance::Link;

pub use quotes::quotations;
pub use sources::{describe_source, is_document};

/// One attribution, before it gets its id.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundAttribution {
    /// Words that name the source.
    pub source: Option<Range<usize>>,
    /// The entity behind them.
    pub entity: Option<usize>,
    /// What sort of source.
    pub kind: SourceKind,
    /// Whether the source is named.
    pub named: bool,
    /// Words of the cue.
    pub cue: Option<Range<usize>>,
    /// What is attributed, in text order.
    pub content: Vec<Span>,
    /// Quoted or told.
    pub manner: Manner,
    /// The attribution whose content holds this one.
    pub within: Option<usize>,
    /// Whether it counts as a link in a claim's chain: thought and intention do not.
    pub link: Link,
    /// The stage that found it: `model`, `syntax.complement`, `syntax.according-to`, `quote`, …
    pub rule: &'static str,
}

impl FoundAttribution {
    /// Whether the content holds all of the span.
    pub fn holds(&self, span: Span) -> bool {
        self.content.iter().any(|c| c.contains(span))
    }

    fn size(&self) -> usize {
        self.content.iter().map(|c| c.end - c.start).sum()
    }
}

/// Every place where the text gives its source, in text order.
pub fn find_attributions(article: &Article, analysis: &Analysis, entities: &Entities) -> Vec<FoundAttribution> {
    let quotes = quotations(article);
    let mut found = cues::from_model(analysis);
    cues::from_syntax(analysis, entities, &quotes, &mut found);
    quotes::run_back(analysis, &quotes, &mut found);
    quotes::run_on(article, analysis, &quotes, &mut found);
    quotes::speakers_next_door(article, analysis, &quotes, &mut found);
    found.retain(|a| !a.content.is_empty());
    for attribution in &mut found {
        sources::resolve(analysis, entities, attribution);
        attribution.manner = quotes::manner(&article.text, &quotes, &attribution.content);
    }
    found.sort_by_key(|a| (a.content.first().map(|c| c.start), std::cmp::Reverse(a.size())));
    nest(analysis, &mut found);
    found
}

/// Points each attribution to the smallest one whose content holds its cue, or where it has none its content.
fn nest(analysis: &Analysis, found: &mut [FoundAttribution]) {
    for i in 0..found.len() {
        let anchor = match &found[i].cue {
            Some(cue) => analysis.span(cue.clone()),
            None => found[i].content[0],
        };
        let own = found[i].size();
        found[i].within = (0..found.len())
            .filter(|&j| j != i && found[j].holds(anchor) && (found[j].size(), j) > (own, i))
            .min_by_key(|&j| found[j].size());
    }
}
