//! Places (stub until the gazetteer lands).
use reportedly_record::Span;
/// A resolved place.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Name.
    pub name: String,
    /// Id.
    pub geonames: Option<u32>,
    /// North.
    pub latitude: f64,
    /// East.
    pub longitude: f64,
    /// ISO3.
    pub country: Option<String>,
}
/// A mention.
#[derive(Debug, Clone)]
pub struct PlaceMention<'a> {
    /// Words.
    pub text: &'a str,
    /// Where.
    pub span: Span,
    /// Container.
    pub following: Option<&'a str>,
}
/// Resolves.
pub fn resolve_places(mentions: &[PlaceMention], _countries: &[&str], _dateline: Option<&str>) -> Vec<Option<Place>> {
    vec![None; mentions.len()]
}
