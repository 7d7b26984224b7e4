//! The reading: everything the program writes down of one article, in the shape of `CLAIM.md`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::article::{Paragraph, PublishedFrom};
use crate::claim::{Attribution, Claim};
use crate::entity::{Entity, Time};
use crate::span::{CodePoints, Span};

/// One article's reading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reading {
    /// The article itself.
    pub document: Document,
    /// Its sentences in text order.
    pub sentences: Vec<ReadingSentence>,
    /// One row per real-world entity.
    pub entities: Vec<Entity>,
    /// Every expression of time.
    pub times: Vec<Time>,
    /// Every place where the text gives its source.
    pub attributions: Vec<Attribution>,
    /// The claims in text order.
    pub claims: Vec<Claim>,
}

/// What is known of the article as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Document {
    /// The input's own id, or `sha256:` of `text`.
    pub id: String,
    /// The headline.
    pub title: Option<String>,
    /// The agency or outlet.
    pub publisher: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// The dateline's words.
    pub dateline: Option<String>,
    /// Where the page was found.
    pub url: Option<String>,
    /// BCP 47 primary language tag.
    pub language: Option<String>,
    /// ISO date of publication; relative times are anchored on it.
    pub published: Option<String>,
    /// What the date was read from; null exactly where `published` is.
    pub published_from: Option<PublishedFrom>,
    /// The text that was read; every span counts its characters.
    pub text: String,
    /// Paragraphs in text order.
    pub paragraphs: Vec<Paragraph>,
    /// What went wrong on the way and was lived with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// A sentence of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReadingSentence {
    /// Its characters.
    pub span: Span,
    /// Index into `document.paragraphs`.
    pub paragraph: usize,
}

impl Reading {
    /// The same reading with every span counted in Unicode code points: the last step before serialisation,
    /// and the only place where bytes become characters.
    pub fn in_code_points(mut self) -> Reading {
        let text = std::mem::take(&mut self.document.text);
        let map = CodePoints::of(&text);
        self.each_span(&mut |span| *span = map.span(&text, *span));
        self.document.text = text;
        self
    }

    /// Calls `visit` on every span of the reading.
    pub fn each_span(&mut self, visit: &mut dyn FnMut(&mut Span)) {
        self.document.paragraphs.iter_mut().for_each(|p| visit(&mut p.span));
        self.sentences.iter_mut().for_each(|s| visit(&mut s.span));
        self.entities.iter_mut().flat_map(|e| &mut e.mentions).for_each(|m| visit(&mut m.span));
        self.times.iter_mut().for_each(|t| visit(&mut t.span));
        for attribution in &mut self.attributions {
            attribution.source.span.iter_mut().for_each(&mut *visit);
            attribution.cue.iter_mut().for_each(&mut *visit);
            attribution.content.iter_mut().for_each(&mut *visit);
        }
        for claim in &mut self.claims {
            visit(&mut claim.trigger);
            visit(&mut claim.sentence);
            claim.participants.iter_mut().for_each(|p| visit(&mut p.span));
            claim.quantities.iter_mut().for_each(|q| visit(&mut q.span));
            claim.places.iter_mut().for_each(|p| visit(&mut p.span));
            claim.hedges.iter_mut().for_each(&mut *visit);
        }
    }

    /// The JSON Schema of a reading, generated from these types; `docs/reading.schema.json` is its committed copy.
    pub fn schema() -> serde_json::Value {
        schemars::schema_for!(Reading).to_value()
    }
}
