//! Participants: from slots to roles to entities.

use reportedly_record::{Analysis, EntityKind, Role, Span};

use super::ClaimContext;
use super::triggers::Trigger;
use crate::entities::EntityRow;
use crate::knowledge::Knowledge;
use crate::lexicon::{Classes, SlotRole, built_in, parse_classes};
use crate::syntax::phrase_span;

/// Somebody or something that takes part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundParticipant {
    /// What it does there.
    pub role: Role,
    /// Index of the entity.
    pub entity: Option<usize>,
    /// Its words.
    pub span: Span,
    /// Their head.
    pub head: usize,
}

/// Everybody who takes part in the event of the trigger, in slot order, nobody twice in one role.
pub fn find(context: &ClaimContext, trigger: &Trigger) -> Vec<FoundParticipant> {
    let lexicon = built_in();
    let mut out: Vec<FoundParticipant> = Vec::new();
    for slot in &trigger.slots {
        let role = match lexicon.role(trigger.entry, slot.name) {
            Some(SlotRole::Participant(role)) => role,
            // A noun's support verb lends its subject: whoever holds talks is their actor.
            None if trigger.entry.noun && slot.name == "subj" && trigger.light.is_some() => Role::Actor,
            _ => continue,
        };
        if trigger.tokens.contains(&slot.filler) {
            continue;
        }
        let found = participant(context, role, slot.filler);
        // A modifier takes part only as a political entity: "Turkish offensive", not "winter offensive".
        if slot.name == "mod" && found.entity.is_none() {
            continue;
        }
        if role == Role::Actor && found.entity.is_none() && !could_act(context, slot.filler) {
            continue;
        }
        let again = out.iter().any(|p| p.role == found.role && (p.head == found.head || p.entity.is_some() && p.entity == found.entity));
        if !again {
            out.push(found);
        }
    }
    // Whoever acts is not also acted upon ("the army … itself" aside).
    let actors: Vec<usize> = out.iter().filter(|p| p.role == Role::Actor).filter_map(|p| p.entity).collect();
    out.retain(|p| p.role != Role::Recipient || p.entity.is_none_or(|e| !actors.contains(&e)));
    out
}

fn participant(context: &ClaimContext, role: Role, head: usize) -> FoundParticipant {
    let mention = context.entities.mention_of(head);
    let span = mention.filter(|m| m.head == head).map_or_else(|| phrase_span(context.analysis, head), |m| context.analysis.span(m.tokens.clone()));
    let entity = mention.map(|m| m.entity);
    let role = match (role, entity) {
        // What is no actor cannot be acted against: it is what the event is about.
        (Role::Recipient, None) => Role::Object,
        (Role::Recipient, Some(e)) if context.entities.rows[e].record.kind == EntityKind::Thing => Role::Object,
        (role, _) => role,
    };
    FoundParticipant { role, entity, span, head }
}

/// Whether the word could be an actor although no entity is known for it: a pronoun or a noun for people.
fn could_act(context: &ClaimContext, head: usize) -> bool {
    classes_of(context, head).meets(Classes::ACTOR.with(Classes::PEOPLE).with(Classes::TROOPS).with(Classes::ARMED)) || context.analysis.tokens[head].upos == "PRON"
}

/// Whether the entity can be a party to politics.
pub fn is_actor(row: &EntityRow) -> bool {
    !matches!(row.record.kind, EntityKind::Thing) && (row.record.kind != EntityKind::Place || row.classes.meets(Classes::ACTOR))
        && (row.record.code.is_some() || row.record.sector.is_some() || row.record.country.is_some() || matches!(row.record.kind, EntityKind::Organization | EntityKind::Group | EntityKind::Person | EntityKind::Country))
}

/// The word classes of what the token heads: its entity's and its own word's.
pub fn classes_of(context: &ClaimContext, token: usize) -> Classes {
    let mut out = context.entities.row_of(token).map(|r| r.classes).unwrap_or_default();
    let lemma = lemma_of(context.analysis, token);
    if let Some(class) = Knowledge::built_in().word_class(&lemma).and_then(|c| parse_classes(c).ok()) {
        out = out.with(class);
    }
    if out == Classes::default() { Classes::ABSTRACT } else { out }
}

/// The dictionary form in lower case.
pub fn lemma_of(analysis: &Analysis, token: usize) -> String {
    analysis.tokens[token].lemma.to_lowercase()
}
