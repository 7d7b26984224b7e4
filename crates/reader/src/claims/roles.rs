//! The model's word on who takes part, weighed against the frames'.

use reportedly_record::{EventCue, MentionForm, Role};

use super::ClaimContext;
use super::head::weight;
use super::participants::{FoundParticipant, could_act, participant};
use super::triggers::Trigger;
use crate::syntax::phrase;

/// Leaves out whom the head does not believe in, and adds whom it is sure of. Without heads the frames' word stands.
pub fn weigh(context: &ClaimContext, trigger: &Trigger, out: &mut Vec<FoundParticipant>) {
    let Some(cue) = trigger.cue else { return };
    let first = context.analysis.sentences[context.analysis.sentence_of(trigger.head)].tokens.start;
    let chance = |role: Role, token: usize| {
        token.checked_sub(first).and_then(|i| chances(cue, role).get(i)).copied().unwrap_or_default()
    };
    out.retain(|p| p.role == Role::Instrument || chance(p.role, p.head) >= weight("role_framed"));
    let mut found: Vec<(f32, FoundParticipant)> = Vec::new();
    for (head, role) in candidates(context, trigger).flat_map(|h| ROLES.map(|r| (h, r))) {
        let p = chance(role, head);
        let best = ROLES.iter().all(|&other| chance(other, head) <= p);
        if best && p >= weight("role") && (role == Role::Object || could_act(context, head) || is_mentioned(context, head)) {
            found.push((p, FoundParticipant { role, ..participant(context, trigger, role, head) }));
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (_, new) in found {
        let inside = |p: &FoundParticipant| p.role == new.role && (p.span.contains(new.span) || new.span.contains(p.span));
        let same = |p: &FoundParticipant| {
            p.head == new.head || p.role == new.role && p.entity.is_some() && p.entity == new.entity
        };
        if !out.iter().any(|p| inside(p) || same(p)) {
            out.push(new);
        }
    }
    out.sort_by_key(|p| (p.role, p.head));
}

const ROLES: [Role; 3] = [Role::Actor, Role::Recipient, Role::Object];

/// Heads of phrases in the trigger's sentence, outside the trigger; a word inside another's name or plain phrase is none.
fn candidates<'a>(context: &'a ClaimContext, trigger: &'a Trigger) -> impl Iterator<Item = usize> + 'a {
    let analysis = context.analysis;
    let sentence = analysis.sentences[analysis.sentence_of(trigger.head)].tokens.clone();
    sentence.filter(move |&i| {
        let token = &analysis.tokens[i];
        let named = context.entities.mention_of(i).is_some_and(|m| m.head == i);
        let noun = matches!(token.upos.as_str(), "NOUN" | "PROPN" | "PRON" | "NUM" | "ADJ");
        !trigger.tokens.contains(&i) && (named || noun && phrase(analysis, i).contains(&i))
    })
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
