//! The model's word on who takes part, weighed against the frames'.

use std::ops::Range;

use reportedly_record::{EntityKind, EventCue, EventType, MentionForm, Role};

use super::ClaimContext;
use super::head::{is_rule, weight};
use super::participants::{FoundParticipant, could_act, is_actor, participant};
use super::triggers::Trigger;
use super::words::holding;
use crate::lexicon::{SlotRole, built_in};
use crate::stance::Link;
use crate::syntax::{ancestors, phrase, slots};

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
                && (p.role == role
                    || p.role == Role::Object && role == Role::Recipient && !is_object(trigger, token)
                    || role != Role::Object && is_owner(trigger, token))
        })
    };
    let mutual = built_in().is_mutual(trigger.entry) && trigger.mode.as_deref() != Some("visit");
    let score = |role: Role, token: usize| {
        if role == Role::Recipient && is_pledged(context, trigger, token) {
            return None;
        }
        let framed = by_frame(role, token);
        let p = chance(role, token);
        let beside = mutual && role == Role::Actor && framed && is_beside(trigger, token);
        let least = match framed {
            true => "role_framed",
            false if is_aside(context, trigger, token) || is_agreed(context, trigger, token) => "role_aside",
            false => "role",
        };
        let enough = beside || p >= weight(least);
        // Who is asked is who the tree says is to act, whoever else stands near.
        let asked = framed && role == Role::Recipient && trigger.entry.kind == EventType::Request;
        (enough || asked).then_some(
            p + if asked {
                1.0
            } else if framed {
                weight("framed")
            } else {
                0.0
            },
        )
    };
    let mut found: Vec<(f32, bool, FoundParticipant)> = Vec::new();
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
        if role == Role::Recipient && of_thing(context, trigger, head) {
            continue;
        }
        let takes = role == Role::Object || able && !(role == Role::Actor && is_ground(context, head));
        match of_frame {
            Some(p) => found.push((best, false, p.clone())),
            None if takes => {
                let new = participant(context, trigger, role, head);
                // Means are no actors.
                if new.role == Role::Instrument {
                    continue;
                }
                let grounded = new.role == Role::Object && is_ground(context, head);
                found.push((
                    best,
                    grounded,
                    FoundParticipant { role: if grounded { Role::Object } else { role }, ..new },
                ));
            }
            None => {}
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    // Either somebody is acted against or ground is; what is taken or left is not the country around it as well.
    let (mut party, mut ground) = (false, false);
    for (_, grounded, new) in found {
        let country = new.entity.is_some_and(|e| context.entities.rows[e].record.kind == EntityKind::Country);
        if grounded && party || ground && new.role == Role::Recipient && country && !by_frame(new.role, new.head) {
            continue;
        }
        party |= new.role == Role::Recipient;
        ground |= grounded;
        if !out.iter().any(|p| repeats(context, p, &new)) && joins(context, trigger, out, &new) {
            out.push(new);
        }
    }
    // Whose member a victim is does not act: "killed a **Hamas** official".
    let victims: Vec<Range<usize>> =
        out.iter().filter(|p| p.role == Role::Recipient).map(|p| phrase(context.analysis, p.head)).collect();
    out.retain(|p| p.role != Role::Actor || by_frame(p.role, p.head) || !victims.iter().any(|v| v.contains(&p.head)));
    out.extend(framed.into_iter().filter(|p| p.role == Role::Instrument));
    out.sort_by_key(|p| (p.role, p.head));
}

/// Whether the noun, which no entry knows, is the word's: "Okoro's removal", "the ousting of Okoro" may be done by or to him.
fn is_owner(trigger: &Trigger, token: usize) -> bool {
    is_rule(&trigger.rule) && trigger.slots.iter().any(|s| s.filler == token && matches!(s.name, "poss" | "of"))
}

/// Whether the word stands beside the others of a meeting or deal: "talks **with Okoro**".
fn is_beside(trigger: &Trigger, token: usize) -> bool {
    !is_rule(&trigger.rule) && trigger.slots.iter().any(|s| s.filler == token && matches!(s.name, "with" | "between"))
}

/// The filler of a slot whose phrase the word stands in; `None` for the filler itself.
fn slot_around(context: &ClaimContext, trigger: &Trigger, at: usize) -> Option<usize> {
    let fills = |at: usize| trigger.slots.iter().any(|s| s.filler == at);
    (!fills(at)).then(|| ancestors(context.analysis, at).find(|&a| fills(a))).flatten()
}

/// Whether the lexicon's entry says that the word names what is given, sent or moved.
fn is_object(trigger: &Trigger, token: usize) -> bool {
    !is_rule(&trigger.rule)
        && trigger.entry.kind != EventType::Request
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
                || p.entity.is_some() && p.entity == new.entity
                || is_same_side(context, p, new))
}

