//! How sure the program is of a row: what the signs of a right one are worth.

use reportedly_record::Role;

use super::{ClaimContext, Draft};

/// Weights of the signs, in `data/claims/confidence.tsv`: share of right rows among those with the sign, on the development articles.
fn weight(sign: &str) -> f64 {
    include_str!("../../data/claims/confidence.tsv")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split_once('\t'))
        .find(|(name, _)| *name == sign)
        .and_then(|(_, w)| w.parse().ok())
        .unwrap_or(0.0)
}

/// Between 0 and 1: a logistic sum of the signs.
pub fn of(context: &ClaimContext, draft: &Draft) -> f64 {
    let known = |role: Role| {
        draft
            .participants
            .iter()
            .any(|p| p.role == role && p.entity.is_some_and(|e| context.entities.rows[e].record.code.is_some()))
    };
    let mut sum = weight("base");
    for (sign, holds) in [
        ("verb", !draft.trigger.entry.noun),
        ("conditions", !draft.trigger.entry.needs.is_empty()),
        ("actor-known", known(Role::Actor)),
        ("recipient-known", known(Role::Recipient)),
        ("actor", draft.participants.iter().any(|p| p.role == Role::Actor)),
        ("hedged", !draft.stance.hedges.is_empty()),
    ] {
        if holds {
            sum += weight(sign);
        }
    }
    let p = 1.0 / (1.0 + (-sum).exp());
    (p * 100.0).round() / 100.0
}
