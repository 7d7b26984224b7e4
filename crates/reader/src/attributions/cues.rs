//! Attributions whose cue stands in the sentence: the model's proposals, and what syntax adds to them.

use std::ops::Range;

use reportedly_record::{Analysis, Manner, Quote, SourceCue, SourceKind, Span};

use super::FoundAttribution;
use super::settings::setting;
use super::sources::{head_of, speaks};
use crate::entities::Entities;
use crate::stance::{Link, Stances};
use crate::syntax::{SlotOrigin, phrase, preposition_of, slots};

/// The model's cues as attributions; cueless content is left to the quotation stage.
pub fn from_model(analysis: &Analysis) -> Vec<FoundAttribution> {
    analysis
        .cues
        .iter()
        .filter_map(|seen| {
            let cue =
                seen.cue.clone().filter(|c| seen.score >= setting("least_score") && names_something(analysis, c))?;
            // "is reportedly seeking": the adverb is the source, whoever the verb's subject is.
            if let Some(made) = cue
                .clone()
                .filter(|&at| analysis.tokens[at].relation() == "advmod")
                .find_map(|at| unnamed(analysis, at))
            {
                return Some(made);
            }
            let content = runs(analysis, seen);
            let source = seen.source.iter().max_by_key(|r| r.len()).cloned().or_else(|| subject_of(analysis, &cue));
            if source.is_none() {
                // "is believed to": nobody is named, and syntax says so better.
                if let Some(made) = cue.clone().find_map(|at| unnamed(analysis, at)) {
                    return Some(made);
                }
            }
            (!content.is_empty()).then(|| FoundAttribution {
                source,
                entity: None,
                kind: SourceKind::Unspecified,
                named: false,
                link: link_of(analysis, &cue),
                cue: Some(cue),
                content,
                manner: Manner::Indirect,
                within: None,
                rule: "model",
            })
        })
        .collect()
}

/// A bare auxiliary reports nothing.
fn names_something(analysis: &Analysis, cue: &Range<usize>) -> bool {
    !cue.clone().all(|i| analysis.tokens[i].upos == "AUX")
}

/// What syntax sees and the model did not: complements of reporting words, "according to", "reportedly", "is believed to".
/// What is said inside a quotation is the speaker's own affair: there only the model is heard.
pub fn from_syntax(analysis: &Analysis, entities: &Entities, quotes: &[Quote], found: &mut Vec<FoundAttribution>) {
    for at in 0..analysis.tokens.len() {
        if found.iter().any(|a| a.cue.as_ref().is_some_and(|c| c.contains(&at))) {
            continue;
        }
        let said = || {
            let quoted = quotes.iter().any(|q| q.span.contains(analysis.tokens[at].span));
            complement(analysis, at).filter(|a| {
                !quoted && a.source.as_ref().is_some_and(|s| speaks(analysis, entities, head_of(analysis, s)))
            })
        };
        if let Some(attribution) = according_to(analysis, at).or_else(said).or_else(|| unnamed(analysis, at)) {
            let clash = found.iter().any(|a| {
                a.source == attribution.source
                    && a.source.is_some()
                    && a.content.iter().any(|c| attribution.content.iter().any(|d| c.overlaps(*d)))
            });
            if !clash {
                found.push(attribution);
            }
        }
    }
}

fn attribution(
    source: Option<Range<usize>>,
    cue: Range<usize>,
    content: Vec<Span>,
    link: Link,
    rule: &'static str,
) -> Option<FoundAttribution> {
    (!content.is_empty()).then_some(FoundAttribution {
        source,
        entity: None,
        kind: SourceKind::Unspecified,
        named: false,
        cue: Some(cue),
        content,
        manner: Manner::Indirect,
        within: None,
        link,
        rule,
    })
}

