//! Where an event stands: status, polarity, certainty, probability, hedges.
//!
//! The verb group gives the first answer, then each governor above the event has its say through its signature.
//! Only the words of the sentence are read here; a time that lies ahead is the caller's business.

mod governors;
mod signatures;
mod tense;

pub use signatures::{Hedge, Link, Signature, Stances, StatusEffect};
pub use tense::{Tense, tense};

use reportedly_record::{Analysis, Article, Certainty, ParagraphKind, Polarity, Span, Status};

use crate::syntax::{ancestors, child_with, preposition_of};

/// What the text says of an event's standing.
#[derive(Debug, Clone, PartialEq)]
pub struct Stance {
    /// Where it stands.
    pub status: Status,
    /// Whether the claim is that it happens.
    pub polarity: Polarity,
    /// How far the innermost source commits itself.
    pub certainty: Certainty,
    /// ICD 203 band of a word of estimative probability.
    pub probability: Option<[f64; 2]>,
    /// The words that weaken it.
    pub hedges: Vec<Span>,
}

/// How many governors are asked; deeper embedding than this is beyond any reader.
const DEPTH: usize = 10;

/// Whether the word is a verb of saying: one whose content has its subject as a source.
pub fn is_saying(analysis: &Analysis, at: usize) -> bool {
    let token = &analysis.tokens[at];
    token.upos == "VERB"
        && Stances::built_in().signatures_of(&token.lemma, &token.upos).iter().any(|s| s.link != Link::None)
}

/// The stance of the event that `trigger` names; `light` is the verb that carries a noun's tense ("**held** talks").
pub fn stance(article: &Article, analysis: &Analysis, trigger: usize, light: Option<usize>) -> Stance {
    let view = View { article, analysis, stances: Stances::built_in() };
    let mut out = match light {
        Some(verb) => view.clause(verb, 0),
        None if view.is_verbal(trigger) => view.clause(trigger, 0),
        None => view.noun(trigger, 0),
    };
    if light.is_some() {
        view.modifiers(trigger, &mut out);
    }
    out.hedges.sort();
    out.hedges.dedup();
    out
}

struct View<'a> {
    article: &'a Article,
    analysis: &'a Analysis,
    stances: &'static Stances,
}

