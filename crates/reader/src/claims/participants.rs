//! Participants: from slots to roles to entities.

use reportedly_record::{Analysis, EntityKind, EventType, Role, Span};

use super::ClaimContext;
use super::holders::{Holders, holder_on};
use super::roles;
use super::triggers::Trigger;
use super::words::parts;
use crate::entities::EntityRow;
use crate::knowledge::Knowledge;
use crate::lexicon::{Classes, SlotRole, built_in, parse_classes};
use crate::stance::{Link, Stances, StatusEffect};
use crate::syntax::{phrase_span, slots};

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
pub fn find(context: &ClaimContext, trigger: &Trigger, holders: &Holders) -> Vec<FoundParticipant> {
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
        let mut found = participant(context, trigger, role, slot.filler);
        // An act does what its own actor does: "a rebel attack killed two".
        let owner = (role == Role::Actor && (found.entity.is_none() || found.role == Role::Instrument))
            .then(|| owner_of(context, slot.filler))
            .flatten();
        found = owner.unwrap_or(found);
        // Ground under attack is attacked for whoever holds it: "shelled areas **held by rebels**".
        if role == Role::Recipient && trigger.entry.kind == EventType::Assault {
            found = is_place(context, &found).then(|| holder_on(context, found.head)).flatten().unwrap_or(found);
        }
        // A modifier takes part only as a political entity: "Turkish offensive", not "winter offensive".
        if slot.name == "mod" && found.entity.is_none() {
            continue;
        }
        if role == Role::Actor && found.entity.is_none() && !could_act(context, slot.filler) {
            continue;
        }
        let again = out
            .iter()
            .any(|p| p.role == found.role && (p.head == found.head || p.entity.is_some() && p.entity == found.entity));
        if !again {
            // What is done to somebody's act is done to that somebody: "denounced US cooperation", "backed their drive".
            if role == Role::Recipient
                && found.role == Role::Object
                && let Some(owner) = owner_of(context, slot.filler)
            {
                out.push(FoundParticipant { role: Role::Recipient, ..owner });
            }
            out.push(found);
        }
    }
    add_subject_of_governor(context, trigger, &mut out);
    add_target_of_object(context, trigger, &mut out);
    add_target_of_content(context, trigger, &mut out);
    roles::weigh(context, trigger, &mut out);
    holders.add(context, trigger, &mut out);
    // Whoever acts is not also acted upon ("the army … itself" aside).
    let actors: Vec<usize> = out.iter().filter(|p| p.role == Role::Actor).filter_map(|p| p.entity).collect();
    out.retain(|p| p.role != Role::Recipient || p.entity.is_none_or(|e| !actors.contains(&e)));
    out
}

/// Who does what the noun names: "decisions **by the court**", "**US** cooperation", "**their** drive".
fn owner_of(context: &ClaimContext, noun: usize) -> Option<FoundParticipant> {
    let slots = slots(context.analysis, noun);
    ["poss", "by", "mod", "of"].iter().flat_map(|name| slots.iter().filter(move |s| s.name == *name)).find_map(|slot| {
        let mention = context.entities.mention_of(slot.filler)?;
        let row = &context.entities.rows[mention.entity];
        (is_actor(row) && row.record.kind != EntityKind::Place).then(|| FoundParticipant {
            role: Role::Actor,
            entity: Some(mention.entity),
            span: context.analysis.span(mention.tokens.clone()),
            head: slot.filler,
        })
    })
}

/// In a deal or meeting that somebody plans, seeks, begins or ends, that somebody is a side: "eyeing a deal with Ankara".
fn add_subject_of_governor(context: &ClaimContext, trigger: &Trigger, out: &mut Vec<FoundParticipant>) {
    let analysis = context.analysis;
    let collective = matches!(built_in().frame_name(trigger.entry), "n-deal" | "n-meeting" | "n-visit");
    let noun = trigger.head;
    let Some(verb) = analysis.tokens[noun]
        .head
        .filter(|_| collective && trigger.light.is_none() && analysis.tokens[noun].relation() == "obj")
    else {
        return;
    };
    let signature = Stances::built_in().signature(&analysis.tokens[verb].lemma, &analysis.tokens[verb].upos, "obj");
    if !signature.is_some_and(|s| s.link == Link::None && s.status != StatusEffect::Keep) {
        return;
    }
    for slot in slots(analysis, verb).iter().filter(|s| s.name == "subj") {
        let found = participant(context, trigger, Role::Actor, slot.filler);
        if found.entity.is_some() && !out.iter().any(|p| p.role == Role::Actor && p.entity == found.entity) {
            out.push(found);
        }
    }
}

