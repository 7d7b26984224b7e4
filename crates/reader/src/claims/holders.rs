//! Whose ground it is: what the article says of who holds a place. Ground that is taken is taken from its holder.

use reportedly_record::{EntityKind, EventType, Role};

use super::ClaimContext;
use super::participants::{FoundParticipant, is_actor};
use super::triggers::Trigger;
use super::words::{holding, strongholds};
use crate::syntax::{is_passive, phrase, slots};

/// A place and the word that names its holder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Hold {
    place: usize,
    holder: usize,
}

/// Who holds which place, in text order.
#[derive(Debug, Default)]
pub struct Holders(Vec<Hold>);

impl Holders {
    /// What the whole article says.
    pub fn of(context: &ClaimContext) -> Holders {
        let analysis = context.analysis;
        let mut out = Vec::new();
        for at in 0..analysis.tokens.len() {
            let token = &analysis.tokens[at];
            if token.upos == "VERB" && holding().contains(&token.lemma.as_str()) {
                held_by(context, at, &mut out);
            } else if token.upos == "NOUN" && strongholds().contains(&token.lemma.to_lowercase().as_str()) {
                stronghold_of(context, at, &mut out);
            }
        }
        Holders(out)
    }

    /// Whom the place is taken from: the last one said to hold it who is none of its takers.
    fn holder(&self, context: &ClaimContext, place: usize, takers: &[FoundParticipant]) -> Option<FoundParticipant> {
        let takes = |e: usize| takers.iter().any(|p| p.role == Role::Actor && p.entity == Some(e));
        self.0
            .iter()
            .rev()
            .filter(|h| h.place == place)
            .find_map(|h| party(context, h.holder))
            .filter(|p| p.entity.is_some_and(|e| !takes(e)))
    }

    /// Adds the holder of the ground that the event takes or strikes, where nobody is named as its loser. Ground that was taken for the
    /// loser is what the event is about.
    pub fn add(&self, context: &ClaimContext, trigger: &Trigger, out: &mut Vec<FoundParticipant>) {
        let is_place = |p: &FoundParticipant| place_at(context, p.head).is_some();
        if !matches!(trigger.entry.kind, EventType::Coerce | EventType::Assault)
            || out.iter().any(|p| p.role == Role::Recipient && !is_place(p))
        {
            return;
        }
        let stated = out.iter().filter(|p| matches!(p.role, Role::Object | Role::Recipient)).map(|p| p.head);
        let slots = trigger.slots.iter().filter(|s| matches!(s.name, "obj" | "for" | "of" | "on" | "against"));
        let ground: Vec<usize> = stated.chain(slots.map(|s| s.filler)).collect();
        let found = ground
            .iter()
            .flat_map(|&at| std::iter::once(at).chain(part_of(context, at)))
            .filter_map(|at| place_at(context, at))
            .find_map(|place| self.holder(context, place, out));
        if let Some(found) = found {
            out.iter_mut().filter(|p| p.role == Role::Recipient).for_each(|p| p.role = Role::Object);
            out.push(found);
        }
    }
}

/// Who controls the place, by the participle on it: "areas **held by rebels**", "the **rebel-held** suburb".
pub(super) fn holder_on(context: &ClaimContext, place: usize) -> Option<FoundParticipant> {
    let mut out = Vec::new();
    for at in
        context.analysis.children(place).filter(|&c| holding().contains(&context.analysis.tokens[c].lemma.as_str()))
    {
        held_by(context, at, &mut out);
    }
    out.iter().find_map(|h| party(context, h.holder))
}

/// What the word is a part of: the palace, of "the last rooms of the palace".
fn part_of(context: &ClaimContext, at: usize) -> Option<usize> {
    slots(context.analysis, at).iter().find(|s| s.name == "of").map(|s| s.filler)
}

fn place_at(context: &ClaimContext, at: usize) -> Option<usize> {
    context
        .entities
        .mention_of(at)
        .map(|m| m.entity)
        .filter(|&e| context.entities.rows[e].record.kind == EntityKind::Place)
}

