//! Subjects that a clause leaves out: shared by coordination, control, raising and purpose.

use reportedly_record::{Analysis, Status};

use super::arguments::{Slot, SlotOrigin, antecedent, surface_subject, verb_slots};
use super::{is_passive, phrase, preposition_of};
use crate::stance::{Stances, StatusEffect};

/// Fills the subject (and a passive's patient) that the clause itself leaves out.
pub(super) fn share_subject<'a>(analysis: &'a Analysis, at: usize, out: &mut Vec<Slot<'a>>) {
    let passive = is_passive(analysis, at);
    let wanted = if passive { "obj" } else { "subj" };
    if out.iter().any(|s| s.name == wanted) {
        return;
    }
    let Some(head) = analysis.tokens[at].head else { return };
    let shared: Vec<usize> = match analysis.tokens[at].relation() {
        "xcomp" | "advcl" | "acl" if for_subject(analysis, at).is_some() => {
            for_subject(analysis, at).into_iter().collect()
        }
        "conj" => conjunct_subject(analysis, head),
        "xcomp" | "ccomp" if !has_own_subject(analysis, at) => controller(analysis, head),
        "advcl" if is_controlled(analysis, at) => controller(analysis, head),
        // "pressed the UK to do more **to free** them": the subject of the clause above, which may be shared itself.
        "advcl" if !has_own_subject(analysis, at) && is_controlled(analysis, head) => controller_above(analysis, head),
        "advcl" if !has_own_subject(analysis, at) => surface_subject(analysis, head).into_iter().collect(),
        "acl" => noun_controller(analysis, head),
        _ => Vec::new(),
    };
    for filler in shared {
        let filler = antecedent(analysis, head, filler);
        out.push(Slot { name: wanted, filler, origin: SlotOrigin::Shared });
    }
}

/// "called for **members** to resign", "demands for **troops** to leave" where the tree hangs them on the verb or noun.
pub(super) fn for_subject(analysis: &Analysis, at: usize) -> Option<usize> {
    let mark = analysis.children(at).find(|&c| {
        analysis.tokens[c].relation() == "mark" && analysis.tokens[c].lemma == "for" && has_marker_to(analysis, at)
    })?;
    let verb = analysis.tokens[at].head?;
    analysis
        .children(at)
        .chain(analysis.children(verb))
        .find(|&c| (mark..at).contains(&c) && matches!(analysis.tokens[c].relation(), "obl" | "obj" | "nsubj" | "nmod"))
}

fn is_controlled(analysis: &Analysis, at: usize) -> bool {
    let token = &analysis.tokens[at];
    let infinitive = token.relation() == "xcomp" || token.relation() == "advcl" && is_asked(analysis, at);
    infinitive && !has_own_subject(analysis, at)
}

fn controller_above(analysis: &Analysis, infinitive: usize) -> Vec<usize> {
    analysis.tokens[infinitive].head.map(|verb| controller(analysis, verb)).unwrap_or_default()
}

/// An infinitive that hangs loosely on a verb of asking is what is asked: "press **Ghana** to free them".
fn is_asked(analysis: &Analysis, at: usize) -> bool {
    let Some(verb) = analysis.tokens[at].head.map(|h| &analysis.tokens[h]).filter(|_| has_marker_to(analysis, at))
    else {
        return false;
    };
    let signature = Stances::built_in().signature(&verb.lemma, &verb.upos, "xcomp");
    signature.is_some_and(|s| s.status == StatusEffect::Becomes(Status::Requested))
        && analysis.child(analysis.tokens[at].head.unwrap_or(at), "obj").is_some()
}

fn has_own_subject(analysis: &Analysis, at: usize) -> bool {
    analysis.children(at).any(|c| analysis.tokens[c].relation() == "nsubj")
}

fn conjunct_subject(analysis: &Analysis, first: usize) -> Vec<usize> {
    let own: Vec<usize> = analysis.children(first).filter(|&c| analysis.tokens[c].relation() == "nsubj").collect();
    if !own.is_empty() {
        return own;
    }
    let shared: Vec<usize> = match analysis.tokens[first].upos.as_str() {
        "VERB" | "ADJ" | "AUX" => {
            let mut slots = Vec::new();
            verb_slots(analysis, first, &mut slots);
            share_subject(analysis, first, &mut slots);
            let wanted = if is_passive(analysis, first) { "obj" } else { "subj" };
            slots.iter().filter(|s| s.name == wanted).map(|s| s.filler).collect()
        }
        _ => Vec::new(),
    };
    shared
}

/// Who acts in an infinitive or participle under `head`: its object where it has one, else its subject.
fn controller(analysis: &Analysis, head: usize) -> Vec<usize> {
    let mut slots = Vec::new();
    if analysis.tokens[head].upos == "NOUN" {
        return noun_controller(analysis, head);
    }
    verb_slots(analysis, head, &mut slots);
    let subject_control = crate::lexicon::is_subject_control(&analysis.tokens[head].lemma);
    let pick = |name: &str| slots.iter().filter(|s| s.name == name).map(|s| s.filler).collect::<Vec<_>>();
    for name in if subject_control {
        ["subj", "obj", "iobj", "on", "upon", "for"]
    } else {
        // "called on / upon / for the king to resign".
        ["iobj", "obj", "on", "upon", "for", "subj"]
    } {
        let found = pick(name);
        if !found.is_empty() {
            return found;
        }
    }
    let mut shared = Vec::new();
    share_subject(analysis, head, &mut shared);
    shared.iter().map(|s| s.filler).collect()
}

/// "Objections to **Chad** inviting rebels", "reports of **troops** firing": the noun's own phrase that ends at the gerund.
pub(super) fn gerund_subject(analysis: &Analysis, at: usize, noun: usize) -> Option<usize> {
    let gerund = analysis.tokens[at].xpos == "VBG";
    analysis
        .children(noun)
        .filter(|_| gerund)
        .find(|&c| analysis.tokens[c].relation() == "nmod" && phrase(analysis, c).end == at)
}

/// Who acts in "the decision to …", "their attempt to …": the possessor or modifier of the noun, else the subject of its verb.
fn noun_controller(analysis: &Analysis, noun: usize) -> Vec<usize> {
    let own: Vec<usize> = analysis
        .children(noun)
        .filter(|&c| match analysis.tokens[c].deprel.as_str() {
            "nmod:poss" => true,
            "nmod" => matches!(preposition_of(analysis, c), Some("by" | "of" | "for" | "from")),
            "amod" | "compound" => {
                analysis.tokens[c].upos == "PROPN" || analysis.tokens[c].form.starts_with(char::is_uppercase)
            }
            _ => false,
        })
        .collect();
    if let Some(&first) = own.first() {
        return vec![first];
    }
    // "The town is on the verge of being taken".
    if let Some(subject) = analysis.child(noun, "nsubj") {
        return vec![subject];
    }
    match analysis.tokens[noun].head {
        Some(verb)
            if matches!(analysis.tokens[noun].relation(), "obj" | "obl") && analysis.tokens[verb].upos == "VERB" =>
        {
            let mut slots = Vec::new();
            verb_slots(analysis, verb, &mut slots);
            share_subject(analysis, verb, &mut slots);
            slots.iter().filter(|s| s.name == "subj").map(|s| s.filler).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether the clause is an infinitive.
pub(super) fn has_marker_to(analysis: &Analysis, at: usize) -> bool {
    analysis.children(at).any(|c| analysis.tokens[c].relation() == "mark" && analysis.tokens[c].lemma == "to")
}
