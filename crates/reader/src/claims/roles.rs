//! The model's word on who takes part, weighed against the frames'.

use std::ops::Range;

use reportedly_record::{EntityKind, EventCue, EventType, MentionForm, Role};

use super::ClaimContext;
use super::head::{is_rule, weight};
use super::participants::{FoundParticipant, could_act, is_actor, participant};
use super::triggers::Trigger;
use crate::lexicon::{SlotRole, built_in};
use crate::syntax::{ancestors, phrase};

const ROLES: [Role; 3] = [Role::Actor, Role::Recipient, Role::Object];

/// Gives every word that may take part its likeliest role, the frame's word being worth something; leaves out whom neither believes
/// in. Without heads the frames' word stands.
pub fn weigh(context: &ClaimContext, trigger: &Trigger, out: &mut Vec<FoundParticipant>) {
    let Some(cue) = trigger.cue else { return };
    let first = context.analysis.sentences[context.analysis.sentence_of(trigger.head)].tokens.start;
    let framed = std::mem::take(out);
    let of_word = |role: Role, token: usize| {
        token.checked_sub(first).and_then(|i| chances(cue, role).get(i)).copied().unwrap_or_default()
    };
    // Whoever was found within the filler of a slot is as likely as that: the regime of "regime **shelling** killed two".
    let chance = |role: Role, token: usize| {
        let within =
            framed.iter().any(|p| p.role == role && p.head == token).then(|| slot_around(context, trigger, token));
        let filler = within.flatten().map_or(0.0, |filler| of_word(role, filler));
        of_word(role, token).max(filler)
    };
    // The frames take for an object whom they know nothing of; whether that is somebody acted against is the head's to say. What the
    // entry itself calls an object is none.
    let by_frame = |role: Role, token: usize| {
        framed.iter().any(|p| {
            p.head == token
                && (p.role == role || p.role == Role::Object && role == Role::Recipient && !is_object(trigger, token))
        })
    };
    let score = |role: Role, token: usize| {
        let framed = by_frame(role, token);
        let p = chance(role, token);
        let enough = p >= if framed { weight("role_framed") } else { weight("role") };
        enough.then_some(p + if framed { weight("framed") } else { 0.0 })
    };
    let mut found: Vec<(f32, FoundParticipant)> = Vec::new();
    let mutual = built_in().is_mutual(trigger.entry) && trigger.mode.as_deref() != Some("visit");
    for head in candidates(context, trigger, &framed) {
        let likeliest = ROLES.iter().filter_map(|&r| Some((r, score(r, head)?))).max_by(|a, b| a.1.total_cmp(&b.1));
        let Some((role, best)) = likeliest else { continue };
        // In a meeting or a deal all sides act.
        let role = if mutual && role == Role::Recipient { Role::Actor } else { role };
        let noun = context.analysis.tokens[head].upos == "NOUN" && !describes(context, head);
        let sure = role == Role::Actor && noun && chance(role, head) >= weight("role");
        let able = could_act(context, head) || is_mentioned(context, head) || sure;
        // What cannot act cannot be acted against: it is what the event is about.
        let role = if role == Role::Recipient && !able && noun { Role::Object } else { role };
        let of_frame = framed.iter().find(|p| p.role == role && p.head == head);
        let takes = role == Role::Object || able && !(role == Role::Actor && is_ground(context, head));
        match of_frame {
            Some(p) => found.push((best, p.clone())),
            None if takes => found.push((best, FoundParticipant { role, ..participant(context, trigger, role, head) })),
            None => {}
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (_, new) in found {
        if !out.iter().any(|p| repeats(context, p, &new)) && joins(context, trigger, out, &new) {
            out.push(new);
        }
    }
    out.extend(framed.into_iter().filter(|p| p.role == Role::Instrument));
    out.sort_by_key(|p| (p.role, p.head));
}

/// The filler of a slot whose phrase the word stands in; `None` for the filler itself.
fn slot_around(context: &ClaimContext, trigger: &Trigger, at: usize) -> Option<usize> {
    let fills = |at: usize| trigger.slots.iter().any(|s| s.filler == at);
    (!fills(at)).then(|| ancestors(context.analysis, at).find(|&a| fills(a))).flatten()
}

/// Whether the lexicon's entry says that the word names what is given, sent or moved.
fn is_object(trigger: &Trigger, token: usize) -> bool {
    !is_rule(&trigger.rule)
        && trigger.slots.iter().any(|s| {
            s.filler == token && built_in().role(trigger.entry, s.name) == Some(SlotRole::Participant(Role::Object))
        })
}

/// Whether the second is the first again, or a word within its phrase: "Syrian" of "Syrian Kurds".
fn repeats(context: &ClaimContext, p: &FoundParticipant, new: &FoundParticipant) -> bool {
    let within = |outer: usize, inner: usize| phrase(context.analysis, outer).contains(&inner);
    p.head == new.head
        || p.role == new.role
            && (p.span.contains(new.span)
                || new.span.contains(p.span)
                || within(p.head, new.head)
                || within(new.head, p.head)
                || p.entity.is_some() && p.entity == new.entity)
}

/// One party does a thing, unless several are named together; meetings, deals and fights have parties on all sides.
fn joins(context: &ClaimContext, trigger: &Trigger, chosen: &[FoundParticipant], new: &FoundParticipant) -> bool {
    let together = |a: usize, b: usize| {
        let root = |mut i: usize| {
            while context.analysis.tokens[i].relation() == "conj"
                && let Some(head) = context.analysis.tokens[i].head
            {
                i = head;
            }
            i
        };
        root(a) == root(b)
    };
    let lexicon = built_in();
    let mutual = new.role == Role::Actor
        && (matches!(trigger.entry.kind, EventType::Consult | EventType::Agree | EventType::Cooperate)
            || ["with", "between"]
                .iter()
                .any(|slot| lexicon.role(trigger.entry, slot) == Some(SlotRole::Participant(Role::Actor))));
    let mut others = chosen.iter().filter(|p| p.role == new.role).peekable();
    mutual || new.role == Role::Object || others.peek().is_none() || others.any(|p| together(p.head, new.head))
}

/// Heads of phrases in the trigger's sentence, outside the trigger, and whomever the frames found.
fn candidates(context: &ClaimContext, trigger: &Trigger, framed: &[FoundParticipant]) -> Vec<usize> {
    let analysis = context.analysis;
    let sentence: Range<usize> = analysis.sentences[analysis.sentence_of(trigger.head)].tokens.clone();
    let mut out: Vec<usize> = sentence
        .filter(|&i| {
            let named = context.entities.mention_of(i).is_some_and(|m| m.head == i);
            let noun = matches!(analysis.tokens[i].upos.as_str(), "NOUN" | "PROPN" | "PRON" | "NUM" | "ADJ");
            !trigger.tokens.contains(&i) && (named || noun) && !describes_party(context, i)
        })
        .chain(framed.iter().map(|p| p.head))
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// Whether the word stands before a noun to say of what sort it is.
fn describes(context: &ClaimContext, at: usize) -> bool {
    matches!(context.analysis.tokens[at].relation(), "amod" | "compound" | "nummod")
}

/// Whether the word only says what sort of party its head is: "Syrian" of "the Syrian YPD".
fn describes_party(context: &ClaimContext, at: usize) -> bool {
    let token = &context.analysis.tokens[at];
    matches!(token.relation(), "amod" | "compound" | "flat")
        && token.head.is_some_and(|h| context.entities.mention_of(h).is_some_and(|m| m.head == h))
}

/// Whether the word names a place that is nobody's government: towns host talks and hold none.
fn is_ground(context: &ClaimContext, head: usize) -> bool {
    context.entities.row_of(head).is_some_and(|row| row.record.kind == EntityKind::Place && !is_actor(row))
}

fn is_mentioned(context: &ClaimContext, head: usize) -> bool {
    context.entities.mention_of(head).is_some_and(|m| m.head == head || m.form == MentionForm::Name)
}

fn chances(cue: &EventCue, role: Role) -> &[f32] {
    match role {
        Role::Actor => &cue.actor,
        Role::Recipient => &cue.recipient,
        _ => &cue.object,
    }
}
