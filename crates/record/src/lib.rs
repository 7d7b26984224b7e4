//! The nouns of Reportedly, and the one shape in which they are written down.
//!
//! [`Article`] is what ingest makes of bytes, [`Analysis`] what the language model makes of an article,
//! [`Reading`] what the reader makes of both: the record that `CLAIM.md` defines. Nothing here reads,
//! parses or decides; the crates that do are `ingest`, `language` and `reader`.
//!
//! Spans count bytes everywhere inside the program. They become code points in one place,
//! [`Reading::in_code_points`], on the way out.

pub mod analysis;
pub mod article;
pub mod claim;
pub mod entity;
pub mod reading;
pub mod span;

pub use analysis::{Analysis, EventCue, Name, NameKind, Quote, Sentence, SourceCue, Token, TypeChance};
pub use article::{Article, Paragraph, ParagraphKind, PublishedFrom};
pub use claim::{
    Attribution, AttributionSource, Certainty, Claim, ClaimPlace, ClaimTime, Event, EventType, Manner, Participant,
    Polarity, Quantity, QuantityKind, Role, SourceKind, Status,
};
pub use entity::{Entity, EntityKind, Mention, MentionForm, Time, TimeType};
pub use reading::{Document, Reading, ReadingSentence};
pub use span::{CodePoints, Span};
