//! Analysis → claims: who, when, where, what, on whose word, how sure. Symbolic: no tensors, no I/O.
//!
//! [`read`] is the order of the stages; each is a plain function over the article and its analysis.
//! Words and thresholds live in `data/`, each folder with its source and licence.

pub mod attributions;
pub mod claims;
pub mod entities;
pub mod knowledge;
pub mod lexicon;
pub mod ontology;
pub mod places;
pub mod stance;
pub mod syntax;
pub mod times;

use reportedly_record::{Analysis, Article, Attribution, AttributionSource, Document, Reading, ReadingSentence, Time};

use attributions::FoundAttribution;
use claims::ClaimContext;

/// The article's reading; spans count bytes.
pub fn read(article: &Article, analysis: &Analysis) -> Reading {
    let published = article.published.as_deref().and_then(|d| d.get(..10)).and_then(|d| d.parse().ok());
    let entities = entities::find_entities(article, analysis);
    let times = times::resolve_times(article, analysis, published);
    let ranges = times::time_ranges(article, &times);
    let attributions = attributions::find_attributions(article, analysis, &entities);
    let context = ClaimContext {
        article,
        analysis,
        entities: &entities,
        times: &times,
        ranges: &ranges,
        attributions: &attributions,
    };
    let claims = claims::find_claims(&context);
    Reading {
        document: document(article),
        sentences: analysis
            .sentences
            .iter()
            .map(|s| ReadingSentence { span: s.span, paragraph: s.paragraph })
            .collect(),
        times: times
            .iter()
            .enumerate()
            .map(|(i, t)| Time {
                id: format!("t{}", i + 1),
                span: t.span,
                kind: t.kind,
                value: t.value.clone(),
                start: t.start.clone(),
                end: t.end.clone(),
                granularity: t.granularity.clone(),
            })
            .collect(),
        attributions: attributions.iter().enumerate().map(|(i, a)| attribution(analysis, &entities, i, a)).collect(),
        entities: entities.rows.into_iter().map(|row| row.record).collect(),
        claims,
    }
}

fn document(article: &Article) -> Document {
    Document {
        id: article.id.clone(),
        title: article.title.clone(),
        publisher: article.publisher.clone(),
        byline: article.byline.clone(),
        dateline: article.dateline.clone(),
        url: article.url.clone(),
        language: article.language.clone(),
        published: article.published.clone(),
        published_from: article.published_from,
        text: article.text.clone(),
        paragraphs: article.paragraphs.clone(),
        notes: article.notes.clone(),
    }
}

fn attribution(
    analysis: &Analysis,
    entities: &entities::Entities,
    index: usize,
    found: &FoundAttribution,
) -> Attribution {
    Attribution {
        id: format!("a{}", index + 1),
        source: AttributionSource {
            entity: found.entity.map(|e| entities.rows[e].record.id.clone()),
            span: found.source.clone().map(|s| analysis.span(s)),
            kind: found.kind,
            named: found.named,
        },
        cue: found.cue.clone().map(|c| analysis.span(c)),
        content: found.content.clone(),
        manner: found.manner,
        within: found.within.map(|w| format!("a{}", w + 1)),
    }
}
