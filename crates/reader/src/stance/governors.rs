//! What a governing word makes of the event in one of its slots.

use reportedly_record::{Certainty, Polarity, Status};

use super::{DEPTH, Link, Stance, StatusEffect, Tense, View, tense, turned, weaker};

impl View<'_> {
    /// Lets `head` act on what stands in its `slot`; false where it has no signature for it.
    pub(super) fn govern(&self, head: usize, slot: &str, depth: usize, out: &mut Stance) -> bool {
        let governor = &self.analysis.tokens[head];
        let lemma = self.lemma_with_particle(head);
        let signature = self
            .stances
            .signature(&lemma, &governor.upos, slot)
            .or_else(|| self.stances.signature(&governor.lemma, &governor.upos, slot));
        let Some(signature) = signature else { return false };
        match signature.status {
            StatusEffect::Keep => {}
            StatusEffect::Becomes(status) => {
                // "expects", "fears" speak of what is to come; what is told in the past stays told.
                let past = slot == "ccomp" && out.status == Status::Occurred && signature.link == Link::Say;
                if !past {
                    out.status = status;
                }
            }
            StatusEffect::Inherit => self.take(self.above(head, depth), out),
            StatusEffect::OngoingOf => {
                self.take(self.above(head, depth), out);
                if out.status == Status::Occurred {
                    out.status = Status::Ongoing;
                }
            }
        }
        if signature.negates != self.is_denied(head) {
            out.polarity = turned(out.polarity);
        }
        if let Some(certainty) = signature.certainty {
            out.certainty = weaker(out.certainty, certainty);
            if certainty == Certainty::Probable {
                out.hedges.push(governor.span);
            }
        }
        if let Some(hedge) = self.stances.hedge(&governor.lemma, "adj").filter(|_| governor.upos == "ADJ") {
            out.probability = hedge.probability.or(out.probability);
            out.hedges.push(governor.span);
        }
        if signature.passes_negation
            && self.is_negated(head)
            && !matches!(signature.status, StatusEffect::Inherit | StatusEffect::OngoingOf)
        {
            out.polarity = turned(out.polarity);
        }
        // A governor that is itself only planned, possible or unreal cannot leave its complement a fact.
        if matches!(signature.status, StatusEffect::Keep)
            && signature.link == Link::None
            && out.status == Status::Occurred
            && depth + 1 < DEPTH
        {
            let above = self.above(head, depth);
            if !matches!(above.status, Status::Occurred | Status::Ongoing) {
                out.status = above.status;
            }
        }
        true
    }

    /// Whether the noun is what somebody denies: "rejected **reports** of a massacre" denies the massacre.
    fn is_denied(&self, noun: usize) -> bool {
        let token = &self.analysis.tokens[noun];
        let verb = token.head.filter(|_| token.upos == "NOUN" && matches!(token.deprel.as_str(), "obj" | "nsubj:pass"));
        verb.map(|v| &self.analysis.tokens[v])
            .and_then(|v| self.stances.signature(&v.lemma, &v.upos, "told"))
            .is_some_and(|s| s.negates)
    }

    pub(super) fn lemma_with_particle(&self, at: usize) -> String {
        let token = &self.analysis.tokens[at];
        match self.analysis.children(at).find(|&c| self.analysis.tokens[c].deprel == "compound:prt") {
            Some(particle) => format!("{}_{}", token.lemma, self.analysis.tokens[particle].lemma),
            None => token.lemma.clone(),
        }
    }

    pub(super) fn above(&self, head: usize, depth: usize) -> Stance {
        if self.is_verbal(head) || self.analysis.tokens[head].upos == "ADJ" {
            self.clause(head, depth + 1)
        } else {
            self.noun(head, depth + 1)
        }
    }

    pub(super) fn above_is_past(&self, head: usize) -> bool {
        matches!(tense(self.analysis, head, self.kind(head)).0, Tense::Past)
    }

    /// Takes the governor's standing for the event's own, keeping what its own words already turned round.
    pub(super) fn take(&self, from: Stance, out: &mut Stance) {
        out.status = from.status;
        if from.polarity == Polarity::Negative {
            out.polarity = turned(out.polarity);
        }
        out.certainty = weaker(out.certainty, from.certainty);
        out.probability = out.probability.or(from.probability);
        out.hedges.extend(from.hedges);
    }
}
