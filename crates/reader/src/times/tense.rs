//! Which way a clause looks: back or ahead. It decides whether "on Tuesday" is behind or before us.

use reportedly_record::{Analysis, Span, Token};

use super::lexicon::{Lexicon, Sense};

/// Which way from publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Past,
    Future,
    Unknown,
}

/// How many heads are climbed to find the verb.
const CLIMB: usize = 8;

/// How the clause that governs the span looks; by the words around it where there is no tree.
pub(super) fn direction(analysis: &Analysis, span: Span) -> Direction {
    let range = analysis.tokens_in(span);
    let Some(head) = range.clone().find(|&t| analysis.tokens[t].head.is_none_or(|h| !range.contains(&h))) else { return Direction::Unknown };
    if analysis.tokens[head].head.is_none() && (analysis.tokens[head].xpos.is_empty() || analysis.tokens[head].deprel.is_empty()) {
        return by_words(analysis, range.start, range.end);
    }
    let mut at = head;
    for _ in 0..CLIMB {
        if let Some(direction) = of_verb(analysis, at) {
            return direction;
        }
        match analysis.tokens[at].head {
            Some(above) if above != at && above < analysis.tokens.len() => at = above,
            _ => break,
        }
    }
    Direction::Unknown
}

/// How the verb group at the word looks; `None` where it does not decide.
fn of_verb(analysis: &Analysis, at: usize) -> Option<Direction> {
    let token = &analysis.tokens[at];
    let children: Vec<usize> = analysis.children(at).collect();
    let auxiliaries = || children.iter().map(|&c| &analysis.tokens[c]).filter(|t| matches!(t.relation(), "aux" | "cop"));
    if auxiliaries().any(|t| t.xpos == "MD") {
        return Some(Direction::Future);
    }
    if auxiliaries().any(|t| t.xpos == "VBD") {
        // "was to leave on Monday", "were scheduled for".
        return Some(Direction::Past);
    }
    let present_have = auxiliaries().any(|t| is_any(t, &["have", "has", "'ve", "’ve"]));
    let present_be = auxiliaries().any(|t| matches!(t.xpos.as_str(), "VBZ" | "VBP") && !is_any(t, &["have", "has", "do", "does"]));
    let infinitive = children.iter().any(|&c| analysis.tokens[c].xpos == "TO");
    match token.xpos.as_str() {
        "VBD" => Some(Direction::Past),
        _ if present_have => Some(Direction::Past),
        "VBN" if present_be => Some(if prospective(token) { Direction::Future } else { Direction::Past }),
        "VBN" if prospective(token) => Some(Direction::Future),
        "VBN" if token.relation() == "acl" => Some(Direction::Past),
        "VBG" if present_be => Some(Direction::Future),
        "JJ" if prospective(token) => Some(Direction::Future),
        "VB" if infinitive => governed(analysis, token),
        "VBZ" | "VBP" => Some(if speaks(token) { Direction::Past } else { Direction::Future }),
        _ if present_be => Some(Direction::Future),
        _ => None,
    }
}

/// An infinitive lies ahead, but for one under a past verb that brings its complement about: "was forced to resign".
fn governed(analysis: &Analysis, token: &Token) -> Option<Direction> {
    let Some(above) = token.head.map(|h| &analysis.tokens[h]) else { return Some(Direction::Future) };
    let brought_about = token.relation() == "xcomp" && matches!(above.xpos.as_str(), "VBD" | "VBN") && !prospective(above);
    Some(if brought_about { Direction::Past } else { Direction::Future })
}

fn prospective(token: &Token) -> bool {
    Lexicon::built_in().senses(&token.form).contains(&Sense::Prospective)
}

/// Present verbs of saying report what has been said.
fn speaks(token: &Token) -> bool {
    is_any(token, &["says", "say", "reports", "adds", "writes", "tells"])
}

fn is_any(token: &Token, forms: &[&str]) -> bool {
    forms.iter().any(|f| token.form.eq_ignore_ascii_case(f))
}

/// Without a tree: a modal or a prospective word shortly before decides for the future.
fn by_words(analysis: &Analysis, start: usize, end: usize) -> Direction {
    let sentence = analysis.sentence_of(start);
    let Some(bounds) = analysis.sentences.get(sentence).map(|s| s.tokens.clone()) else { return Direction::Unknown };
    let from = start.saturating_sub(8).max(bounds.start);
    let to = (end + 4).min(bounds.end).min(analysis.tokens.len());
    let window = analysis.tokens.get(from..to.max(from)).unwrap_or_default();
    let ahead = |t: &Token| is_any(t, &["will", "'ll", "’ll", "would", "shall", "wo", "to"]) || prospective(t);
    let past = window.iter().any(|t| t.form.ends_with("ed") && !prospective(t) || is_any(t, &["said", "was", "were", "had"]));
    match (window.iter().any(ahead), past) {
        (true, false) => Direction::Future,
        (_, true) => Direction::Past,
        _ => Direction::Unknown,
    }
}
