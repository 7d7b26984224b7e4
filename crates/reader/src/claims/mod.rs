//! Claims: which words put forward an event, who takes part, how it stands, on whose word, when and where.
//!
//! [`find_claims`] is the order of the work; each step has a file.

mod chain;
mod confidence;
mod head;
mod holders;
mod location;
mod participants;
mod quantities;
mod roles;
mod setting;
mod triggers;
mod words;

use reportedly_record::{Analysis, Article, Claim, Entity, EntityKind, EventType, Polarity, Role, Status};

use crate::attributions::FoundAttribution;
use crate::entities::Entities;
use crate::ontology::Ontology;
use crate::stance::{Stance, stance};
use crate::times::{ResolvedTime, TimeRange};

pub use participants::FoundParticipant;
pub use triggers::{Trigger, find_triggers};

/// What the claims stage reads.
pub struct ClaimContext<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its words and trees.
    pub analysis: &'a Analysis,
    /// Its entities.
    pub entities: &'a Entities,
    /// Its expressions of time, in text order.
    pub times: &'a [ResolvedTime],
    /// Its ranges of time.
    pub ranges: &'a [TimeRange],
    /// Its attributions, ids by position.
    pub attributions: &'a [FoundAttribution],
}

/// A claim in the making: indices instead of ids.
pub(crate) struct Draft<'a> {
    trigger: Trigger<'a>,
    participants: Vec<FoundParticipant>,
    stance: Stance,
}

/// The article's claims in text order.
pub fn find_claims(context: &ClaimContext) -> Vec<Claim> {
    let holders = holders::Holders::of(context);
    let mut drafts: Vec<Draft> = find_triggers(context)
        .into_iter()
        .map(|trigger| Draft {
            participants: participants::find(context, &trigger, &holders),
            stance: checked_stance(context, &trigger),
            trigger,
        })
        .filter(|draft| is_political(context, draft))
        .collect();
    merge_within_sentences(context, &mut drafts);
    let mut claims = Vec::with_capacity(drafts.len());
    for (number, draft) in drafts.iter().enumerate() {
        let mut claim = write_down(context, draft, number);
        if let Some(outer) = chain::speech_act_above(context, &drafts, number) {
            claim.within = Some(format!("c{}", outer + 1));
        }
        claims.push(claim);
    }
    claims
}

fn checked_stance(context: &ClaimContext, trigger: &Trigger) -> Stance {
    let mut out = stance(context.article, context.analysis, trigger.head, trigger.light);
    head::check(&mut out, trigger);
    out
}

/// A political actor takes part, or the event is of a kind that is political whoever takes part.
fn is_political(context: &ClaimContext, draft: &Draft) -> bool {
    let by_words = participants::is_word(draft.trigger.entry.kind) && draft.trigger.entry.kind != EventType::Threaten;
    if by_words && is_private(context, draft) {
        return false;
    }
    if draft.trigger.cue.is_some_and(|c| c.chance >= head::weight("political")) {
        return true;
    }
    let of = |role: Role| draft.participants.iter().filter(move |p| p.role == role);
    let someone = |p: &FoundParticipant| p.entity.is_some_and(|e| participants::is_actor(&context.entities.rows[e]));
    if of(Role::Actor).any(someone) || of(Role::Recipient).any(someone) {
        return true;
    }
    // Nobody named: war, ceasefire, summit, sanctions are political by themselves; criticism and help are not.
    let by_itself = matches!(
        draft.trigger.entry.kind,
        EventType::Assault
            | EventType::Coerce
            | EventType::Mobilize
            | EventType::Protest
            | EventType::Sanction
            | EventType::Retreat
            | EventType::Consult
            | EventType::Agree
    );
    draft.trigger.entry.noun && by_itself && draft.trigger.entry.needs.is_empty()
}

/// Whether private persons are by themselves: "she called her husband". Somebody of whom nothing is known may be anybody.
fn is_private(context: &ClaimContext, draft: &Draft) -> bool {
    let parties = draft.participants.iter().filter(|p| matches!(p.role, Role::Actor | Role::Recipient));
    let rows: Vec<_> = parties.map(|p| p.entity.map(|e| &context.entities.rows[e].record)).collect();
    let private = |sector: Option<&str>| matches!(sector, None | Some("CVL"));
    let person = |r: &Entity| r.kind == EntityKind::Person && private(r.sector.as_deref());
    rows.iter().flatten().any(|r| r.sector.is_some()) && rows.iter().all(|r| r.is_none_or(person))
}

