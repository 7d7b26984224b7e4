//! What the language model makes of an article: words, trees, names, cues, events, factuality.
//!
//! Symbolic stages are functions of an [`crate::Article`] and an [`Analysis`]; tests write small analyses by hand
//! or read them from CoNLL-U, so the reader is tested without tensors.

use std::ops::Range;

use crate::{Certainty, EventType, Span, Status};

/// The linguistic layers of one article. Indices are article-wide: `tokens[i]`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Analysis {
    /// All words in text order.
    pub tokens: Vec<Token>,
    /// Sentences in text order; their token ranges partition `tokens`.
    pub sentences: Vec<Sentence>,
    /// Names in text order, not overlapping.
    pub names: Vec<Name>,
    /// What the model saw of sources, cues and contents, one for each cue (and for each sentence with cueless content).
    pub cues: Vec<SourceCue>,
    /// The words that may name events, in text order.
    pub events: Vec<EventCue>,
}

/// One syntactic word as UD English splits it.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// Its characters in the text. The words of a contraction divide the contraction's characters.
    pub span: Span,
    /// The word itself; differs from the characters only inside given CoNLL-U.
    pub form: String,
    /// Dictionary form.
    pub lemma: String,
    /// Universal part of speech, e.g. `VERB`.
    pub upos: String,
    /// Penn Treebank tag, e.g. `VBD`.
    pub xpos: String,
    /// UD features, e.g. `Mood=Ind|Tense=Past`, empty for none.
    pub feats: String,
    /// The word it hangs on, `None` for the root of its sentence.
    pub head: Option<usize>,
    /// UD relation to the head with its subtype, e.g. `nsubj:pass`.
    pub deprel: String,
    /// Factuality of the predicate it heads: −3 certainly did not happen, 3 certainly did (UDS).
    pub factuality: f32,
}

impl Token {
    /// The relation without its subtype: `nsubj` of `nsubj:pass`.
    pub fn relation(&self) -> &str {
        self.deprel.split(':').next().unwrap_or_default()
    }

    /// Whether the features hold `name=value`.
    pub fn has_feat(&self, pair: &str) -> bool {
        self.feats.split('|').any(|f| f == pair)
    }
}

/// One sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    /// Its characters.
    pub span: Span,
    /// Its words in [`Analysis::tokens`].
    pub tokens: Range<usize>,
    /// The paragraph it stands in.
    pub paragraph: usize,
}

/// A name as the model tagged it.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    /// Its words.
    pub tokens: Range<usize>,
    /// What it names.
    pub kind: NameKind,
}

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NameKind {
    /// A human being.
    Person,
    /// A company, ministry, party, court, newspaper, international body.
    Organization,
    /// A nationality, people, religious or political group.
    Group,
    /// A country, town, region, water, facility.
    Place,
    /// A weapon, vehicle, product, work.
    Thing,
    /// A named war, summit, treaty, storm.
    Event,
}

/// One attribution as the model saw it inside one sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceCue {
    /// The sentence it stands in, an index into [`Analysis::sentences`].
    pub sentence: usize,
    /// The words of the cue; `None` where the sentence holds content whose cue is elsewhere.
    pub cue: Option<Range<usize>>,
    /// Runs of words that name the source.
    pub source: Vec<Range<usize>>,
    /// Runs of words that are attributed.
    pub content: Vec<Range<usize>>,
    /// The model's mean probability for the words it chose, 0 to 1.
    pub score: f32,
}

/// A word that may name an event, as the model saw it. Chances lie between 0 and 1.
#[derive(Debug, Clone, PartialEq)]
pub struct EventCue {
    /// The word.
    pub token: usize,
    /// The chance that it names an event of PLOVER's.
    pub chance: f32,
    /// The chance that it names a standing fact: "controls", "US-backed".
    pub standing: f32,
    /// Types with the likeliest mode of each, the likeliest type first; their chances add up to `chance`.
    pub types: Vec<TypeChance>,
    /// Where the event stands, the likeliest first.
    pub status: Vec<(Status, f32)>,
    /// The chance that it is said not to happen.
    pub negative: f32,
    /// How far the source commits itself, the likeliest first.
    pub certainty: Vec<(Certainty, f32)>,
    /// For each word of its sentence, how likely it belongs to who acts.
    pub actor: Vec<f32>,
    /// … to whom it is directed at.
    pub recipient: Vec<f32>,
    /// … to what it is about.
    pub object: Vec<f32>,
    /// … to where it takes place.
    pub place: Vec<f32>,
    /// … to when.
    pub time: Vec<f32>,
    /// … to one of the sources that it rests on.
    pub source: Vec<f32>,
}

/// A type of event with its chance.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeChance {
    /// One of PLOVER's.
    pub kind: EventType,
    /// The likeliest mode, `None` where no mode is likelier than any.
    pub mode: Option<String>,
    /// The type's chance.
    pub chance: f32,
}

/// A quotation: the stretch from one quotation mark to its partner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quote {
    /// With its marks.
    pub span: Span,
    /// Whether the closing mark was found; a quotation running over paragraphs has one only at its end.
    pub closed: bool,
}

impl Analysis {
    /// What the model says of the word as an event.
    pub fn event_at(&self, token: usize) -> Option<&EventCue> {
        self.events.binary_search_by_key(&token, |e| e.token).ok().map(|i| &self.events[i])
    }

    /// The sentence that holds the token.
    pub fn sentence_of(&self, token: usize) -> usize {
        self.sentences.partition_point(|s| s.tokens.end <= token)
    }

    /// The words that hang on `token`, in text order.
    pub fn children(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        let sentence = self.sentences[self.sentence_of(token)].tokens.clone();
        sentence.filter(move |&i| self.tokens[i].head == Some(token))
    }

    /// The first child whose relation, subtype aside, is `relation`.
    pub fn child(&self, token: usize, relation: &str) -> Option<usize> {
        self.children(token).find(|&i| self.tokens[i].relation() == relation)
    }

    /// The characters from the first to the last word of the range.
    pub fn span(&self, tokens: Range<usize>) -> Span {
        Span::new(self.tokens[tokens.start].span.start, self.tokens[tokens.end - 1].span.end)
    }

    /// The words whose head chain leads to `token`, itself included, in text order.
    pub fn subtree(&self, token: usize) -> Vec<usize> {
        let sentence = self.sentences[self.sentence_of(token)].tokens.clone();
        sentence.filter(|&i| self.dominates(token, i)).collect()
    }

    /// Whether `below` is `token` or hangs under it.
    pub fn dominates(&self, token: usize, below: usize) -> bool {
        let mut at = Some(below);
        // A tree of n words has no path longer than n: a malformed one ends here instead of looping.
        for _ in 0..=self.tokens.len() {
            match at {
                Some(i) if i == token => return true,
                Some(i) => at = self.tokens[i].head,
                None => return false,
            }
        }
        false
    }

    /// The token that starts at or holds byte `at`, if any.
    pub fn token_at(&self, at: usize) -> Option<usize> {
        let i = self.tokens.partition_point(|t| t.span.end <= at);
        self.tokens.get(i).filter(|t| t.span.start <= at).map(|_| i)
    }

    /// The range of tokens that overlap the span.
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        let start = self.tokens.partition_point(|t| t.span.end <= span.start);
        let end = self.tokens.partition_point(|t| t.span.start < span.end);
        start..end.max(start)
    }
}
