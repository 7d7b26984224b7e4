//! The model's event heads and the lexicon weighed against each other: data in `data/claims/head.tsv`.

use std::collections::HashMap;
use std::sync::OnceLock;

use reportedly_record::{EventCue, EventType, Polarity};

use super::triggers::Trigger;
use crate::lexicon::{Entry, built_in};
use crate::stance::Stance;

/// The weight of that name; 0 where there is none, which the data test forbids.
pub fn weight(name: &str) -> f32 {
    static WEIGHTS: OnceLock<HashMap<&'static str, f32>> = OnceLock::new();
    WEIGHTS
        .get_or_init(|| {
            include_str!("../../data/claims/head.tsv")
                .lines()
                .filter(|l| !l.starts_with('#'))
                .filter_map(|l| l.split_once('\t'))
                .filter_map(|(name, value)| Some((name, value.parse().ok()?)))
                .collect()
        })
        .get(name)
        .copied()
        .unwrap_or_default()
}

/// Whether the rule is a head's, no entry's.
pub fn is_rule(rule: &str) -> bool {
    rule.starts_with("head/")
}

/// What a word is coded as.
#[derive(Debug, Clone, PartialEq)]
pub struct Coded {
    /// The entry whose frame gives the roles: the lexicon's, or the default one of the head's type.
    pub entry: &'static Entry,
    /// PLOVER's mode.
    pub mode: Option<String>,
    /// The entry's name, or the head's: `head/assault`.
    pub rule: String,
}

/// Whether the word names an event, and which; `fired` is what the lexicon says, `cue` what the model does.
///
/// Without any head (analyses made by hand) the lexicon decides alone.
pub fn code(fired: Option<&'static Entry>, cue: Option<&EventCue>, heads: bool, noun: bool) -> Option<Coded> {
    let by_lexicon =
        |entry: &'static Entry| Coded { entry, mode: entry.mode.map(str::to_owned), rule: entry.rule.clone() };
    if !heads {
        return fired.map(by_lexicon);
    }
    let chance = cue.map_or(0.0, |c| c.chance);
    let standing = cue.map_or(0.0, |c| c.standing);
    match fired {
        Some(entry) if entry.standing => {
            if chance < weight("unknown") {
                return Some(by_lexicon(entry));
            }
        }
        Some(_) if chance >= weight("known") && chance >= standing => {}
        None if chance >= weight("unknown") && chance >= standing => {}
        _ => return None,
    }
    let cue = cue?;
    let score = |kind: EventType, chance: f32| {
        chance.max(f32::MIN_POSITIVE).ln()
            + if fired.is_some_and(|e| e.kind == kind && !e.standing) { weight("type") } else { 0.0 }
    };
    let best = cue.types.iter().max_by(|a, b| score(a.kind, a.chance).total_cmp(&score(b.kind, b.chance)))?;
    match fired.filter(|e| e.kind == best.kind && !e.standing) {
        Some(entry) => {
            Some(Coded { mode: entry.mode.map(str::to_owned).or_else(|| best.mode.clone()), ..by_lexicon(entry) })
        }
        None => {
            let entry = built_in().default_entry(best.kind, noun)?;
            Some(Coded { entry, mode: best.mode.clone(), rule: entry.rule.clone() })
        }
    }
}

/// The stance of syntax and signatures, checked by the heads: where these are surer of another value than the signs are of theirs, they win.
pub fn check(stance: &mut Stance, trigger: &Trigger) {
    let Some(cue) = trigger.cue else { return };
    let own = stance.status;
    stance.status = likeliest(&cue.status, own, weight("status"));
    // "likely", "reportedly" say themselves how sure anybody is.
    if stance.hedges.is_empty() && stance.probability.is_none() {
        let own = stance.certainty;
        stance.certainty = likeliest(&cue.certainty, own, weight("certainty"));
    }
    let negative = [(Polarity::Negative, cue.negative), (Polarity::Positive, 1.0 - cue.negative)];
    let own = stance.polarity;
    let worth = if own == Polarity::Negative { "negation" } else { "polarity" };
    stance.polarity = likeliest(&negative, own, weight(worth));
}

/// The value of the greatest chance, `own` being worth `worth` more.
fn likeliest<T: Copy + PartialEq>(chances: &[(T, f32)], own: T, worth: f32) -> T {
    let score = |value: T, chance: f32| chance.max(f32::MIN_POSITIVE).ln() + if value == own { worth } else { 0.0 };
    chances.iter().max_by(|a, b| score(a.0, a.1).total_cmp(&score(b.0, b.1))).map_or(own, |&(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_weight_is_there() {
        for name in [
            "unknown",
            "known",
            "political",
            "type",
            "role",
            "role_framed",
            "role_aside",
            "framed",
            "place",
            "status",
            "polarity",
            "negation",
            "certainty",
        ] {
            assert!(weight(name) > 0.0, "{name}");
        }
    }

    #[test]
    fn the_signs_win_unless_the_head_is_much_surer() {
        assert_eq!(likeliest(&[('a', 0.6), ('b', 0.4)], 'b', 1.5), 'b');
        assert_eq!(likeliest(&[('a', 0.95), ('b', 0.05)], 'b', 1.5), 'a');
    }
}