/// What is cut, lifted or sent is directed at somebody through its own phrase, or through one of the verb's that the frame does
/// not use: "cut aid **to Chad**", "lifted sanctions **on Chad**", "signed a deal **with Chad**".
fn add_target_of_object(context: &ClaimContext, trigger: &Trigger, out: &mut Vec<FoundParticipant>) {
    let lexicon = built_in();
    if trigger.entry.noun || out.iter().any(|p| p.role == Role::Recipient) {
        return;
    }
    let objects: Vec<usize> = out.iter().filter(|p| p.role == Role::Object).map(|p| p.head).collect();
    let own: Vec<_> = trigger.slots.iter().copied().filter(|s| lexicon.role(trigger.entry, s.name).is_none()).collect();
    // One step further for a purpose: "mobilised the army for an assault **against Chad**".
    let purposes: Vec<_> =
        own.iter().filter(|s| s.name == "for").flat_map(|s| slots(context.analysis, s.filler)).collect();
    let directed: Vec<_> = objects
        .iter()
        .flat_map(|&o| slots(context.analysis, o))
        .chain(own.iter().copied())
        .chain(purposes)
        .filter(|s| {
            matches!(s.name, "to" | "on" | "against" | "for" | "with" | "into" | "toward" | "towards")
                || lexicon.role(trigger.entry, s.name) == Some(SlotRole::Participant(Role::Recipient))
        })
        .collect();
    let parts = objects.iter().flat_map(|&o| slots(context.analysis, o)).filter(|s| s.name == "of");
    let wholes: Vec<_> = parts
        .flat_map(|s| slots(context.analysis, s.filler))
        .filter(|s| matches!(s.name, "to" | "on" | "against" | "with"))
        .map(|s| participant(context, trigger, Role::Recipient, s.filler))
        .filter(|p| is_party(context, p) && !out.iter().any(|q| q.entity == p.entity))
        .collect();
    for slot in directed {
        let role = match lexicon.role(trigger.entry, slot.name) {
            Some(SlotRole::Participant(Role::Actor)) => Role::Actor,
            _ => Role::Recipient,
        };
        let found = participant(context, trigger, role, slot.filler);
        let party = is_party(context, &FoundParticipant { role: Role::Recipient, ..found.clone() });
        if found.role == role && party && !out.iter().any(|q| q.entity == found.entity) {
            out.push(found);
            return;
        }
    }
    // And through the whole that a part of is given, kept or broken: "its share of an agreement **with Chad**".
    out.extend(wholes.into_iter().next());
}

/// Who is asked is who is to act; who is threatened, refused or promised something is whom that would befall:
/// "demands that **the king** resign", "refused to lift sanctions on **Chad**".
fn add_target_of_content(context: &ClaimContext, trigger: &Trigger, out: &mut Vec<FoundParticipant>) {
    let lexicon = built_in();
    if out.iter().any(|p| p.role == Role::Recipient) || lexicon.frame_name(trigger.entry) == "deny" {
        return;
    }
    let contents: Vec<usize> = trigger
        .slots
        .iter()
        .filter(|s| lexicon.role(trigger.entry, s.name) == Some(SlotRole::Content))
        .map(|s| s.filler)
        .collect();
    let wanted: &[&str] = if trigger.entry.kind == EventType::Request {
        &["subj", "poss", "by", "of"]
    } else {
        &["obj", "iobj", "on", "against", "to", "from", "with"]
    };
    for content in contents {
        let inner = slots(context.analysis, content);
        let nested: Vec<_> = inner
            .iter()
            .filter(|s| s.name == "obj")
            .flat_map(|s| slots(context.analysis, s.filler))
            .filter(|s| matches!(s.name, "on" | "to" | "against"))
            .collect();
        let found = wanted
            .iter()
            .flat_map(|name| inner.iter().filter(move |s| s.name == *name))
            .chain(&nested)
            .map(|s| participant(context, trigger, Role::Recipient, s.filler))
            .find(|p| is_party(context, p));
        if let Some(found) = found.filter(|p| !out.iter().any(|q| q.entity == p.entity)) {
            out.push(found);
            return;
        }
    }
}

