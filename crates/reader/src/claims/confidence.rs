//! How sure the program is of a row: the model's chances of its parts and the lexicon's assent, calibrated.

use super::{Draft, head};

/// Weights of the signs, in `data/claims/confidence.tsv`: a logistic regression on claims that the heads had not seen.
fn weight(sign: &str) -> f64 {
    include_str!("../../data/claims/confidence.tsv")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split_once('\t'))
        .find(|(name, _)| *name == sign)
        .and_then(|(_, w)| w.parse().ok())
        .unwrap_or(0.0)
}

/// Between 0 and 1: how often a row with these signs has its event, type, status and polarity right.
pub fn of(draft: &Draft) -> f64 {
    let mut sum = weight("base");
    if !head::is_rule(&draft.trigger.rule) {
        sum += weight("lexicon");
    }
    if let Some(cue) = draft.trigger.cue {
        let kind = cue.types.iter().find(|t| t.kind == draft.trigger.entry.kind).map_or(0.0, |t| t.chance);
        let status = cue.status.iter().find(|s| s.0 == draft.stance.status).map_or(0.0, |s| s.1);
        sum += weight("type") * logit(kind) + weight("status") * logit(status);
    }
    let p = 1.0 / (1.0 + (-sum).exp());
    (p * 100.0).round() / 100.0
}

fn logit(chance: f32) -> f64 {
    let p = f64::from(chance).clamp(0.001, 0.999);
    (p / (1.0 - p)).ln()
}
