//! The tense of a clause: what its verb group alone says of when and whether.

use reportedly_record::{Analysis, Certainty, ParagraphKind, Status};

use super::signatures::{Modal, Stances};

/// What the verb group says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tense {
    /// Simple past, perfects.
    Past,
    /// was doing.
    PastProgressive,
    /// has been doing, is doing, does.
    Present,
    /// will, shall, is going to.
    Future,
    /// would.
    Would,
    /// may, can, should …
    Modal(Status, Option<Certainty>),
    /// No finite verb: infinitive, participle, bare noun.
    None,
}

/// The tense of the clause that the word heads, and the auxiliary's token where one hedges.
pub fn tense(analysis: &Analysis, at: usize, kind: ParagraphKind) -> (Tense, Option<usize>) {
    let token = &analysis.tokens[at];
    let auxiliaries: Vec<usize> =
        analysis.children(at).filter(|&c| matches!(analysis.tokens[c].relation(), "aux" | "cop")).collect();
    for &aux in &auxiliaries {
        if analysis.tokens[aux].xpos == "MD"
            || analysis.tokens[aux].has_feat("VerbForm=Fin") && analysis.tokens[aux].upos == "AUX"
        {
            match Stances::built_in().modal(&analysis.tokens[aux].lemma) {
                Some(Modal::Future) => return (Tense::Future, None),
                Some(Modal::Would) => return (Tense::Would, None),
                Some(Modal::Status(status, certainty)) => return (Tense::Modal(status, certainty), Some(aux)),
                None => {}
            }
        }
    }
    let has = |lemma: &str, past: bool| {
        auxiliaries.iter().any(|&a| {
            let t = &analysis.tokens[a];
            t.lemma == lemma
                && (t.has_feat("Tense=Past") || t.xpos == "VBD") == past
                && t.xpos != "VBG"
                && t.xpos != "VB"
        })
    };
    let progressive = token.xpos == "VBG";
    if has("have", false) {
        return (if progressive { Tense::Present } else { Tense::Past }, None);
    }
    if has("have", true) {
        return (Tense::Past, None);
    }
    if has("be", true) || has("get", true) {
        return (if progressive { Tense::PastProgressive } else { Tense::Past }, None);
    }
    if has("be", false) || has("get", false) {
        // "is going to": the future of what stands under it is handled as a signature of `go`; the passive present
        // of an act ("is killed") is reported as it happens.
        return (Tense::Present, None);
    }
    if has("do", true) {
        return (Tense::Past, None);
    }
    if has("do", false) {
        return (Tense::Present, None);
    }
    match token.xpos.as_str() {
        "VBD" => (Tense::Past, None),
        // Headlines put the past in the present: "Troops storm palace".
        "VBZ" | "VBP" if kind == ParagraphKind::Title => (Tense::Past, None),
        "VBN" if kind == ParagraphKind::Title && token.head.is_none() => (Tense::Past, None),
        "VBZ" | "VBP" => (Tense::Present, None),
        _ if token.has_feat("Tense=Past") && token.has_feat("VerbForm=Fin") => (Tense::Past, None),
        _ if token.has_feat("VerbForm=Fin") => (Tense::Present, None),
        _ => (Tense::None, None),
    }
}
