//! Where: the places that syntax ties to the event, not the nearest ones.
//!
//! In this order: the clause's own antecedent ("Douma, where …"), the event's own adverbials, the place that is its target
//! ("seized Afrin"), and the adverbials of the words that lend theirs ([`super::setting`]).

use std::sync::OnceLock;

use reportedly_record::{ClaimPlace, EntityKind, EventType, MentionForm, Role};

use super::ClaimContext;
use super::head::weight;
use super::participants::FoundParticipant;
use super::setting::hosts;
use super::triggers::Trigger;
use crate::entities::EntityMention;
use crate::places::lookup::is_direction;
use crate::syntax::preposition_of;

/// A claim names two places at most.
const MOST: usize = 2;

/// Where the event takes place.
pub fn places_of(context: &ClaimContext, trigger: &Trigger, participants: &[FoundParticipant]) -> Vec<ClaimPlace> {
    let own: Vec<usize> = std::iter::once(trigger.head).chain(trigger.light).collect();
    let lent = hosts(context, trigger);
    let mut out: Vec<ClaimPlace> = own.iter().filter_map(|&at| where_antecedent(context, at)).collect();
    for host in own.iter().chain(lent.iter().filter(|h| !own.contains(h))) {
        if out.is_empty() && *host != trigger.head && Some(*host) != trigger.light {
            out.extend(target(context, trigger, participants));
        }
        if !out.is_empty() {
            break;
        }
        out.extend(adverbials(context, trigger, *host));
    }
    if out.is_empty() {
        out.extend(target(context, trigger, participants));
    }
    if out.is_empty() {
        out.extend(by_head(context, trigger));
    }
    out.truncate(MOST);
    out
}

/// The place that the model's head is surest of, where syntax ties none.
fn by_head(context: &ClaimContext, trigger: &Trigger) -> Option<ClaimPlace> {
    let sentence = &context.analysis.sentences[context.analysis.sentence_of(trigger.head)].tokens;
    let chances = &trigger.cue?.place;
    let mut likely: Vec<usize> =
        sentence.clone().filter(|&i| chances.get(i - sentence.start).is_some_and(|&p| p >= weight("place"))).collect();
    likely.sort_by(|&a, &b| chances[b - sentence.start].total_cmp(&chances[a - sentence.start]));
    likely.into_iter().find_map(|at| place_at(context, at, false))
}

/// "the suburbs of Damascus, **where** 69 people were killed".
fn where_antecedent(context: &ClaimContext, at: usize) -> Option<ClaimPlace> {
    let tokens = &context.analysis.tokens;
    let relative = tokens[at].relation() == "acl"
        && context.analysis.children(at).any(|c| tokens[c].relation() == "advmod" && tokens[c].lemma == "where");
    place_at(context, tokens[at].head.filter(|_| relative)?, false)
}

/// The phrases of place that hang on the word; on an event noun also those that hang on its "of" phrase: "a meeting of rival
/// groups **in Riyadh**".
fn adverbials(context: &ClaimContext, trigger: &Trigger, host: usize) -> Vec<ClaimPlace> {
    let analysis = context.analysis;
    let phrases = |at: usize| {
        analysis
            .children(at)
            .filter(|&c| matches!(analysis.tokens[c].relation(), "obl" | "nmod"))
            .collect::<Vec<usize>>()
    };
    let moves = moves(trigger);
    let found = |at: &[usize]| -> Vec<ClaimPlace> {
        at.iter()
            .filter_map(|&child| match preposition_of(analysis, child).and_then(kind_of)? {
                "to" if !moves => None,
                kind => place_at(context, child, kind != "at"),
            })
            .collect()
    };
    let mut out = found(&phrases(host));
    if out.is_empty() && trigger.entry.noun && host == trigger.head {
        let inner: Vec<usize> = phrases(host)
            .into_iter()
            .filter(|&c| preposition_of(analysis, c) == Some("of"))
            .flat_map(phrases)
            .filter(|&c| preposition_of(analysis, c) != Some("from"))
            .collect();
        out = found(&inner);
    }
    if out.is_empty() && visits(trigger) {
        // "a UK state visit"
        out.extend(
            analysis
                .children(host)
                .filter(|&c| analysis.tokens[c].relation() == "compound")
                .filter_map(|c| place_at(context, c, true)),
        );
    }
    out
}