/// "according to X": everything else in the clause is X's.
fn according_to(analysis: &Analysis, at: usize) -> Option<FoundAttribution> {
    let token = &analysis.tokens[at];
    if token.lemma != "accord" && token.form.to_lowercase() != "according" {
        return None;
    }
    let (cue_end, noun) = if token.relation() == "case" {
        let fixed = analysis.children(at).filter(|&c| analysis.tokens[c].relation() == "fixed").max().unwrap_or(at);
        (fixed + 1, token.head?)
    } else {
        let noun = analysis.children(at).find(|&c| analysis.tokens[c].relation() == "obl")?;
        (at + 1, noun)
    };
    let (modifier, clause) =
        if token.relation() == "case" { (noun, analysis.tokens[noun].head?) } else { (at, token.head?) };
    let rest: Vec<usize> = analysis.subtree(clause).into_iter().filter(|&i| !analysis.dominates(modifier, i)).collect();
    attribution(Some(phrase(analysis, noun)), at..cue_end, spans(analysis, &rest), Link::Say, "syntax.according-to")
}

/// A reporting or speech-act word with a clause: "said that …", "'…', she said", "the report that …".
fn complement(analysis: &Analysis, at: usize) -> Option<FoundAttribution> {
    let token = &analysis.tokens[at];
    let signatures = Stances::built_in().signatures_of(&token.lemma, &token.upos);
    let link = signatures.iter().map(|s| s.link).find(|l| *l != Link::None)?;
    if token.upos != "VERB" && token.upos != "NOUN" {
        return None;
    }
    let clauses: Vec<usize> = analysis
        .children(at)
        .filter(|&c| match analysis.tokens[c].deprel.as_str() {
            "ccomp" => true,
            "xcomp" => link == Link::Act && token.upos == "VERB",
            // "the claim that …", "the order to …", not "the statement released today".
            "acl" => token.upos == "NOUN" && analysis.child(c, "mark").is_some(),
            _ => false,
        })
        .collect();
    let source = subject_of(analysis, &(at..at + 1));
    let tells = Stances::built_in().signature(&token.lemma, &token.upos, "obj").is_some_and(|s| s.link != Link::None);
    let told = analysis.children(at).find(|&c| tells && analysis.tokens[c].deprel == "nsubj:pass");
    let content: Vec<usize> = if let Some(told) = told.filter(|_| clauses.is_empty() && source.is_some()) {
        // "The raid was reported by residents": what is told is the subject.
        analysis.subtree(told)
    } else if clauses.is_empty() {
        // "…, she said" hangs under what is said.
        let host =
            token.head.filter(|_| token.relation() == "parataxis" && token.upos == "VERB" && source.is_some())?;
        analysis.subtree(host).into_iter().filter(|&i| !analysis.dominates(at, i)).collect()
    } else {
        clauses.iter().flat_map(|&c| analysis.subtree(c)).collect()
    };
    if source.is_none() && token.upos == "NOUN" && link == Link::Say {
        return None;
    }
    attribution(source, at..at + 1, spans(analysis, &content), link, "syntax.complement")
}

/// "reportedly", "is believed to": an unnamed source, standing in the words of the cue.
fn unnamed(analysis: &Analysis, at: usize) -> Option<FoundAttribution> {
    let token = &analysis.tokens[at];
    let stances = Stances::built_in();
    if token.relation() == "advmod" && stances.hedge(&token.lemma, "adv").is_some_and(|h| h.link) {
        let clause = token.head?;
        let rest: Vec<usize> = analysis.subtree(clause).into_iter().filter(|&i| i != at).collect();
        let mut made = attribution(Some(at..at + 1), at..at + 1, spans(analysis, &rest), Link::Say, "syntax.unnamed")?;
        made.source = Some(at..at + 1);
        return Some(made);
    }
    let passive = token.upos == "VERB" && crate::syntax::is_passive(analysis, at);
    let thought = stances.signature(&token.lemma, &token.upos, "xcomp").is_some_and(|s| s.link == Link::Say);
    let said = stances.signatures_of(&token.lemma, &token.upos).iter().any(|s| s.link == Link::Say);
    if !(passive && (thought || said)) || slots(analysis, at).iter().any(|s| s.name == "subj") {
        return None;
    }
    let clause =
        analysis.children(at).find(|&c| matches!(analysis.tokens[c].relation(), "xcomp" | "ccomp" | "csubj"))?;
    let mut rest = analysis.subtree(clause);
    if analysis.tokens[clause].relation() == "xcomp"
        && let Some(subject) = analysis.children(at).find(|&c| analysis.tokens[c].relation() == "nsubj")
    {
        rest.extend(analysis.subtree(subject));
        rest.sort_unstable();
    }
    let first = analysis.children(at).filter(|&c| analysis.tokens[c].deprel == "aux:pass").min().unwrap_or(at).min(at);
    attribution(Some(first..at + 1), first..at + 1, spans(analysis, &rest), Link::Say, "syntax.unnamed")
}

