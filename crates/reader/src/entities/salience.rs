//! Which of the mentions in front a pronoun stands for: a sum of weights learned from GUM by `training/pronouns.py`.
//!
//! Each candidate, and "nobody", has a handful of named features; the weights are `data/entities/pronouns.tsv`.

use std::collections::HashMap;
use std::sync::OnceLock;

use reportedly_record::{Analysis, EntityKind, MentionForm, Span};

use super::{Cluster, Found, View};
use crate::stance::is_saying;

/// A pronoun and what it could stand for.
#[derive(Debug, Clone)]
pub struct Choice {
    at: usize,
    /// `person`, `plural` or `thing`.
    pub class: &'static str,
    /// The pronoun's characters.
    pub span: Span,
    /// What speaks for nobody.
    pub nobody: Vec<&'static str>,
    /// The mentions in reach, nearest first.
    pub candidates: Vec<Candidate>,
}

/// A mention that the pronoun could go back to.
#[derive(Debug, Clone)]
pub struct Candidate {
    cluster: usize,
    /// Its characters.
    pub span: Span,
    /// What speaks for and against it.
    pub features: Vec<&'static str>,
}

impl Choice {
    /// A choice with no candidates yet.
    pub(crate) fn new(view: &View, at: usize, class: &'static str) -> Choice {
        let role = role_of(view.analysis, at);
        let nobody =
            vec!["nobody", pick(role, &[("subject", "nobody.subject"), ("owner", "nobody.owner")], "nobody.other")];
        Choice { at, class, span: view.analysis.tokens[at].span, nobody, candidates: Vec::new() }
    }

    /// One more candidate, farther off than those before.
    pub(crate) fn add(&mut self, view: &View, found: &Found, cluster: &Cluster, all: &[Found]) {
        let features = features(view, self, found, cluster, all);
        let span = view.analysis.span(found.tokens.clone());
        self.candidates.push(Candidate { cluster: found.cluster, span, features });
    }

    /// The cluster of the candidate with the greatest sum, unless nobody's is greater.
    pub fn best(&self) -> Option<usize> {
        let sum = |features: &[&'static str]| -> f64 {
            features.iter().filter_map(|f| weights().get(&(self.class, *f))).sum()
        };
        let mut best: (f64, Option<usize>) = (sum(&self.nobody), None);
        for candidate in &self.candidates {
            let score = sum(&candidate.features);
            if score > best.0 {
                best = (score, Some(candidate.cluster));
            }
        }
        best.1
    }
}

fn features(view: &View, choice: &Choice, found: &Found, cluster: &Cluster, all: &[Found]) -> Vec<&'static str> {
    let analysis = view.analysis;
    let at = choice.at;
    let sentence = analysis.sentence_of(at);
    let far = sentence - analysis.sentence_of(found.head);
    let token = &analysis.tokens[found.head];
    // A name beside a description stands where the description stands.
    let stands = match (token.relation(), token.head) {
        ("appos" | "flat" | "compound", Some(head)) => head,
        _ => found.head,
    };
    let (theirs, own) = (role_of(analysis, stands), role_of(analysis, at));
    let mut out = vec![
        ["far.0", "far.1", "far.2", "far.3"][far.min(3)],
        pick(
            theirs,
            &[
                ("subject", "role.subject"),
                ("object", "role.object"),
                ("owner", "role.owner"),
                ("agent", "role.agent"),
                ("oblique", "role.oblique"),
                ("conjunct", "role.conjunct"),
            ],
            "role.other",
        ),
        match found.form {
            MentionForm::Name => "form.name",
            MentionForm::Nominal => "form.nominal",
            MentionForm::Pronoun => "form.pronoun",
        },
        match found.kind {
            EntityKind::Person => "kind.person",
            EntityKind::Group => "kind.group",
            EntityKind::Organization => "kind.organization",
            EntityKind::Country => "kind.country",
            EntityKind::Place => "kind.place",
            EntityKind::Thing => "kind.thing",
        },
        if cluster.plural { "plural" } else { "singular" },
    ];
    match (own, theirs) {
        ("subject", "subject") => out.push("both.subject"),
        ("object", "object") => out.push("both.object"),
        ("owner", "subject") => out.push("owner.subject"),
        ("object", "subject") => out.push("object.subject"),
        _ => {}
    }
    let said = all.iter().filter(|f| f.cluster == found.cluster && f.tokens.start < at).count();
    out.push(["said.1", "said.1", "said.2", "said.3", "said.3", "said.3"].get(said).copied().unwrap_or("said.6"));
    let nearer = choice.candidates.iter().filter(|c| c.cluster != found.cluster).count();
    out.push(["nearest", "second", "third"].get(nearer).copied().unwrap_or(if nearer < 6 {
        "fourth"
    } else {
        "seventh"
    }));
    if choice.candidates.iter().any(|c| c.cluster == found.cluster) {
        out.push("again");
    }
    if cluster.gender.is_some() {
        out.push("gender");
    }
    if found.weak {
        out.push("weak");
    }
    let paragraph = |i: usize| analysis.sentences[analysis.sentence_of(i)].paragraph;
    if paragraph(found.head) != paragraph(at) {
        out.push("paragraph");
    }
    if is_speaker(analysis, at) && is_speaker(analysis, stands) {
        out.push("speakers");
    }
    if far == 0 {
        out.extend(within_sentence(analysis, at, stands));
    } else if analysis.sentences[analysis.sentence_of(found.head)].tokens.start + 1 >= found.tokens.start {
        out.push("first");
    }
    let quoted = |i: usize| in_quotes(view, i);
    if quoted(at) != quoted(found.head) {
        out.push("quote");
    }
    out
}

