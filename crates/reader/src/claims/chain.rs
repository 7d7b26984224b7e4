//! The chain of sources that a claim rests on, and the speech act that carries it.

use super::triggers::Trigger;
use super::{ClaimContext, Draft};
use crate::attributions::FoundAttribution;
use crate::lexicon::{SlotRole, built_in};
use crate::stance::{Link, Stances};
use crate::syntax::ancestors;

/// Indices of the attributions whose content holds the trigger, outermost first.
pub fn chain_of(context: &ClaimContext, trigger: &Trigger) -> Vec<usize> {
    let span = context.analysis.span(trigger.tokens.clone());
    let holds = |a: &FoundAttribution| {
        a.link != Link::None
            && a.holds(span)
            && a.cue.as_ref().is_none_or(|c| !c.contains(&trigger.head))
            && a.source.as_ref().is_none_or(|s| !s.contains(&trigger.head))
            && !is_aside(context, a, trigger.head)
            && !is_beside(context, a, trigger.head)
    };
    let mut links: Vec<usize> = (0..context.attributions.len()).filter(|&i| holds(&context.attributions[i])).collect();
    links.sort_by_key(|&i| {
        let attribution = &context.attributions[i];
        let held = attribution.content.iter().find(|c| c.contains(span)).map_or(0, |c| c.end - c.start);
        std::cmp::Reverse(held)
    });
    // The same source twice in a row is one link, and so is a quotation's own "I" or "we".
    let mut out: Vec<usize> = Vec::new();
    for i in links {
        let same = out.last().is_some_and(|&last| same_source(context, last, i));
        if !same && !is_first_person(context, i) && context.attributions[i].source.is_some() {
            out.push(i);
        }
    }
    out
}

fn same_source(context: &ClaimContext, a: usize, b: usize) -> bool {
    let (a, b) = (&context.attributions[a], &context.attributions[b]);
    a.entity.is_some() && a.entity == b.entity || a.source.is_some() && a.source == b.source
}

fn is_first_person(context: &ClaimContext, i: usize) -> bool {
    context.attributions[i].source.as_ref().is_some_and(|s| {
        s.len() == 1
            && matches!(
                context.analysis.tokens[s.start].lemma.to_lowercase().as_str(),
                "i" | "we" | "us" | "me" | "our" | "my"
            )
    })
}

/// What hangs on the cue itself and is no complement of it is not reported: "said so **as he visited**", "denounced **the visit**".
fn is_beside(context: &ClaimContext, attribution: &FoundAttribution, token: usize) -> bool {
    let analysis = context.analysis;
    let Some(cue) = attribution
        .cue
        .clone()
        .and_then(|c| c.into_iter().find(|&i| matches!(analysis.tokens[i].upos.as_str(), "VERB" | "NOUN")))
    else {
        return false;
    };
    let path: Vec<usize> = std::iter::once(token).chain(ancestors(analysis, token)).collect();
    let Some(at) = path.iter().position(|&p| p == cue) else { return false };
    let Some(&below) = at.checked_sub(1).and_then(|i| path.get(i)) else { return false };
    let signatures = Stances::built_in();
    let word = &analysis.tokens[cue];
    let child = &analysis.tokens[below];
    if signatures.signatures_of(&word.lemma, &word.upos).is_empty() {
        return false;
    }
    let slot = match child.relation() {
        "obj" => "obj",
        "advcl" => analysis
            .children(below)
            .find(|&c| analysis.tokens[c].relation() == "mark")
            .map_or("advcl", |m| analysis.tokens[m].lemma.as_str()),
        "obl" | "nmod" => crate::syntax::preposition_of(analysis, below).unwrap_or("obl"),
        _ => return false,
    };
    signatures.signature(&word.lemma, &word.upos, slot).is_none()
}

/// A non-restrictive relative clause inside reported speech is the publisher's own: ", which …".
fn is_aside(context: &ClaimContext, attribution: &FoundAttribution, token: usize) -> bool {
    let analysis = context.analysis;
    let quoted = attribution.manner != reportedly_record::Manner::Indirect;
    !quoted
        && std::iter::once(token).chain(ancestors(analysis, token)).any(|a| {
            analysis.tokens[a].deprel == "acl:relcl"
                && attribution.holds(analysis.tokens[a].span)
                && analysis.subtree(a).first().is_some_and(|&first| {
                    first > 0 && analysis.tokens[first - 1].form == "," || analysis.tokens[first].form == ","
                })
                && analysis.tokens[a].head.is_some_and(|h| attribution.holds(analysis.tokens[h].span))
        })
}

/// The nearest speech-act claim in whose content the claim stands.
pub fn speech_act_above(context: &ClaimContext, drafts: &[Draft], number: usize) -> Option<usize> {
    let analysis = context.analysis;
    let lexicon = built_in();
    let own = drafts[number].trigger.head;
    let mut path: Vec<usize> = vec![own];
    path.extend(ancestors(analysis, own));
    let mut best: Option<(usize, usize)> = None;
    for (i, draft) in drafts.iter().enumerate() {
        if i == number {
            continue;
        }
        let content =
            draft.trigger.slots.iter().filter(|s| lexicon.role(draft.trigger.entry, s.name) == Some(SlotRole::Content));
        for slot in content {
            if let Some(distance) = path.iter().position(|&p| p == slot.filler)
                && best.is_none_or(|(d, _)| distance < d)
            {
                best = Some((distance, i));
            }
        }
    }
    best.map(|(_, i)| i)
}