/// Who says it: the subject of the cue, as it stands or shared.
fn subject_of(analysis: &Analysis, cue: &Range<usize>) -> Option<Range<usize>> {
    let head = cue.clone().find(|&i| matches!(analysis.tokens[i].upos.as_str(), "VERB" | "NOUN")).unwrap_or(cue.start);
    let all = slots(analysis, head);
    let named = |name: &str, origin: Option<SlotOrigin>| {
        all.iter().find(|s| s.name == name && origin.is_none_or(|o| o == s.origin)).map(|s| s.filler)
    };
    let filler = if analysis.tokens[head].upos == "NOUN" {
        ["poss", "by", "from", "of", "mod"].iter().find_map(|slot| named(slot, None)).filter(|&f| {
            analysis.tokens[f].upos == "PROPN"
                || preposition_of(analysis, f).is_some()
                || analysis.tokens[f].deprel == "nmod:poss"
        })
    } else {
        named("subj", Some(SlotOrigin::Stated)).or_else(|| named("subj", None))
    }?;
    Some(phrase(analysis, filler))
}

fn link_of(analysis: &Analysis, cue: &Range<usize>) -> Link {
    let stances = Stances::built_in();
    let links: Vec<Link> = cue
        .clone()
        .flat_map(|i| stances.signatures_of(&analysis.tokens[i].lemma, &analysis.tokens[i].upos))
        .map(|s| s.link)
        .collect();
    // A word without any signature that the model takes for a cue reports something.
    [Link::Act, Link::Say].into_iter().find(|l| links.contains(l)).unwrap_or(if links.is_empty() {
        Link::Say
    } else {
        Link::None
    })
}

/// The content's runs as spans; gaps of nothing but punctuation are closed.
fn runs(analysis: &Analysis, seen: &SourceCue) -> Vec<Span> {
    let words: Vec<usize> = seen.content.iter().flat_map(|r| r.clone()).collect();
    spans(analysis, &words)
}

pub(super) fn spans(analysis: &Analysis, words: &[usize]) -> Vec<Span> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for &word in words {
        match out.last_mut() {
            Some(run) if (run.end..word).all(|i| analysis.tokens[i].upos == "PUNCT") => run.end = word + 1,
            _ => out.push(word..word + 1),
        }
    }
    out.into_iter().filter_map(|run| trimmed(analysis, run)).map(|run| analysis.span(run)).collect()
}

/// Without the commas and dashes at its edges; quotation marks stay.
fn trimmed(analysis: &Analysis, mut run: Range<usize>) -> Option<Range<usize>> {
    let loose =
        |i: usize| matches!(analysis.tokens[i].form.as_str(), "," | ";" | ":" | "-" | "–" | "—" | "(" | ")" | ".");
    while run.start < run.end && loose(run.start) {
        run.start += 1;
    }
    while run.end > run.start && loose(run.end - 1) {
        run.end -= 1;
    }
    (run.start < run.end).then_some(run)
}
