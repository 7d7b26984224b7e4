//! Counted people, money and things, with their bounds.

use std::collections::HashMap;
use std::sync::OnceLock;

use reportedly_record::{Analysis, Quantity, QuantityKind, Span};

use super::ClaimContext;
use super::participants::{FoundParticipant, lemma_of};
use super::triggers::Trigger;

struct Tables {
    numbers: HashMap<&'static str, (f64, f64)>,
    triggers: HashMap<&'static str, QuantityKind>,
    nouns: HashMap<&'static str, QuantityKind>,
    currencies: HashMap<&'static str, &'static str>,
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| {
        let rows = |text: &'static str| {
            text.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').collect::<Vec<_>>())
        };
        let kind = |k: &str| serde_json::from_value::<QuantityKind>(serde_json::Value::String(k.to_owned())).ok();
        let counted = |column: &str| {
            rows(include_str!("../../data/claims/counted.tsv"))
                .filter(|r| r.first() == Some(&column))
                .filter_map(|r| Some((*r.get(1)?, kind(r.get(2)?)?)))
                .collect()
        };
        Tables {
            numbers: rows(include_str!("../../data/claims/numbers.tsv"))
                .filter_map(|r| Some((*r.first()?, (r.get(1)?.parse().ok()?, r.get(2)?.parse().ok()?))))
                .collect(),
            triggers: counted("trigger"),
            nouns: counted("noun"),
            currencies: rows(include_str!("../../data/claims/currencies.tsv"))
                .filter_map(|r| Some((*r.first()?, *r.get(1)?)))
                .collect(),
        }
    })
}

/// The quantities among the event's participants and the phrases that hang on it.
pub fn of(context: &ClaimContext, trigger: &Trigger, participants: &[FoundParticipant]) -> Vec<Quantity> {
    let analysis = context.analysis;
    let mut heads: Vec<usize> = participants.iter().map(|p| p.head).collect();
    heads.extend(
        trigger
            .slots
            .iter()
            .map(|s| s.filler)
            .filter(|&f| matches!(analysis.tokens[f].upos.as_str(), "NOUN" | "NUM" | "SYM")),
    );
    heads.sort_unstable();
    heads.dedup();
    heads
        .into_iter()
        .filter(|&h| !trigger.tokens.contains(&h))
        .filter_map(|head| counted(analysis, trigger, head))
        .collect()
}

fn counted(analysis: &Analysis, trigger: &Trigger, head: usize) -> Option<Quantity> {
    let tables = tables();
    let number = analysis.children(head).find(|&c| analysis.tokens[c].relation() == "nummod").or_else(|| {
        (analysis.tokens[head].upos == "NUM"
            || tables.numbers.contains_key(analysis.tokens[head].form.to_lowercase().as_str())
                && analysis.tokens[head].upos == "NOUN")
            .then_some(head)
    })?;
    let mut words: Vec<usize> = analysis
        .subtree(number)
        .into_iter()
        .filter(|&w| w <= number || analysis.tokens[w].relation() == "compound")
        .collect();
    if number == head {
        words.retain(|&w| {
            w == head || matches!(analysis.tokens[w].relation(), "compound" | "nummod" | "advmod" | "case" | "fixed")
        });
    }
    let (&first, &last) = (words.first()?, words.last()?);
    let (mut low, mut high) = value(analysis, &words)?;
    let span = analysis.span(first..last + 1);
    let before: Vec<String> =
        (first.saturating_sub(3)..=last).map(|i| analysis.tokens[i].form.to_lowercase()).collect();
    let said = |phrase: &str| before.join(" ").contains(phrase);
    let (mut least, mut most) = (true, true);
    if said("at least") || said("more than") || said("over ") || said("upwards of") || said("no fewer than") {
        most = false;
    } else if said("up to")
        || said("as many as")
        || said("at most")
        || said("fewer than")
        || said("less than")
        || said("nearly")
        || said("almost")
    {
        least = false;
    }
    if low > high {
        std::mem::swap(&mut low, &mut high);
    }
    let (kind, currency) = kind_of(analysis, trigger, head, &words)?;
    Some(Quantity {
        kind,
        low: least.then_some(low),
        high: most.then_some(high),
        currency,
        span: Span::new(span.start, span.end),
    })
}

fn kind_of(
    analysis: &Analysis,
    trigger: &Trigger,
    head: usize,
    words: &[usize],
) -> Option<(QuantityKind, Option<String>)> {
    let tables = tables();
    let noun = lemma_of(analysis, head);
    let symbol = analysis
        .children(head)
        .chain([head])
        .chain(words.iter().copied())
        .find_map(|c| tables.currencies.get(analysis.tokens[c].form.as_str()).copied());
    if let Some(code) = symbol.or_else(|| tables.currencies.get(noun.as_str()).copied()) {
        return Some((QuantityKind::Money, Some(code.to_owned())));
    }
    let by_trigger = || {
        let people = matches!(analysis.tokens[head].upos.as_str(), "NOUN" | "NUM" | "PROPN");
        tables.triggers.get(trigger.entry.lemma).copied().filter(|_| people)
    };
    tables
        .nouns
        .get(noun.as_str())
        .copied()
        .filter(|k| *k != QuantityKind::Troops || !tables.triggers.contains_key(trigger.entry.lemma))
        .or_else(by_trigger)
        .or_else(|| tables.nouns.get(noun.as_str()).copied())
        .map(|k| (k, None))
}

/// The number that the words write: digits, words, "2.5 million", "300-400".
fn value(analysis: &Analysis, words: &[usize]) -> Option<(f64, f64)> {
    let mut bounds: Option<(f64, f64)> = None;
    let mut scale = 1.0;
    for &w in words {
        let form = analysis.tokens[w].form.to_lowercase();
        let plain = form.replace([',', '+'], "");
        let found = plain
            .parse::<f64>()
            .ok()
            .filter(|v| v.is_finite())
            .map(|v| (v, v))
            .or_else(|| tables().numbers.get(form.as_str()).copied());
        match form.as_str() {
            "hundred" => scale *= 100.0,
            "thousand" => scale *= 1e3,
            "million" | "m" => scale *= 1e6,
            "billion" | "bn" => scale *= 1e9,
            "trillion" => scale *= 1e12,
            _ => {
                if let Some((low, high)) = found {
                    bounds = Some(match bounds {
                        None => (low, high),
                        // "twenty five", but "300 - 400" and "two or three" are ranges.
                        Some((a, b)) if a == b && low == high && a >= 20.0 && low < 10.0 && a % 10.0 == 0.0 => {
                            (a + low, b + high)
                        }
                        Some((a, _)) => (a, high),
                    });
                }
            }
        }
    }
    let (low, high) = bounds.unwrap_or((1.0, 1.0));
    (bounds.is_some() || scale > 1.0).then_some((low * scale, high * scale))
}
