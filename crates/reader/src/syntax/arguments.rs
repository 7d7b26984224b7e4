//! The slots of a predicate: who stands where, after passive, control, raising, relative clauses and coordination.

use reportedly_record::Analysis;

use super::control::{for_subject, gerund_subject, has_marker_to, share_subject};
use super::{ancestors, child_with, is_passive, preposition_of};

/// One filled slot of a predicate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot<'a> {
    /// `subj`, `obj`, `iobj`, `xcomp`, `ccomp`, `poss`, `mod`, `advcl`, `adv`, or a preposition.
    pub name: &'a str,
    /// The head word of the filler.
    pub filler: usize,
    /// Whether it stands there or was filled in.
    pub origin: SlotOrigin,
}

/// How a slot came to be filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlotOrigin {
    /// The word hangs on the predicate.
    Stated,
    /// Control, raising, a relative clause or coordination supplies it.
    Shared,
}

/// Every slot of the predicate `at`, list members each in a row of their own.
pub fn slots(analysis: &Analysis, at: usize) -> Vec<Slot<'_>> {
    let mut out = Vec::new();
    if analysis.tokens[at].upos == "VERB" || analysis.tokens[at].upos == "ADJ" || analysis.tokens[at].upos == "AUX" {
        verb_slots(analysis, at, &mut out);
        share_subject(analysis, at, &mut out);
    } else {
        noun_slots(analysis, at, &mut out);
    }
    let listed: Vec<Slot> = out.iter().flat_map(|slot| members(analysis, *slot)).collect();
    out.extend(listed);
    out
}

/// The word in subject position, active or passive, its own or shared: what controls an adverbial clause.
pub fn surface_subject(analysis: &Analysis, at: usize) -> Option<usize> {
    let own = analysis.children(at).find(|&c| analysis.tokens[c].relation() == "nsubj");
    own.or_else(|| {
        let token = &analysis.tokens[at];
        let head = token.head?;
        match token.relation() {
            "conj" | "xcomp" | "advcl" | "parataxis" if head != at => surface_subject_above(analysis, head, at),
            "acl" => Some(head),
            _ => None,
        }
    })
}

fn surface_subject_above(analysis: &Analysis, head: usize, from: usize) -> Option<usize> {
    // Heads strictly above: the walk ends at the root, and a tree has no cycles to loop in.
    ancestors(analysis, from)
        .take_while(|&a| {
            a == head || matches!(analysis.tokens[a].relation(), "conj" | "xcomp" | "advcl" | "root" | "ccomp")
        })
        .find_map(|a| analysis.children(a).find(|&c| analysis.tokens[c].relation() == "nsubj"))
}

pub(super) fn verb_slots<'a>(analysis: &'a Analysis, at: usize, out: &mut Vec<Slot<'a>>) {
    let passive = is_passive(analysis, at);
    let asked = for_subject(analysis, at);
    for child in analysis.children(at) {
        let token = &analysis.tokens[child];
        let name = match token.deprel.as_str() {
            // "for **troops** to leave", the troops taken for an object.
            "obj" if asked == Some(child) => continue,
            "nsubj" | "nsubj:outer" if !passive => "subj",
            "nsubj" | "nsubj:pass" => "obj",
            "obj" if passive => "obj2",
            "obj" => "obj",
            // "urged them to go" has its person as indirect object, and nothing given.
            "iobj" if !analysis.children(at).any(|c| analysis.tokens[c].relation() == "obj") => "obj",
            "iobj" => "iobj",
            "xcomp" => "xcomp",
            "ccomp" | "csubj" | "csubj:pass" => "ccomp",
            "obl:agent" if passive => "subj",
            "advcl" | "advcl:relcl" => "advcl",
            "advmod" => "adv",
            "parataxis" => "parataxis",
            _ if token.relation() == "obl" => match preposition_of(analysis, child) {
                Some("by") if passive && token.deprel == "obl" => "subj",
                Some(preposition) => preposition,
                None => "obl",
            },
            _ => continue,
        };
        let filler =
            if name == "subj" || name == "obj" || name == "iobj" { antecedent(analysis, at, child) } else { child };
        out.push(Slot { name, filler, origin: SlotOrigin::Stated });
    }
    // "to the people of X" and the like keep their noun; a participle before its noun has it as patient or agent.
    let token = &analysis.tokens[at];
    if let Some(head) = token.head {
        match token.deprel.as_str() {
            "amod" => {
                let name = if token.xpos == "VBG" { "subj" } else { "obj" };
                out.push(Slot { name, filler: head, origin: SlotOrigin::Shared });
            }
            // What a marker ties to the noun is no description of it: "the risk **of** being killed".
            "acl" if analysis.child(at, "mark").is_some_and(|m| analysis.tokens[m].lemma != "as") => {}
            "acl" => {
                let name = if token.xpos == "VBN" { "obj" } else { "subj" };
                if !out.iter().any(|s| s.name == name) {
                    let filler = gerund_subject(analysis, at, head).unwrap_or(head);
                    out.push(Slot { name, filler, origin: SlotOrigin::Shared });
                }
            }
            "acl:relcl" => relative_gap(analysis, at, head, passive, out),
            _ => {}
        }
    }
}