/// One event named by verb and noun in one sentence is one claim, at the word that carries the participants.
fn merge_within_sentences(context: &ClaimContext, drafts: &mut Vec<Draft>) {
    let analysis = context.analysis;
    let mut gone = vec![false; drafts.len()];
    for i in 0..drafts.len() {
        for j in 0..drafts.len() {
            if i == j || gone[i] || gone[j] {
                continue;
            }
            let (keep, drop) = (&drafts[i], &drafts[j]);
            let (a, b) = (keep.trigger.head, drop.trigger.head);
            if analysis.sentence_of(a) != analysis.sentence_of(b) || keep.trigger.entry.kind != drop.trigger.entry.kind
            {
                continue;
            }
            // The noun hangs on the verb ("wounded in the attack") or is its cause ("the attack killed").
            let hangs = drop.trigger.entry.noun
                && analysis.tokens[b].head == Some(a)
                && matches!(analysis.tokens[b].relation(), "obl" | "nsubj")
                && !keep.trigger.entry.noun;
            let poorer = keep.participants.len() >= drop.participants.len();
            gone[j] = hangs
                && poorer
                && keep.stance.status == drop.stance.status
                && keep.stance.polarity == drop.stance.polarity;
        }
    }
    let mut at = 0;
    drafts.retain(|_| {
        at += 1;
        !gone[at - 1]
    });
}

fn write_down(context: &ClaimContext, draft: &Draft, number: usize) -> Claim {
    let analysis = context.analysis;
    let trigger = &draft.trigger;
    let span = analysis.span(trigger.tokens.clone());
    let mut stance = draft.stance.clone();
    let time = setting::time_of(context, trigger);
    settle_by_time(context, &mut stance, time.as_ref().and_then(|t| t.start.as_deref()));
    let chain = chain::chain_of(context, trigger);
    let sentence = analysis.sentence_of(trigger.head);
    let lemmas = analysis.tokens[analysis.sentences[sentence].tokens.clone()].iter().map(|t| t.lemma.as_str());
    let mut contexts: Vec<String> = trigger.entry.contexts.iter().map(|c| c.replace('_', " ")).collect();
    for evoked in Ontology::built_in().contexts_of(lemmas) {
        if !contexts.iter().any(|c| c == evoked) {
            contexts.push(evoked.to_owned());
        }
    }
    Claim {
        id: format!("c{}", number + 1),
        trigger: span,
        sentence: analysis.sentences[sentence].span,
        event: (!is_standing(context, trigger)).then(|| {
            Ontology::built_in().event(
                trigger.entry.kind,
                trigger.mode.as_deref(),
                stance.status,
                stance.polarity,
                contexts,
            )
        }),
        participants: draft
            .participants
            .iter()
            .map(|p| reportedly_record::Participant {
                role: p.role,
                entity: p.entity.map(|e| context.entities.rows[e].record.id.clone()),
                span: p.span,
            })
            .collect(),
        quantities: quantities::of(context, trigger, &draft.participants),
        places: location::places_of(context, trigger, &draft.participants),
        time,
        status: stance.status,
        polarity: stance.polarity,
        certainty: stance.certainty,
        probability: stance.probability,
        hedges: stance.hedges,
        attribution: chain.iter().map(|i| format!("a{}", i + 1)).collect(),
        within: None,
        rule: trigger.rule.clone(),
        confidence: confidence::of(draft),
    }
}

/// What lasts is a fact about its parties and no event: "controls the port", "US-backed".
fn is_standing(context: &ClaimContext, trigger: &Trigger) -> bool {
    let tokens = &context.analysis.tokens;
    let compound =
        trigger.head > 0 && tokens[trigger.head - 1].form == "-" && tokens[trigger.head].relation() == "amod";
    trigger.entry.standing || compound
}

/// A date ahead of publication turns what sounds done or under way into a plan: "arrives on Friday".
fn settle_by_time(context: &ClaimContext, stance: &mut Stance, start: Option<&str>) {
    let (Some(published), Some(start)) = (context.article.published.as_deref(), start.and_then(|s| s.get(..10))) else {
        return;
    };
    if start > published
        && matches!(stance.status, Status::Occurred | Status::Ongoing)
        && stance.polarity == Polarity::Positive
    {
        stance.status = Status::Planned;
    }
}