impl View<'_> {
    fn is_verbal(&self, at: usize) -> bool {
        let token = &self.analysis.tokens[at];
        matches!(token.upos.as_str(), "VERB" | "AUX")
            || self.analysis.children(at).any(|c| self.analysis.tokens[c].relation() == "cop")
    }

    fn kind(&self, at: usize) -> ParagraphKind {
        let sentence = &self.analysis.sentences[self.analysis.sentence_of(at)];
        self.article.paragraphs.get(sentence.paragraph).map_or(ParagraphKind::Body, |p| p.kind)
    }

    /// The stance of a clause headed by `at`, from its own words and then from what governs it.
    fn clause(&self, at: usize, depth: usize) -> Stance {
        let analysis = self.analysis;
        let token = &analysis.tokens[at];
        let (tense, hedge) = tense(analysis, at, self.kind(at));
        let mut out = Stance {
            status: Status::Occurred,
            polarity: Polarity::Positive,
            certainty: Certainty::Certain,
            probability: None,
            hedges: hedge.map(|h| analysis.tokens[h].span).into_iter().collect(),
        };
        let mut settled = true;
        match tense {
            Tense::Past => {}
            Tense::PastProgressive => {
                out.status = if self.is_reported(at) { Status::Ongoing } else { Status::Occurred };
            }
            Tense::Present => out.status = if self.is_performative(at) { Status::Occurred } else { Status::Ongoing },
            Tense::Future | Tense::Would => {
                out.status = if self.has_agent(at) { Status::Planned } else { Status::Expected };
            }
            Tense::Modal(status, certainty) => {
                out.status = status;
                out.certainty = certainty.unwrap_or(out.certainty);
            }
            Tense::None => settled = false,
        }
        if depth < DEPTH {
            if !settled {
                self.nonfinite(at, depth, &mut out);
            } else if matches!(token.relation(), "ccomp" | "parataxis" | "csubj") {
                if let Some(head) = token.head {
                    self.govern(head, "ccomp", depth, &mut out);
                }
            } else if (token.deprel == "acl" || token.relation() == "acl" && token.deprel != "acl:relcl")
                && let Some(head) = token.head
            {
                self.govern(head, "that", depth, &mut out);
            }
        }
        self.condition(at, tense, &mut out);
        self.modifiers(at, &mut out);
        if self.is_question(at) && token.head.is_none_or(|_| token.relation() == "root") {
            out.status = Status::Unreal;
            out.certainty = Certainty::Unspecified;
        }
        out
    }

    /// A clause without a finite verb has its standing from what it hangs on.
    fn nonfinite(&self, at: usize, depth: usize, out: &mut Stance) {
        let analysis = self.analysis;
        let token = &analysis.tokens[at];
        let Some(head) = token.head else {
            // A verbless or participial headline: "Dozens held in raid"; "Kim to travel".
            let to = child_with(analysis, at, "mark", &["to"]).is_some()
                || child_with(analysis, at, "aux", &["to"]).is_some();
            out.status = if to { Status::Planned } else { Status::Occurred };
            return;
        };
        let infinitive = child_with(analysis, at, "mark", &["to"]).is_some() || token.xpos == "VB";
        let marker = analysis
            .children(at)
            .find(|&c| analysis.tokens[c].relation() == "mark")
            .map(|c| analysis.tokens[c].lemma.as_str());
        match token.deprel.as_str() {
            "xcomp" | "ccomp" | "csubj" => {
                if !self.govern(head, "xcomp", depth, out) {
                    self.take(self.above(head, depth), out);
                    if infinitive && out.status == Status::Occurred && analysis.tokens[head].upos != "VERB" {
                        out.status = Status::Planned;
                    }
                }
            }
            "advcl" => match marker {
                Some(
                    marker
                    @ ("of" | "from" | "for" | "to" | "with" | "over" | "at" | "in" | "on" | "about" | "against"),
                ) if !infinitive && self.govern(head, marker, depth, out) => {}
                Some("without") => {
                    self.take(self.above(head, depth), out);
                    out.polarity = Polarity::Negative;
                }
                Some("before" | "until") => {
                    out.status = if self.above(head, depth).status == Status::Occurred {
                        Status::Occurred
                    } else {
                        Status::Expected
                    }
                }
                Some("after" | "since" | "despite" | "following") => {}
                Some("if" | "unless") => out.status = Status::Unreal,
                _ if infinitive => {
                    if !self.govern(head, "advcl", depth, out) && !self.govern(head, "xcomp", depth, out) {
                        out.status = Status::Planned;
                    }
                }
                _ => {
                    self.take(self.above(head, depth), out);
                    if token.xpos == "VBG" && out.status == Status::Occurred && !self.above_is_past(head) {
                        out.status = Status::Ongoing;
                    }
                }
            },
            "acl" if infinitive => {
                if !self.govern(head, "to-inf", depth, out) {
                    out.status = Status::Planned;
                }
            }
            "acl" | "acl:relcl" => {
                let marked = marker.filter(|_| !infinitive);
                if !(marked.is_some_and(|m| self.govern(head, m, depth, out))
                    || token.xpos == "VBG" && self.govern(head, "acl", depth, out))
                {
                    out.status = if token.xpos == "VBG" { Status::Ongoing } else { Status::Occurred };
                }
            }
            "amod" => out.status = if token.xpos == "VBG" { Status::Ongoing } else { Status::Occurred },
            "conj" => {
                let first =
                    if self.is_verbal(head) { self.clause(head, depth + 1) } else { self.noun(head, depth + 1) };
                self.take(first, out);
            }
            "obl" | "nmod" => {
                let slot = preposition_of(analysis, at).unwrap_or("of");
                if !self.govern(head, slot, depth, out) {
                    self.take(self.above(head, depth), out);
                }
            }
            "nsubj" | "nsubj:pass" | "obj" => {
                if !self.govern(head, "obj", depth, out) {
                    self.take(self.above(head, depth), out);
                }
            }
            _ => self.take(self.above(head, depth), out),
        }
    }

    /// The stance of an event noun without a light verb.
    fn noun(&self, at: usize, depth: usize) -> Stance {
        let analysis = self.analysis;
        let token = &analysis.tokens[at];
        let durative = self.stances.is_durative(&token.lemma);
        let mut out = Stance {
            status: if durative { Status::Ongoing } else { Status::Occurred },
            polarity: Polarity::Positive,
            certainty: Certainty::Certain,
            probability: None,
            hedges: Vec::new(),
        };
        if depth < DEPTH
            && let Some(head) = token.head
        {
            let slot = match token.deprel.as_str() {
                "obj" | "nsubj:pass" | "iobj" => "obj",
                "nsubj" => "subj",
                "obl" | "nmod" => preposition_of(analysis, at).unwrap_or("obl"),
                "compound" => "of",
                "conj" => "conj",
                "xcomp" => "xcomp",
                "ccomp" => "ccomp",
                _ => "",
            };
            let governor = &analysis.tokens[head];
            if slot == "conj" && !self.is_verbal(head) {
                self.take(self.noun(head, depth + 1), &mut out);
            } else if slot == "subj" && self.stances.is_occurrence(&governor.lemma) {
                self.take(self.clause(head, depth + 1), &mut out);
                let goes_on = self
                    .stances
                    .signature(&governor.lemma, "VERB", "obj")
                    .is_some_and(|s| s.status == StatusEffect::OngoingOf);
                if goes_on && out.status == Status::Occurred {
                    out.status = Status::Ongoing;
                }
                if durative
                    && out.status == Status::Occurred
                    && matches!(tense(analysis, head, self.kind(head)).0, Tense::Present)
                {
                    out.status = Status::Ongoing;
                }
            } else if slot == "subj" {
                if let Some(complement) =
                    analysis.child(head, "xcomp").filter(|&x| self.stances.is_occurrence(&analysis.tokens[x].lemma))
                {
                    self.take(self.clause(complement, depth + 1), &mut out);
                }
            } else if !slot.is_empty() && slot != "obl" {
                self.govern(head, slot, depth, &mut out);
            }
        }
        self.modifiers(at, &mut out);
        out
    }

    /// Negation, hedging adverbs and adjectives on the word itself.
    fn modifiers(&self, at: usize, out: &mut Stance) {
        if self.is_negated(at) {
            out.polarity = turned(out.polarity);
        }
        for child in self.analysis.children(at) {
            let token = &self.analysis.tokens[child];
            let pos = match token.relation() {
                "advmod" => "adv",
                "amod" => "adj",
                "aux" => "aux",
                _ => continue,
            };
            let Some(hedge) = self.stances.hedge(&token.lemma, pos) else { continue };
            if pos == "aux" {
                continue; // the tense has read it
            }
            out.status = hedge.status.unwrap_or(out.status);
            if let Some(certainty) = hedge.certainty {
                out.certainty = weaker(out.certainty, certainty);
                out.hedges.push(token.span);
            }
            out.probability = hedge.probability.or(out.probability);
            if hedge.negates {
                out.polarity = turned(out.polarity);
            }
        }
    }

    fn is_negated(&self, at: usize) -> bool {
        let negative = |t: &reportedly_record::Token| {
            t.has_feat("Polarity=Neg")
                || matches!(t.lemma.as_str(), "not" | "never" | "no" | "neither" | "nor" | "n't" | "no_longer")
        };
        self.analysis.children(at).any(|c| {
            let token = &self.analysis.tokens[c];
            match token.relation() {
                "advmod" | "det" | "cc" | "aux" => {
                    negative(token)
                        || token.lemma == "longer"
                            && self.analysis.children(c).any(|g| negative(&self.analysis.tokens[g]))
                }
                "nsubj" | "obj" => {
                    self.is_verbal(at)
                        && self.analysis.children(c).any(|g| {
                            let t = &self.analysis.tokens[g];
                            t.relation() == "det" && matches!(t.lemma.as_str(), "no" | "neither")
                        })
                        || matches!(token.lemma.as_str(), "nobody" | "none" | "no-one" | "nothing")
                }
                _ => false,
            }
        })
    }

    /// An if-clause is unreal; its main clause is conditional where it looks ahead.
    fn condition(&self, at: usize, tense: Tense, out: &mut Stance) {
        let analysis = self.analysis;
        let marks: Vec<&str> = analysis
            .children(at)
            .filter(|&c| analysis.tokens[c].relation() == "mark")
            .map(|c| analysis.tokens[c].lemma.as_str())
            .collect();
        if marks.contains(&"if") && analysis.tokens[at].relation() == "advcl" {
            out.status = Status::Unreal;
            out.certainty = Certainty::Unspecified;
        } else if marks.contains(&"unless") {
            out.status = Status::Conditional;
        } else if marks.contains(&"whether") {
            out.status = Status::Unreal;
            out.certainty = Certainty::Unspecified;
        }
        let conditioned = analysis.children(at).any(|c| {
            analysis.tokens[c].relation() == "advcl"
                && analysis.children(c).any(|m| {
                    analysis.tokens[m].relation() == "mark"
                        && matches!(analysis.tokens[m].lemma.as_str(), "if" | "unless" | "provided" | "providing")
                })
        });
        if conditioned
            && matches!(tense, Tense::Future | Tense::Would | Tense::Modal(..) | Tense::None)
            && out.status != Status::Threatened
        {
            out.status = Status::Conditional;
        }
    }

    fn is_question(&self, at: usize) -> bool {
        let sentence = &self.analysis.sentences[self.analysis.sentence_of(at)];
        sentence.span.of(&self.article.text).trim_end_matches(['"', '”', '’', '\'']).ends_with('?')
    }

    /// Whether a report in the past holds the clause: "said troops were advancing".
    fn is_reported(&self, at: usize) -> bool {
        ancestors(self.analysis, at).any(|a| {
            let t = &self.analysis.tokens[a];
            self.stances.signatures_of(&t.lemma, &t.upos).iter().any(|s| s.link != Link::None)
        })
    }

    /// "We urge", "I pledge": done in being said.
    fn is_performative(&self, at: usize) -> bool {
        let token = &self.analysis.tokens[at];
        self.stances.signatures_of(&token.lemma, &token.upos).iter().any(|s| s.link == Link::Act)
            && self
                .analysis
                .child(at, "nsubj")
                .is_some_and(|s| matches!(self.analysis.tokens[s].lemma.as_str(), "I" | "we"))
    }

    /// Whether the clause has somebody who acts in it, so that its future is a plan rather than a forecast.
    fn has_agent(&self, at: usize) -> bool {
        let analysis = self.analysis;
        if analysis.tokens[at].upos != "VERB" || crate::syntax::is_passive(analysis, at) {
            return analysis.children(at).any(|c| analysis.tokens[c].deprel == "nsubj:pass");
        }
        true
    }
}

fn turned(polarity: Polarity) -> Polarity {
    match polarity {
        Polarity::Positive => Polarity::Negative,
        Polarity::Negative => Polarity::Positive,
    }
}

/// The weaker of two commitments: no commitment below possible below probable below certain.
fn weaker(a: Certainty, b: Certainty) -> Certainty {
    let rank = |c: Certainty| match c {
        Certainty::Unspecified => 0,
        Certainty::Possible => 1,
        Certainty::Probable => 2,
        Certainty::Certain => 3,
    };
    if rank(a) <= rank(b) { a } else { b }
}
