//! Who and what the article speaks of: mentions, clustered into entities that carry what is known of them.
//!
//! [`find_entities`] is the order of the work: names, then descriptions, then pronouns, each joined to what stands
//! before it; then what the built-in knowledge says of each.

mod antecedents;
mod knowing;
mod names;
mod near;
mod nominals;
mod placing;
mod predicates;
mod pronouns;
mod salience;
mod spans;
mod towns;
mod words;

use std::ops::Range;

use jiff::civil::Date;
use reportedly_record::{Analysis, Article, Entity, EntityKind, MentionForm};

use crate::knowledge::{How, Knowledge, Known};
use crate::lexicon::{self, Classes};
pub use salience::{Candidate, Choice};
use words::Gender;
pub(crate) use words::lines;

/// All entities of an article.
#[derive(Debug, Clone, Default)]
pub struct Entities {
    /// One row per real-world entity, in order of first mention.
    pub rows: Vec<EntityRow>,
    /// All mentions in text order.
    pub mentions: Vec<EntityMention>,
}

/// An entity as the reading lists it, with the word classes the lexicon asks for.
#[derive(Debug, Clone)]
pub struct EntityRow {
    /// The row of the reading.
    pub record: Entity,
    /// What it counts as in lexicon conditions.
    pub classes: Classes,
}

/// One mention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityMention {
    /// Its words.
    pub tokens: Range<usize>,
    /// Its syntactic head.
    pub head: usize,
    /// Name, nominal or pronoun.
    pub form: MentionForm,
    /// Index into [`Entities::rows`].
    pub entity: usize,
}

impl Entities {
    /// The mention that the word heads, or else the shortest name that holds it.
    pub fn mention_of(&self, token: usize) -> Option<&EntityMention> {
        let near = self.mentions.iter().skip_while(|m| m.tokens.end <= token).take_while(|m| m.tokens.start <= token);
        let mut headed: Option<&EntityMention> = None;
        let mut named: Option<&EntityMention> = None;
        for mention in near {
            if mention.head == token && headed.is_none_or(|h| mention.tokens.len() > h.tokens.len()) {
                headed = Some(mention);
            }
            if mention.form == MentionForm::Name
                && mention.tokens.contains(&token)
                && named.is_none_or(|n| mention.tokens.len() < n.tokens.len())
            {
                named = Some(mention);
            }
        }
        headed.or(named)
    }

    /// The entity of the mention that the word heads.
    pub fn row_of(&self, token: usize) -> Option<&EntityRow> {
        self.mention_of(token).map(|m| &self.rows[m.entity])
    }
}

/// A mention before it is known whose.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    tokens: Range<usize>,
    head: usize,
    form: MentionForm,
    kind: EntityKind,
    known: Option<Known>,
    /// The cluster it was put in.
    cluster: usize,
    /// Rests on a learned noun alone: kept only where another mention speaks of the same.
    weak: bool,
}

/// What is gathered of an entity while mentions are joined.
#[derive(Debug, Clone)]
pub(crate) struct Cluster {
    name: String,
    kind: EntityKind,
    known: Option<Known>,
    /// From the words around: state and sector of a description or of a name's title.
    country: Option<String>,
    sector: Option<String>,
    plural: bool,
    /// Lemma of the description's head, for "the delegation … the delegation".
    noun: Option<String>,
    /// Nouns that stood beside its name: "**President** Orlov".
    described: Vec<String>,
    last: usize,
    /// Whether the person is "he" or "she", where that is known.
    gender: Option<Gender>,
}

/// What every step reads.
pub(crate) struct View<'a> {
    article: &'a Article,
    analysis: &'a Analysis,
    on: Option<Date>,
    near: near::Near,
}

/// The article's entities.
pub fn find_entities(article: &Article, analysis: &Analysis) -> Entities {
    let view = view(article, analysis);
    let (found, clusters) = gather(&view, None);
    knowing::write_down(&view, &found, &clusters)
}

/// What each pronoun of the article had to choose from: what its weights are learned from.
pub fn pronoun_choices(article: &Article, analysis: &Analysis) -> Vec<Choice> {
    let mut log = Vec::new();
    gather(&view(article, analysis), Some(&mut log));
    log
}

fn view<'a>(article: &'a Article, analysis: &'a Analysis) -> View<'a> {
    let on = article.published.as_deref().and_then(|d| d.get(..10)).and_then(|d| d.parse().ok());
    View { article, analysis, on, near: near::near(analysis, on) }
}

fn gather(view: &View, log: Option<&mut Vec<Choice>>) -> (Vec<Found>, Vec<Cluster>) {
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut found = names::collect(view);
    names::join(view, &mut found, &mut clusters);
    nominals::add(view, &mut found, &mut clusters);
    found.sort_by_key(|f| (f.tokens.start, std::cmp::Reverse(f.tokens.end)));
    drop_inner_adjectives(view.analysis, &mut found);
    pronouns::add(view, &mut found, &mut clusters, log);
    predicates::join(view, &mut found);
    drop_weak(&mut found, clusters.len());
    found.sort_by_key(|f| (f.tokens.start, std::cmp::Reverse(f.tokens.end)));
    (found, clusters)
}

/// What only a learned noun vouches for stays where somebody else speaks of it too.
fn drop_weak(found: &mut Vec<Found>, clusters: usize) {
    let mut count = vec![0; clusters];
    for f in found.iter() {
        count[f.cluster] += 1;
    }
    found.retain(|f| !f.weak || count[f.cluster] > 1);
}

/// "Russian" in "the Russian president" says whose president that is, which the description's own entity keeps as its country, and
/// in "a Russian restaurant" nothing of Russia; it is a mention of the state beside an act, a thing or a place of the state's:
/// "a Russian offensive", "Russian gas".
fn drop_inner_adjectives(analysis: &Analysis, found: &mut Vec<Found>) {
    let descriptions: Vec<(Range<usize>, usize)> = found
        .iter()
        .filter(|f| f.form == MentionForm::Nominal && !matches!(f.kind, EntityKind::Thing | EntityKind::Place))
        .map(|f| (f.tokens.clone(), f.head))
        .collect();
    let of_state = |noun: usize| {
        let lemma = analysis.tokens[noun].lemma.to_lowercase();
        lexicon::built_in().knows(&lemma, true) || Knowledge::built_in().word_class(&lemma).is_some()
    };
    found.retain(|f| {
        let adjective = f.known.as_ref().is_some_and(|k| k.how == How::Adjective);
        let token = &analysis.tokens[f.head];
        let noun = token.head.filter(|_| adjective && matches!(token.relation(), "amod" | "compound"));
        let Some(noun) = noun else { return true };
        let described = descriptions.iter().any(|(tokens, head)| tokens.contains(&f.head) && *head != f.head);
        !described && (of_state(noun) || analysis.tokens[noun].upos == "PROPN")
    });
}

impl View<'_> {
    fn words(&self, tokens: &Range<usize>) -> &str {
        self.analysis.span(tokens.clone()).of(&self.article.text)
    }

    /// The word of the run that hangs outside it.
    fn head_of(&self, tokens: &Range<usize>) -> usize {
        tokens
            .clone()
            .find(|&i| {
                self.analysis.tokens[i].upos != "PUNCT"
                    && self.analysis.tokens[i].head.is_none_or(|h| !tokens.contains(&h))
            })
            .unwrap_or(tokens.end - 1)
    }

    fn is_plural(&self, head: usize) -> bool {
        let token = &self.analysis.tokens[head];
        token.has_feat("Number=Plur") || matches!(token.xpos.as_str(), "NNS" | "NNPS")
    }
}
