//! Claims and the attributions they rest on: the rows of `CLAIM.md`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Span;

/// A place where the text gives its source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Attribution {
    /// `a1`, `a2`, …: unique in the document.
    pub id: String,
    /// On whose word.
    pub source: AttributionSource,
    /// "said", "according to", "warned".
    pub cue: Option<Span>,
    /// What is attributed; more than one span where the cue interrupts it.
    pub content: Vec<Span>,
    /// Quoted or told.
    pub manner: Manner,
    /// The attribution whose content holds this one.
    pub within: Option<String>,
}

/// On whose word something is reported.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AttributionSource {
    /// The entity, where the source is one.
    pub entity: Option<String>,
    /// The words that name it; null for "reportedly", "it is believed".
    pub span: Option<Span>,
    /// What sort of source it is.
    pub kind: SourceKind,
    /// False for "a senior official", "sources", "analysts".
    pub named: bool,
}

/// Sorts of source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    /// A person who speaks for nobody's office.
    Person,
    /// Somebody who holds an office, or speaks for one.
    Official,
    /// A state or government as a whole.
    Government,
    /// Any other body.
    Organization,
    /// An intelligence service or its people.
    Intelligence,
    /// A news outlet.
    Media,
    /// A report, statement, letter, law.
    Document,
    /// Somebody who saw it.
    Witness,
    /// "reportedly", "it is believed", "sources".
    Unspecified,
}

/// How the content is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Manner {
    /// In quotation marks.
    Direct,
    /// In the reporter's words.
    Indirect,
    /// Both.
    Mixed,
}

/// One event that the text puts forward.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Claim {
    /// `c1`, `c2`, … in text order.
    pub id: String,
    /// The word or words that name the event.
    pub trigger: Span,
    /// The sentence that holds it.
    pub sentence: Span,
    /// What the event is; null for a standing fact or an event outside PLOVER.
    pub event: Option<Event>,
    /// Who takes part; a list has one row per member.
    pub participants: Vec<Participant>,
    /// When it takes place; null where the text does not date it.
    pub time: Option<ClaimTime>,
    /// Counted people, money and things.
    pub quantities: Vec<Quantity>,
    /// Where it takes place.
    pub places: Vec<ClaimPlace>,
    /// Where the event stands at publication.
    pub status: Status,
    /// Whether the claim is that it happens, or that it does not.
    pub polarity: Polarity,
    /// The commitment of the innermost source.
    pub certainty: Certainty,
    /// `[low, high]` on the ICD 203 scale where words of estimative probability are used.
    pub probability: Option<[f64; 2]>,
    /// The words that weaken it.
    pub hedges: Vec<Span>,
    /// Ids of attributions, outermost first; empty means the publisher's own voice.
    pub attribution: Vec<String>,
    /// The speech-act claim that carries this one.
    pub within: Option<String>,
    /// The lexicon entry or model head that coded it.
    pub rule: String,
    /// The program's own confidence that the row is right, 0 to 1.
    pub confidence: f64,
}

/// What the event is in PLOVER's terms.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// One of PLOVER's sixteen types.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// The manual's mode for the type, where one fits.
    pub mode: Option<String>,
    /// CAMEO code that respects status and polarity.
    pub cameo: Option<String>,
    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub quad: u8,
    /// The manual's conflict–cooperation score, −10 to 10.
    pub scale: f64,
    /// PLOVER context names.
    pub contexts: Vec<String>,
}

/// PLOVER's event types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs, reason = "the names are PLOVER's own; reader/data/ontology explains each")]
pub enum EventType {
    Agree,
    Consult,
    Support,
    Concede,
    Cooperate,
    Aid,
    Retreat,
    Request,
    Accuse,
    Reject,
    Threaten,
    Protest,
    Sanction,
    Mobilize,
    Coerce,
    Assault,
}

/// Somebody or something that takes part in the event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Participant {
    /// What it does there.
    pub role: Role,
    /// The entity; null where the participant is none.
    pub entity: Option<String>,
    /// The words that name it in the sentence.
    pub span: Span,
}

/// What a participant does in the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Who initiates.
    Actor,
    /// To whom it is directed.
    Recipient,
    /// What is given, built, discussed …
    Object,
    /// By what means.
    Instrument,
}

/// When the event takes place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ClaimTime {
    /// The id in `times`; null where the interval was carried over without an expression.
    pub time: Option<String>,
    /// First moment, ISO 8601; null where the bound is not stated.
    pub start: Option<String>,
    /// First moment behind it, ISO 8601; null where the bound is not stated.
    pub end: Option<String>,
    /// `minute`, `hour`, `day`, `week`, `month`, `quarter`, `year`, …
    pub granularity: Option<String>,
}

/// Where the event takes place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ClaimPlace {
    /// The place among the entities.
    pub entity: Option<String>,
    /// The words that name it.
    pub span: Span,
}

/// Something counted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Quantity {
    /// What is counted.
    pub kind: QuantityKind,
    /// At least so many; null for "up to".
    pub low: Option<f64>,
    /// At most so many; null for "at least".
    pub high: Option<f64>,
    /// ISO 4217 code, for money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// The words that say so.
    pub span: Span,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "each name is its own meaning")]
pub enum QuantityKind {
    Dead,
    Injured,
    Arrested,
    Displaced,
    Participants,
    Troops,
    Money,
    Items,
}

/// Where the event stands at publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Over, or begun and done.
    Occurred,
    /// Going on or in force.
    Ongoing,
    /// Intended, promised, agreed or scheduled by one of its participants.
    Planned,
    /// Forecast by somebody.
    Expected,
    /// A possibility, no more.
    Possible,
    /// Asked, urged or demanded.
    Requested,
    /// Held out as a threat by its actor.
    Threatened,
    /// Depending on a stated condition.
    Conditional,
    /// Counterfactual, supposed, or asked about.
    Unreal,
}

/// Whether the claim is that the event happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// It does, did or will happen.
    Positive,
    /// It does not, did not or will not.
    Negative,
}

/// The commitment of the innermost source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// Put forward as fact.
    Certain,
    /// "likely", "expected", "is believed".
    Probable,
    /// "may", "could", "possible".
    Possible,
    /// The source does not commit itself.
    Unspecified,
}
