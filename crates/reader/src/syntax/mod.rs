//! Trees as the reader needs them: the slots of a predicate, and the phrase of a noun.
//!
//! Slots are normalised: a passive's patient is `obj` and its agent `subj`; what control, raising, relative
//! clauses and coordination leave out is filled in. What the slots *mean* is the lexicon's business.

mod arguments;
mod control;
mod phrases;

pub use arguments::{Slot, SlotOrigin, slots, surface_subject};
pub use phrases::{phrase, phrase_span, preposition_of};

use reportedly_record::Analysis;

/// Whether the token is a verb in the passive: with a passive subject or auxiliary, or a bare past participle on a noun.
pub fn is_passive(analysis: &Analysis, at: usize) -> bool {
    let token = &analysis.tokens[at];
    if token.upos != "VERB" {
        return false;
    }
    analysis
        .children(at)
        .any(|c| matches!(analysis.tokens[c].deprel.as_str(), "nsubj:pass" | "aux:pass" | "csubj:pass"))
        || (token.xpos == "VBN"
            && matches!(token.deprel.as_str(), "acl" | "amod" | "xcomp" | "advcl")
            && !has_auxiliary(analysis, at, "have"))
}

/// Whether an auxiliary with the lemma hangs on the token.
pub fn has_auxiliary(analysis: &Analysis, at: usize, lemma: &str) -> bool {
    analysis.children(at).any(|c| analysis.tokens[c].relation() == "aux" && analysis.tokens[c].lemma == lemma)
}

/// The first child whose lemma is one of `lemmas` under the relation.
pub fn child_with(analysis: &Analysis, at: usize, relation: &str, lemmas: &[&str]) -> Option<usize> {
    analysis.children(at).find(|&c| {
        let token = &analysis.tokens[c];
        token.relation() == relation && lemmas.contains(&token.lemma.as_str())
    })
}

/// The words above `at`, nearest first, `at` left out.
pub fn ancestors(analysis: &Analysis, at: usize) -> impl Iterator<Item = usize> + '_ {
    let limit = analysis.sentences[analysis.sentence_of(at)].tokens.len();
    std::iter::successors(analysis.tokens[at].head, |&i| analysis.tokens[i].head).take(limit)
}