/// How two words of one sentence stand to each other.
fn within_sentence(analysis: &Analysis, at: usize, stands: usize) -> Option<&'static str> {
    let above: Vec<usize> = crate::syntax::ancestors(analysis, at).collect();
    let clause = analysis.tokens[stands].head?;
    if let Some(said) = said_by(analysis, at, stands) {
        return Some(said);
    }
    if role_of(analysis, stands) == "subject" && above.first() == Some(&clause) {
        return Some("same.clause");
    }
    if role_of(analysis, stands) == "subject" && above.contains(&clause) {
        return Some("governs");
    }
    // "Under Orlov, **he** prospered": what stands in front of the pronoun's own clause.
    let front = crate::syntax::ancestors(analysis, stands).any(|a| above.first() == Some(&a) && a > at);
    front.then_some("front")
}

/// "**The army** said it had left", "**Chad**'s army said it had left": who says the clause that the pronoun is the subject of, and whose that is.
fn said_by(analysis: &Analysis, at: usize, stands: usize) -> Option<&'static str> {
    let mut verb = analysis.tokens[at].head.filter(|_| role_of(analysis, at) == "subject")?;
    while analysis.tokens[verb].relation() == "conj" {
        verb = analysis.tokens[verb].head?;
    }
    let says = analysis.tokens[verb].head.filter(|_| analysis.tokens[verb].relation() == "ccomp")?;
    let subject = analysis.children(says).find(|&c| analysis.tokens[c].relation() == "nsubj")?;
    match stands {
        s if s == subject => Some("said.by"),
        s if analysis.tokens[s].head == Some(subject) => Some("said.by.part"),
        _ => None,
    }
}

/// Whether the word is the subject or agent of a verb of saying: who has spoken speaks on.
fn is_speaker(analysis: &Analysis, at: usize) -> bool {
    matches!(role_of(analysis, at), "subject" | "agent")
        && analysis.tokens[at].head.is_some_and(|verb| is_saying(analysis, verb))
}

fn role_of(analysis: &Analysis, at: usize) -> &'static str {
    let token = &analysis.tokens[at];
    match (token.relation(), token.deprel.as_str()) {
        ("nsubj", _) => "subject",
        ("obj" | "iobj", _) => "object",
        (_, "nmod:poss") => "owner",
        (_, "obl:agent") => "agent",
        ("obl" | "nmod", _) => "oblique",
        ("conj", _) => "conjunct",
        _ => "other",
    }
}

fn pick(value: &str, table: &[(&str, &'static str)], other: &'static str) -> &'static str {
    table.iter().find(|(v, _)| *v == value).map_or(other, |(_, name)| name)
}

/// Whether an odd number of quotation marks stands before the word in its paragraph.
fn in_quotes(view: &View, at: usize) -> bool {
    quote_around(view, at).is_some()
}

/// The first word of the quotation that the word stands in, by the marks before it in its paragraph.
pub(super) fn quote_around(view: &View, at: usize) -> Option<usize> {
    let analysis = view.analysis;
    let paragraph = analysis.sentences[analysis.sentence_of(at)].paragraph;
    let start = view.article.paragraphs.get(paragraph)?.span.start.min(analysis.tokens[at].span.start);
    let before = &view.article.text[start..analysis.tokens[at].span.start];
    let opened = before.char_indices().fold(None, |open, (i, c)| match c {
        '“' => Some(i),
        '”' => None,
        '"' => open.is_none().then_some(i),
        _ => open,
    })?;
    Some(analysis.tokens[..at].partition_point(|t| t.span.start <= start + opened))
}

type Weights = HashMap<(&'static str, &'static str), f64>;

fn weights() -> &'static Weights {
    static TABLE: OnceLock<Weights> = OnceLock::new();
    TABLE.get_or_init(|| {
        include_str!("../../data/entities/pronouns.tsv")
            .lines()
            .skip(1)
            .filter_map(|line| {
                let mut cells = line.split('\t');
                Some(((cells.next()?, cells.next()?), cells.next()?.parse().ok()?))
            })
            .collect()
    })
}
