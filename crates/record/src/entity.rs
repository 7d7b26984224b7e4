//! Entities and times as a reading lists them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Span;

/// One real-world entity in the document, all its mentions together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Entity {
    /// `e1`, `e2`, …: unique in the document.
    pub id: String,
    /// Its fullest name in the text, or the canonical name where it is known.
    pub name: String,
    /// What sort of thing it is.
    pub kind: EntityKind,
    /// For things: the class, e.g. `artillery`, `missile.ballistic`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// ISO 3166-1 alpha-3 code of the state it belongs to.
    pub country: Option<String>,
    /// PLOVER sector code: `GOV`, `MIL`, `SPY`, …
    pub sector: Option<String>,
    /// Country and sector as coders write them, e.g. `PRKGOV`.
    pub code: Option<String>,
    /// The office held on the publication date, e.g. `president of Russia`.
    pub office: Option<String>,
    /// Wikidata item, e.g. `Q7747`.
    pub wikidata: Option<String>,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// WGS 84 degrees north, of a place or country.
    pub latitude: Option<f64>,
    /// WGS 84 degrees east, of a place or country.
    pub longitude: Option<f64>,
    /// GeoNames feature code of a place or country: `PPL`, `ADM1`, `PCLI`, `STRT`, …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feature: Option<String>,
    /// UCDP's precision of an event that is located by this name alone: 1 exact place, 2 near it, 3 second-level
    /// division, 4 first-level division, 5 line or vague region, 6 country, 7 international waters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub where_prec: Option<u8>,
    /// Where the text speaks of it, in text order.
    pub mentions: Vec<Mention>,
}

/// What sort of thing an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum EntityKind {
    /// A human being.
    Person,
    /// People taken together: a nationality, a crowd, rebels, officials.
    Group,
    /// A body with members or offices.
    Organization,
    /// A state or territory with an ISO 3166 code.
    Country,
    /// Any other place.
    Place,
    /// Weapons, vehicles, goods.
    Thing,
}

/// One place in the text that speaks of an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Mention {
    /// Its characters.
    #[serde(flatten)]
    pub span: Span,
    /// How the text speaks of it.
    pub form: MentionForm,
}

/// How the text speaks of an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum MentionForm {
    /// "Putin", "South Korean".
    Name,
    /// "the Russian president".
    Nominal,
    /// "he".
    Pronoun,
}

/// An expression of time, dated or not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Time {
    /// `t1`, `t2`, …: unique in the document.
    pub id: String,
    /// Its characters.
    pub span: Span,
    /// TimeML's TIMEX3 type.
    #[serde(rename = "type")]
    pub kind: TimeType,
    /// TimeML's TIMEX3 value: `2023-W35`, `PT2H`, `PRESENT_REF`.
    pub value: String,
    /// First moment of the interval, ISO 8601.
    pub start: Option<String>,
    /// First moment behind the interval, ISO 8601.
    pub end: Option<String>,
    /// `minute`, `hour`, `day`, `week`, `month`, `quarter`, `year`, …
    pub granularity: Option<String>,
}

/// TIMEX3 types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimeType {
    /// A calendar time of a day or longer.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A recurring time.
    Set,
}
