//! PLOVER's ontology: types, modes, contexts, quad classes, scores, and the CAMEO code that respects status.
//!
//! Data and sources in `data/ontology/`.

use std::collections::HashMap;
use std::sync::OnceLock;

use reportedly_record::{Event, EventType, Polarity, Status};

/// PLOVER's tables.
pub struct Ontology {
    types: HashMap<&'static str, (u8, f64, &'static str)>,
    modes: HashMap<(&'static str, &'static str), (Option<f64>, &'static str)>,
    contexts: Vec<(&'static str, Vec<&'static str>)>,
    status: HashMap<(&'static str, &'static str, &'static str), &'static str>,
}

impl Ontology {
    /// The tables built into the program.
    pub fn built_in() -> &'static Ontology {
        static TABLES: OnceLock<Ontology> = OnceLock::new();
        TABLES.get_or_init(Ontology::load)
    }

    fn load() -> Ontology {
        let types = rows(include_str!("../../data/ontology/types.tsv"))
            .filter_map(|r| Some((*r.first()?, (r.get(1)?.parse().ok()?, r.get(2)?.parse().ok()?, *r.get(3)?))))
            .collect();
        let modes = rows(include_str!("../../data/ontology/modes.tsv"))
            .filter_map(|r| Some(((*r.first()?, *r.get(1)?), (r.get(2)?.parse().ok(), *r.get(3)?))))
            .collect();
        let contexts = rows(include_str!("../../data/ontology/contexts.tsv"))
            .filter_map(|r| Some((*r.first()?, r.get(2)?.split('|').filter(|w| !w.is_empty()).collect())))
            .collect();
        let status = rows(include_str!("../../data/ontology/status.tsv"))
            .filter_map(|r| Some(((*r.first()?, *r.get(1)?, *r.get(2)?), *r.get(3)?)))
            .filter(|(_, code)| !code.is_empty())
            .collect();
        Ontology { types, modes, contexts, status }
    }

    /// The event of a claim; `evoked` are the contexts that the entry and the sentence's words suggest.
    pub fn event(
        &self,
        kind: EventType,
        mode: Option<&str>,
        status: Status,
        polarity: Polarity,
        evoked: Vec<String>,
    ) -> Event {
        let name = type_name(kind);
        let (quad, type_scale, type_cameo) = self.types.get(name).copied().unwrap_or((1, 0.0, ""));
        let known = mode.and_then(|m| self.modes.get_key_value(&(name, m)));
        let mode_row = known.map(|(_, row)| *row);
        let plain = mode_row.map(|(_, code)| code).filter(|c| !c.is_empty()).unwrap_or(type_cameo);
        let by_status = self.status.get(&(name, status_name(status), polarity_name(polarity))).copied();
        let cameo = by_status.unwrap_or(plain);
        Event {
            kind,
            mode: known.map(|((_, m), _)| (*m).to_owned()),
            // "-" says that CAMEO has no code for an event of that standing.
            cameo: Some(cameo.to_owned()).filter(|c| !c.is_empty() && c != "-"),
            quad,
            scale: mode_row.and_then(|(scale, _)| scale).unwrap_or(type_scale),
            contexts: evoked,
        }
    }

    /// The contexts that the words evoke, in the table's order.
    pub fn contexts_of<'a>(&self, lemmas: impl Iterator<Item = &'a str> + Clone) -> Vec<&'static str> {
        self.contexts
            .iter()
            .filter(|(_, words)| lemmas.clone().any(|l| words.contains(&l)))
            .map(|(name, _)| *name)
            .collect()
    }
}

/// PLOVER's spelling of the type.
pub fn type_name(kind: EventType) -> &'static str {
    match kind {
        EventType::Agree => "AGREE",
        EventType::Consult => "CONSULT",
        EventType::Support => "SUPPORT",
        EventType::Concede => "CONCEDE",
        EventType::Cooperate => "COOPERATE",
        EventType::Aid => "AID",
        EventType::Retreat => "RETREAT",
        EventType::Request => "REQUEST",
        EventType::Accuse => "ACCUSE",
        EventType::Reject => "REJECT",
        EventType::Threaten => "THREATEN",
        EventType::Protest => "PROTEST",
        EventType::Sanction => "SANCTION",
        EventType::Mobilize => "MOBILIZE",
        EventType::Coerce => "COERCE",
        EventType::Assault => "ASSAULT",
    }
}

/// The record's spelling of the status.
pub fn status_name(status: Status) -> &'static str {
    match status {
        Status::Occurred => "occurred",
        Status::Ongoing => "ongoing",
        Status::Planned => "planned",
        Status::Expected => "expected",
        Status::Possible => "possible",
        Status::Requested => "requested",
        Status::Threatened => "threatened",
        Status::Conditional => "conditional",
        Status::Unreal => "unreal",
    }
}

fn polarity_name(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Positive => "positive",
        Polarity::Negative => "negative",
    }
}

fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().skip(1).filter(|l| !l.is_empty() && !l.starts_with('#')).map(|l| l.split('\t').collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_planned_meeting_is_the_intent_to_meet() {
        let event =
            Ontology::built_in().event(EventType::Consult, None, Status::Planned, Polarity::Positive, Vec::new());
        assert_eq!((event.cameo.as_deref(), event.quad), (Some("036"), 1));
    }

    #[test]
    fn a_threatened_attack_and_requested_aid_keep_their_speech_act() {
        let code = |kind, status| {
            Ontology::built_in().event(kind, None, status, Polarity::Positive, Vec::new()).cameo.unwrap_or_default()
        };
        assert!(code(EventType::Assault, Status::Threatened).starts_with("138"));
        assert!(code(EventType::Aid, Status::Requested).starts_with("023"));
    }

    #[test]
    fn every_type_is_in_the_table() {
        let ontology = Ontology::built_in();
        assert_eq!(ontology.types.len(), 16);
        assert!(
            ontology.types.values().all(|(quad, scale, _)| (1..=4).contains(quad) && (-10.0..=10.0).contains(scale))
        );
    }
}