/// The party that the word names: somebody who can hold ground.
fn party(context: &ClaimContext, at: usize) -> Option<FoundParticipant> {
    let mention = context.entities.mention_of(at)?;
    let row = &context.entities.rows[mention.entity];
    (is_actor(row) && row.record.kind != EntityKind::Place).then(|| FoundParticipant {
        role: Role::Recipient,
        entity: Some(mention.entity),
        span: context.analysis.span(mention.tokens.clone()),
        head: at,
    })
}

/// The holder and the ground of a verb of control.
fn held_by(context: &ClaimContext, at: usize, out: &mut Vec<Hold>) {
    let analysis = context.analysis;
    let token = &analysis.tokens[at];
    let (holders, ground): (Vec<usize>, Vec<usize>) = match (token.relation(), token.head) {
        ("amod", Some(noun)) if token.xpos == "VBN" => {
            (analysis.children(at).filter(|&c| analysis.tokens[c].relation() == "compound").collect(), vec![noun])
        }
        ("acl", Some(noun)) if is_passive(analysis, at) => (fillers(context, at, "subj"), vec![noun]),
        _ => (fillers(context, at, "subj"), fillers(context, at, "obj")),
    };
    for &holder in holders.iter().filter(|&&h| party(context, h).is_some()) {
        let places = ground.iter().filter_map(|&g| context.entities.mention_of(g)).map(|m| m.entity);
        out.extend(places.map(|place| Hold { place, holder }));
    }
}

fn fillers(context: &ClaimContext, at: usize, name: &str) -> Vec<usize> {
    slots(context.analysis, at).iter().filter(|s| s.name == name).map(|s| s.filler).collect()
}

/// "the rebels' **capital**", "a **stronghold** of the militia", and the place that is said to be that.
fn stronghold_of(context: &ClaimContext, at: usize, out: &mut Vec<Hold>) {
    let analysis = context.analysis;
    // "One of the last strongholds for the militia": the owner may hang on the number.
    let number = analysis.tokens[at].head.filter(|&h| analysis.tokens[h].upos == "NUM");
    let slots: Vec<_> = std::iter::once(at).chain(number).flat_map(|noun| slots(analysis, noun)).collect();
    let holds = |f: &usize| {
        let owner = party(context, *f).and_then(|p| p.entity);
        owner.is_some_and(|e| context.entities.rows[e].record.kind != EntityKind::Country)
    };
    let owners = slots.iter().filter(|s| matches!(s.name, "poss" | "of" | "for" | "mod")).map(|s| s.filler);
    let Some(holder) = owners.into_iter().find(holds) else { return };
    let places = place_at(context, at).into_iter().chain(before_comma(context, at));
    out.extend(places.map(|place| Hold { place, holder }));
    // Up from "one of the last strongholds" to what is said to be, become or remain that.
    let mut word = at;
    loop {
        let token = &analysis.tokens[word];
        let subject_of = |verb: usize| analysis.child(verb, "nsubj").and_then(|c| place_at(context, c));
        let said_of = match (token.relation(), token.head) {
            ("appos" | "acl", Some(noun)) => place_at(context, noun),
            ("xcomp" | "obj", Some(verb)) if ["become", "remain"].contains(&analysis.tokens[verb].lemma.as_str()) => {
                subject_of(verb)
            }
            _ => subject_of(word),
        };
        out.extend(said_of.map(|place| Hold { place, holder }));
        match token.head {
            Some(head)
                if said_of.is_none() && matches!(token.relation(), "nmod" | "xcomp" | "obj" | "appos" | "acl") =>
            {
                word = head;
            }
            _ => break,
        }
    }
}

/// The place that stands before the noun's phrase, a comma between them, whatever the tree makes of it: "Kandahar, once the movement's
/// **stronghold**".
fn before_comma(context: &ClaimContext, at: usize) -> Option<usize> {
    let analysis = context.analysis;
    let tokens = &analysis.tokens;
    let start = phrase(analysis, at).start;
    let comma = (0..start).rev().find(|&i| !matches!(tokens[i].upos.as_str(), "ADV" | "SCONJ"))?;
    place_at(context, comma.checked_sub(1).filter(|_| tokens[comma].form == ",")?)
}