/// A relative clause without a pronoun for its gap: "the town (that) rebels seized".
fn relative_gap<'a>(analysis: &'a Analysis, at: usize, antecedent: usize, passive: bool, out: &mut Vec<Slot<'a>>) {
    if out.iter().any(|s| s.filler == antecedent) {
        return;
    }
    let has = |name: &str| out.iter().any(|s| s.name == name);
    let name = if !has("subj") && !passive {
        "subj"
    } else if !has("obj") {
        "obj"
    } else {
        return;
    };
    if analysis.tokens[at].upos == "VERB" {
        out.push(Slot { name, filler: antecedent, origin: SlotOrigin::Shared });
    }
}

/// What a relative pronoun stands for; any other word stands for itself.
pub(super) fn antecedent(analysis: &Analysis, predicate: usize, filler: usize) -> usize {
    let token = &analysis.tokens[filler];
    let relative = token.has_feat("PronType=Rel") || matches!(token.xpos.as_str(), "WP" | "WDT");
    if !relative {
        return filler;
    }
    std::iter::once(predicate)
        .chain(ancestors(analysis, predicate))
        .find(|&a| analysis.tokens[a].deprel == "acl:relcl")
        .and_then(|a| analysis.tokens[a].head)
        .unwrap_or(filler)
}

fn noun_slots<'a>(analysis: &'a Analysis, at: usize, out: &mut Vec<Slot<'a>>) {
    // Whose clause "for" marks is no modifier of the noun.
    let asked: Vec<usize> = analysis.children(at).filter_map(|c| for_subject(analysis, c)).collect();
    for child in analysis.children(at).filter(|c| !asked.contains(c)) {
        let token = &analysis.tokens[child];
        let name = match token.deprel.as_str() {
            "nmod:poss" => "poss",
            "amod" | "compound" | "nmod:desc" => "mod",
            "acl" if has_marker_to(analysis, child) => "to-inf",
            "acl" if token.xpos == "VBG" || token.xpos == "VBN" => "acl",
            "acl" | "ccomp" => "that",
            // "Demands that he go", taken for a relative clause.
            "acl:relcl" if child_with(analysis, child, "mark", &["that"]).is_some() => "that",
            "nsubj" => "subj",
            _ if matches!(token.relation(), "nmod" | "obl") => preposition_of(analysis, child).unwrap_or("mod"),
            _ => continue,
        };
        out.push(Slot { name, filler: child, origin: SlotOrigin::Stated });
    }
}

/// The other members of a list: "troops, police **and militias**".
fn members<'a>(analysis: &'a Analysis, slot: Slot<'a>) -> Vec<Slot<'a>> {
    if matches!(slot.name, "xcomp" | "ccomp" | "advcl" | "adv" | "acl" | "to-inf" | "that" | "parataxis") {
        return Vec::new();
    }
    analysis
        .children(slot.filler)
        .filter(|&c| {
            analysis.tokens[c].relation() == "conj" && !matches!(analysis.tokens[c].upos.as_str(), "VERB" | "AUX")
        })
        .map(|filler| Slot { filler, ..slot })
        .collect()
}