fn is_place(context: &ClaimContext, found: &FoundParticipant) -> bool {
    found.entity.is_some_and(|e| context.entities.rows[e].record.kind == EntityKind::Place)
}

/// Whether somebody found in a recipient's place can be one.
fn is_party(context: &ClaimContext, found: &FoundParticipant) -> bool {
    found.role == Role::Recipient
        && found.entity.is_some_and(|e| {
            is_actor(&context.entities.rows[e]) && context.entities.rows[e].record.kind != EntityKind::Place
        })
}

pub(super) fn participant(context: &ClaimContext, trigger: &Trigger, role: Role, head: usize) -> FoundParticipant {
    let mention = context.entities.mention_of(head);
    let span = mention
        .filter(|m| m.head == head)
        .map_or_else(|| phrase_span(context.analysis, head), |m| context.analysis.span(m.tokens.clone()));
    let entity = mention.map(|m| m.entity);
    let role = match (role, entity) {
        // What is no actor cannot be acted against: it is what the event is about.
        (Role::Recipient, None) => Role::Object,
        (Role::Recipient, Some(e)) if context.entities.rows[e].record.kind == EntityKind::Thing => Role::Object,
        // Planes and guns act for somebody: they are his means.
        (Role::Actor, Some(e)) if context.entities.rows[e].record.kind == EntityKind::Thing => Role::Instrument,
        // Ground that is taken, left or visited is what it is about; whom it is taken from is another matter.
        (Role::Recipient, Some(e))
            if context.entities.rows[e].record.kind == EntityKind::Place
                && (matches!(trigger.entry.kind, EventType::Coerce | EventType::Retreat | EventType::Sanction)
                    || matches!(trigger.mode.as_deref(), Some("seize" | "visit"))
                    || is_word(trigger.entry.kind) && !is_actor(&context.entities.rows[e])) =>
        {
            Role::Object
        }
        (role, _) => role,
    };
    FoundParticipant { role, entity, span, head }
}

/// What is done to somebody by words or by a stand: nobody says or refuses anything to a mere place.
pub(super) fn is_word(kind: EventType) -> bool {
    use EventType::{Accuse, Agree, Concede, Consult, Protest, Reject, Request, Support, Threaten};
    matches!(kind, Accuse | Agree | Concede | Consult | Protest | Reject | Request | Support | Threaten)
}

/// Whether the word could be an actor although no entity is known for it: a pronoun or a noun for people.
pub(super) fn could_act(context: &ClaimContext, head: usize) -> bool {
    classes_of(context, head).meets(Classes::ACTOR.with(Classes::PEOPLE).with(Classes::TROOPS).with(Classes::ARMED))
        || context.analysis.tokens[head].upos == "PRON"
}

/// Whether the entity can be a party to politics.
pub fn is_actor(row: &EntityRow) -> bool {
    !matches!(row.record.kind, EntityKind::Thing)
        && (row.record.kind != EntityKind::Place || row.classes.meets(Classes::ACTOR))
        && (row.record.code.is_some()
            || row.record.sector.is_some()
            || row.record.country.is_some()
            || matches!(
                row.record.kind,
                EntityKind::Organization | EntityKind::Group | EntityKind::Person | EntityKind::Country
            ))
}

/// The word classes of what the token heads: its entity's and its own word's.
pub fn classes_of(context: &ClaimContext, token: usize) -> Classes {
    let mut out = context.entities.row_of(token).map(|r| r.classes).unwrap_or_default();
    let lemma = lemma_of(context.analysis, token);
    // A part of something is of its sort: "the last **parts** of the city".
    if parts().contains(&lemma.as_str())
        && let Some(whole) = slots(context.analysis, token).iter().find(|s| s.name == "of")
    {
        return classes_of(context, whole.filler);
    }
    if let Some(class) = Knowledge::built_in().word_class(&lemma).and_then(|c| parse_classes(c).ok()) {
        out = out.with(class);
    }
    if out == Classes::default() { Classes::ABSTRACT } else { out }
}

/// The dictionary form in lower case.
pub fn lemma_of(analysis: &Analysis, token: usize) -> String {
    analysis.tokens[token].lemma.to_lowercase()
}