/// What is visited, seized, attacked, entered or fled is where that happens.
fn target(context: &ClaimContext, trigger: &Trigger, participants: &[FoundParticipant]) -> Option<ClaimPlace> {
    let attacked = matches!(trigger.entry.kind, EventType::Assault | EventType::Coerce);
    if !attacked && !moves(trigger) {
        return None;
    }
    let tokens = &context.analysis.tokens;
    participants.iter().filter(|p| matches!(p.role, Role::Recipient | Role::Object)).find_map(|p| {
        let head = p.head;
        // A state that is attacked is the one who is attacked; its east is a place.
        let part_of_state =
            || context.analysis.children(head).any(|c| tokens[c].relation() == "amod" && is_direction(&tokens[c].form));
        let kind = context.entities.rows[p.entity?].record.kind;
        let stands = match kind {
            EntityKind::Place => true,
            EntityKind::Country => !attacked || part_of_state(),
            _ => false,
        };
        stands.then(|| place_at(context, head, false)).flatten()
    })
}

fn moves(trigger: &Trigger) -> bool {
    matches!(trigger.entry.kind, EventType::Retreat | EventType::Mobilize)
        || matches!(trigger.mode.as_deref(), Some("visit" | "expel"))
}

fn visits(trigger: &Trigger) -> bool {
    trigger.mode.as_deref() == Some("visit")
}

/// The place that a phrase names: its head where that is a name, else the name in it ("the town **of Afrin**"), else the head
/// if it is a definite one ("the city"). Areas that nobody names are no place to write down.
fn place_at(context: &ClaimContext, head: usize, head_only: bool) -> Option<ClaimPlace> {
    let analysis = context.analysis;
    let mention = |at: usize| {
        context.entities.mention_of(at).filter(|m| {
            m.head == at
                && m.form != MentionForm::Pronoun
                && matches!(context.entities.rows[m.entity].record.kind, EntityKind::Place | EntityKind::Country)
        })
    };
    let named = |m: &&EntityMention| {
        context.entities.rows[m.entity].record.mentions.iter().any(|m| m.form == MentionForm::Name)
    };
    let inner = |relation: &str| {
        analysis
            .children(head)
            .filter(|&c| analysis.tokens[c].relation() == relation && analysis.tokens[c].deprel != "nmod:poss")
            .find_map(|c| mention(c).filter(named))
    };
    let definite = |m: &&EntityMention| analysis.tokens[m.tokens.start].has_feat("Definite=Def");
    let found = mention(head).filter(named).or_else(|| {
        (!head_only)
            .then(|| {
                ["nmod", "appos", "compound", "flat"]
                    .into_iter()
                    .find_map(inner)
                    .or_else(|| mention(head).filter(definite))
            })
            .flatten()
    })?;
    Some(ClaimPlace {
        entity: Some(context.entities.rows[found.entity].record.id.clone()),
        span: analysis.span(found.tokens.clone()),
    })
}

/// How a preposition counts, where it is one of place.
fn kind_of(preposition: &str) -> Option<&'static str> {
    static TABLE: OnceLock<Vec<(&'static str, &'static str)>> = OnceLock::new();
    TABLE
        .get_or_init(|| {
            include_str!("../../data/places/prepositions.tsv")
                .lines()
                .filter(|l| !l.starts_with('#'))
                .filter_map(|l| l.split_once('\t'))
                .collect()
        })
        .iter()
        .find(|(p, _)| *p == preposition)
        .map(|(_, kind)| *kind)
}
