//! What ingest makes of bytes: one text, its paragraphs, and what is known of its publication.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Span;

/// One article as it was read: the text, and what the input says of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Article {
    /// The input's own id, or `sha256:` of the text.
    pub id: String,
    /// The text that was read; every span counts bytes of it.
    pub text: String,
    /// Paragraphs in text order; what lies outside them is white space.
    pub paragraphs: Vec<Paragraph>,
    /// The headline.
    pub title: Option<String>,
    /// The agency or outlet.
    pub publisher: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// The dateline's words, without the dash.
    pub dateline: Option<String>,
    /// The place name in the dateline, as printed.
    pub dateline_place: Option<Span>,
    /// Where the page was found.
    pub url: Option<String>,
    /// BCP 47 primary language tag.
    pub language: Option<String>,
    /// ISO date of publication.
    pub published: Option<String>,
    /// What the publication date was read from; `None` exactly where `published` is.
    pub published_from: Option<PublishedFrom>,
    /// What went wrong on the way and was lived with, for people.
    pub notes: Vec<String>,
}

/// A paragraph and what it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Paragraph {
    /// Its characters, without the surrounding white space.
    pub span: Span,
    /// What it is for.
    pub kind: ParagraphKind,
}

/// What a paragraph is for. Nothing is coded from [`ParagraphKind::Boilerplate`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ParagraphKind {
    /// The headline, or a heading inside the article.
    Title,
    /// A dateline standing alone.
    Dateline,
    /// Who wrote it, and where they work.
    Byline,
    /// The report itself.
    Body,
    /// What stands under a picture.
    Caption,
    /// Subscription pitches, links, comments, rights: the page's furniture.
    Boilerplate,
}

/// What the publication date was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PublishedFrom {
    /// The command line or the input row.
    Argument,
    /// The page's metadata.
    Metadata,
    /// The dateline.
    Dateline,
    /// A date line in the text.
    Text,
}