/// "Islamic State fighters" and "the group" that is Islamic State are one side.
fn is_same_side(context: &ClaimContext, a: &FoundParticipant, b: &FoundParticipant) -> bool {
    let name = |p: &FoundParticipant| p.entity.map(|e| context.entities.rows[e].record.name.to_lowercase());
    let (Some(a), Some(b)) = (name(a), name(b)) else { return false };
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    long.strip_prefix(short.as_str()).is_some_and(|rest| rest.starts_with(' '))
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
        && trigger.mode.as_deref() != Some("visit")
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
            !trigger.tokens.contains(&i)
                && (named || noun)
                && !describes_party(context, i)
                && !backs(context, trigger, i)
                && !tells(context, trigger, i)
        })
        .chain(framed.iter().map(|p| p.head))
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// Whether the word stands in a clause that tells of something else than the event: a relative clause or a loose one, or another verb's
/// adverbial clause: "rebels killed a man **who had met Okoro**".
fn is_aside(context: &ClaimContext, trigger: &Trigger, at: usize) -> bool {
    let analysis = context.analysis;
    let above: Vec<usize> = std::iter::once(trigger.head).chain(ancestors(analysis, trigger.head)).collect();
    std::iter::once(at).chain(ancestors(analysis, at)).take_while(|a| !above.contains(a)).any(|a| {
        let token = &analysis.tokens[a];
        match token.deprel.as_str() {
            "acl:relcl" | "parataxis" => true,
            "acl" | "advcl" => token.head != Some(trigger.head),
            _ => false,
        }
    })
}

/// Whether the word is who would do what is threatened or promised: that befalls somebody else.
fn is_pledged(context: &ClaimContext, trigger: &Trigger, at: usize) -> bool {
    matches!(trigger.entry.kind, EventType::Threaten | EventType::Agree)
        && trigger
            .slots
            .iter()
            .filter(|s| matches!(s.name, "ccomp" | "xcomp" | "that"))
            .any(|content| slots(context.analysis, content.filler).iter().any(|s| s.name == "subj" && s.filler == at))
}

/// Whether the word stands in what the sides of a deal or meeting agree or talk about: "agreed **that Chad would leave**".
fn is_agreed(context: &ClaimContext, trigger: &Trigger, at: usize) -> bool {
    let analysis = context.analysis;
    built_in().is_mutual(trigger.entry)
        && std::iter::once(at)
            .chain(ancestors(analysis, at))
            .find(|&a| analysis.tokens[a].head.is_some_and(|h| trigger.tokens.contains(&h)))
            .is_some_and(|a| matches!(analysis.tokens[a].relation(), "ccomp" | "acl" | "xcomp"))
}

/// Whether the word stands before a noun to say of what sort it is.
fn describes(context: &ClaimContext, at: usize) -> bool {
    matches!(context.analysis.tokens[at].relation(), "amod" | "compound" | "nummod")
}

/// Whether the word says whence a thing is that the event is about: "postponed a **Syrian** conference" is done to no Syrian.
fn of_thing(context: &ClaimContext, trigger: &Trigger, at: usize) -> bool {
    let token = &context.analysis.tokens[at];
    token.upos == "ADJ"
        && token.relation() == "amod"
        && token.head.is_some_and(|h| {
            trigger.slots.iter().any(|s| s.name == "obj" && s.filler == h) && context.entities.mention_of(h).is_none()
        })
}

/// Whether the word stands within a participle that describes somebody else: "a **US**-backed militia".
fn backs(context: &ClaimContext, trigger: &Trigger, at: usize) -> bool {
    let tokens = &context.analysis.tokens;
    tokens[at].head.is_some_and(|h| {
        h > at
            && tokens[h].head != Some(trigger.head)
            && !holding().contains(&tokens[h].lemma.as_str())
            && tokens[h].xpos == "VBN"
            && tokens[h].relation() == "amod"
            && tokens[at].relation() == "compound"
    })
}

/// Whether the word is who tells of the event, or who is told: neither takes part in it ("**Oslo** told **AFP** that rebels had left").
fn tells(context: &ClaimContext, trigger: &Trigger, at: usize) -> bool {
    let analysis = context.analysis;
    let (event, word) = (analysis.tokens[trigger.head].span, analysis.tokens[at].span);
    context.attributions.iter().any(|a| {
        let Some(cue) = a.cue.as_ref().filter(|_| a.link == Link::Say && a.holds(event)) else { return false };
        let source = a.source.as_ref().is_some_and(|s| s.contains(&at));
        let told = matches!(analysis.tokens[at].relation(), "iobj" | "obj")
            && analysis.tokens[at].head.is_some_and(|h| cue.contains(&h));
        // Who voices support supports; who announces a deal need be no side of it, and nobody says an event.
        let voiced = !built_in().is_mutual(trigger.entry)
            && analysis.tokens[trigger.head].relation() == "obj"
            && analysis.tokens[trigger.head]
                .head
                .is_some_and(|h| cue.contains(&h) && analysis.tokens[h].lemma != "say");
        told || source && !voiced && !a.holds(word)
    })
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
