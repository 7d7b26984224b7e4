//! The model as a whole: words in, tagged and parsed sentences out; articles in, analyses out.

use std::ops::Range;
use std::sync::OnceLock;

use rayon::prelude::*;
use reportedly_record::{Analysis, Article, Name, NameKind, ParagraphKind, Sentence, SourceCue, Token};

use crate::encoder::{Encoder, Isa, MOST_PIECES, ModelError, Pieces, Vectors, Weights, Workspace};
use crate::heads::{Heads, Roles, SentenceOutput};
use crate::lemma;
use crate::segment::{SegmentedSentence, segment};
use crate::wordpiece::WordPiece;

/// Pieces a batch: enough rows to fill the kernels, few enough to stay in the cache.
const BATCH: usize = 256;
/// From this probability on a word belongs to a source or content.
const ROLE_THRESHOLD: f32 = 0.5;

static MODEL: &[u8] = include_bytes!("../model/english.safetensors");
static VOCABULARY: &str = include_str!("../model/vocab.txt");

/// What reads articles: the seam between the model and everything symbolic.
pub trait Analyzer: Sync {
    /// The linguistic layers of each article, in order.
    fn analyze(&self, articles: &[Article]) -> Vec<Analysis>;
}

/// The English analyser with its weights.
pub struct Model {
    encoder: Encoder,
    heads: Heads,
    pieces: WordPiece,
}

/// A word as the model tags it: the columns of CoNLL-U.
#[derive(Debug, Clone, PartialEq)]
pub struct TaggedWord {
    /// Dictionary form.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: String,
    /// Penn Treebank tag.
    pub xpos: String,
    /// UD features, `_` for none.
    pub feats: String,
    /// Index of the head in the sentence, `None` for the root.
    pub head: Option<usize>,
    /// UD relation.
    pub deprel: String,
    /// BIO name tag.
    pub ner: String,
    /// −3 to 3.
    pub factuality: f32,
}

impl Model {
    /// The model built into the program, packed for this machine on first use.
    pub fn embedded() -> &'static Model {
        static LOADED: OnceLock<Model> = OnceLock::new();
        LOADED.get_or_init(|| {
            Model::load(MODEL, VOCABULARY, Isa::detect())
                .expect("the embedded model is of this version: a test loads it")
        })
    }

    /// A model from a file's bytes, for one instruction set.
    pub fn load(bytes: &'static [u8], vocabulary: &'static str, isa: Isa) -> Result<Model, ModelError> {
        if !isa.is_available() {
            return Err(ModelError::Machine(isa));
        }
        let weights = Weights::read(bytes)?;
        let encoder = Encoder::load(&weights, isa)?;
        if vocabulary.lines().count() > encoder.vocabulary() {
            return Err(ModelError::Tensor("enc.word.weight".to_owned()));
        }
        Ok(Model { encoder, heads: Heads::load(&weights, isa)?, pieces: WordPiece::new(vocabulary) })
    }

    /// The embedded weights on a given instruction set, for comparing kernels.
    pub fn embedded_on(isa: Isa) -> Result<Model, ModelError> {
        Model::load(MODEL, VOCABULARY, isa)
    }

    /// Tags and parses sentences of given words; as many words come back as went in.
    pub fn tag(&self, sentences: &[Vec<&str>]) -> Vec<Vec<TaggedWord>> {
        let outputs = self.outputs(sentences);
        sentences
            .iter()
            .zip(outputs)
            .map(|(words, out)| (0..words.len()).map(|w| self.tagged(words[w], &out, w)).collect())
            .collect()
    }

    fn tagged(&self, form: &str, out: &SentenceOutput, w: usize) -> TaggedWord {
        let labels = self.heads.labels();
        TaggedWord {
            lemma: lemma::repaired(
                form,
                &labels.upos[out.upos[w]],
                lemma::of(form, &labels.upos[out.upos[w]], &labels.lemma[out.lemma[w]]),
                |word| self.pieces.knows(word),
            ),
            upos: labels.upos[out.upos[w]].clone(),
            xpos: labels.xpos[out.xpos[w]].clone(),
            feats: labels.feats[out.feats[w]].clone(),
            head: out.heads[w],
            deprel: labels.deprel[out.deprel[w]].clone(),
            ner: labels.ner[out.ner[w]].clone(),
            factuality: out.factuality[w],
        }
    }

    /// Runs all sentences through the network: sorted by length, in batches, on all threads; results in input order.
    fn outputs(&self, sentences: &[Vec<&str>]) -> Vec<SentenceOutput> {
        let chunks: Vec<(usize, Range<usize>, Pieces)> = sentences
            .par_iter()
            .enumerate()
            .flat_map_iter(|(i, words)| self.chunks(words).into_iter().map(move |(r, p)| (i, r, p)))
            .collect();
        let mut order: Vec<usize> = (0..chunks.len()).collect();
        order.sort_by_key(|&i| chunks[i].2.ids.len());
        let mut batches: Vec<&[usize]> = Vec::new();
        let (mut start, mut size) = (0, 0);
        for (i, &c) in order.iter().enumerate() {
            let n = chunks[c].2.ids.len();
            if size > 0 && size + n > BATCH {
                batches.push(&order[start..i]);
                (start, size) = (i, 0);
            }
            size += n;
        }
        batches.push(&order[start..]);
        // The longest batches first, so that no thread is left with one at the end.
        batches.reverse();
        let results: Vec<Vec<SentenceOutput>> = batches
            .par_iter()
            .map_init(
                || (Workspace::default(), Vectors::default()),
                |(work, vectors), batch| {
                    let pieces: Vec<&Pieces> = batch.iter().map(|&c| &chunks[c].2).collect();
                    let words: Vec<usize> = pieces.iter().map(|p| p.first.len()).collect();
                    self.encoder.encode(&pieces, work, vectors);
                    self.heads.read(vectors, &words, work)
                },
            )
            .collect();
        let mut parts: Vec<Option<SentenceOutput>> = vec![None; chunks.len()];
        for (batch, outputs) in batches.iter().zip(results) {
            for (&c, output) in batch.iter().zip(outputs) {
                parts[c] = Some(output);
            }
        }
        let mut out: Vec<SentenceOutput> = vec![SentenceOutput::default(); sentences.len()];
        let joined = self.heads.labels().deprel.iter().position(|r| r == "parataxis").unwrap_or_default();
        for ((i, range, _), part) in chunks.iter().zip(parts) {
            if let Some(part) = part {
                append(&mut out[*i], part, range.start, joined);
            }
        }
        out
    }

    /// A sentence's pieces; one with more than the encoder takes is cut into runs of words.
    fn chunks(&self, words: &[&str]) -> Vec<(Range<usize>, Pieces)> {
        if words.is_empty() {
            return Vec::new();
        }
        let whole = self.pieces.encode(words.iter().copied());
        if whole.ids.len() <= MOST_PIECES {
            return vec![(0..words.len(), whole)];
        }
        let mut out = Vec::new();
        let mut start = 0;
        while start < words.len() {
            let room = whole.first[start] as usize + MOST_PIECES - 2;
            let end = (start + 1..=words.len())
                .take_while(|&e| whole.first.get(e).map_or(whole.ids.len() - 1, |&f| f as usize) <= room)
                .last()
                .unwrap_or(start + 1);
            let mut pieces = self.pieces.encode(words[start..end].iter().copied());
            // A single word of hundreds of pieces keeps the first of them.
            pieces.ids.truncate(MOST_PIECES);
            pieces.shapes.truncate(MOST_PIECES);
            out.push((start..end, pieces));
            start = end;
        }
        out
    }
}

/// Adds a later run of the same sentence; its root hangs on the first run's root, by relation `joined`.
fn append(whole: &mut SentenceOutput, part: SentenceOutput, offset: usize, joined: usize) {
    let root = whole.heads.iter().position(Option::is_none);
    whole.upos.extend(part.upos);
    whole.xpos.extend(part.xpos);
    whole.feats.extend(part.feats);
    whole.lemma.extend(part.lemma);
    whole.ner.extend(part.ner);
    let relation = |(h, r): (&Option<usize>, usize)| if h.is_none() && root.is_some() { joined } else { r };
    whole.deprel.extend(part.heads.iter().zip(part.deprel).map(relation));
    whole.factuality.extend(part.factuality);
    whole.heads.extend(part.heads.into_iter().map(|h| h.map(|h| h + offset).or(root)));
    for mut roles in part.roles {
        roles.cue = roles.cue.map(|(a, b)| (a + offset, b + offset));
        roles.source = std::iter::repeat_n(0.0, offset).chain(roles.source).collect();
        roles.content = std::iter::repeat_n(0.0, offset).chain(roles.content).collect();
        whole.roles.push(roles);
    }
    for mut event in part.events {
        event.word += offset;
        for role in &mut event.roles {
            *role = std::iter::repeat_n(0.0, offset).chain(role.iter().copied()).collect();
        }
        whole.events.push(event);
    }
}

impl Analyzer for Model {
    fn analyze(&self, articles: &[Article]) -> Vec<Analysis> {
        let segmented: Vec<Vec<SegmentedSentence>> = articles
            .par_iter()
            .map(|article| {
                let mut sentences = segment(&article.text, &article.paragraphs);
                sentences.retain(|s| {
                    article.paragraphs[s.paragraph].kind != ParagraphKind::Boilerplate && !s.words.is_empty()
                });
                sentences
            })
            .collect();
        let words: Vec<Vec<&str>> = articles
            .iter()
            .zip(&segmented)
            .flat_map(|(article, sentences)| {
                sentences.iter().map(|s| s.words.iter().map(|w| w.span.of(&article.text)).collect())
            })
            .collect();
        let mut outputs = self.outputs(&words).into_iter();
        let paired: Vec<(&Article, Vec<SegmentedSentence>, Vec<SentenceOutput>)> = articles
            .iter()
            .zip(segmented)
            .map(|(article, sentences)| {
                let own = outputs.by_ref().take(sentences.len()).collect();
                (article, sentences, own)
            })
            .collect();
        paired
            .into_par_iter()
            .map(|(article, sentences, outputs)| self.assemble(article, &sentences, &outputs))
            .collect()
    }
}

impl Model {
    fn assemble(&self, article: &Article, sentences: &[SegmentedSentence], outputs: &[SentenceOutput]) -> Analysis {
        let mut analysis = Analysis::default();
        for (sentence, out) in sentences.iter().zip(outputs) {
            let offset = analysis.tokens.len();
            for (w, word) in sentence.words.iter().enumerate() {
                let form = word.span.of(&article.text);
                let tagged = self.tagged(form, out, w);
                analysis.tokens.push(Token {
                    span: word.span,
                    form: form.to_owned(),
                    lemma: tagged.lemma,
                    upos: tagged.upos,
                    xpos: tagged.xpos,
                    feats: if tagged.feats == "_" { String::new() } else { tagged.feats },
                    head: tagged.head.map(|h| h + offset),
                    deprel: tagged.deprel,
                    factuality: tagged.factuality,
                });
            }
            analysis.names.extend(names(&out.ner, &self.heads.labels().ner, offset));
            let number = analysis.sentences.len();
            analysis
                .events
                .extend(out.events.iter().map(|e| self.heads.events().labels().cue(e, offset, sentence.words.len())));
            analysis.cues.extend(out.roles.iter().filter_map(|r| source_cue(r, number, offset)));
            analysis.sentences.push(Sentence {
                span: sentence.span,
                tokens: offset..analysis.tokens.len(),
                paragraph: sentence.paragraph,
            });
        }
        analysis
    }
}

/// Runs of one kind as names.
fn names(tags: &[usize], labels: &[String], offset: usize) -> Vec<Name> {
    let mut out: Vec<Name> = Vec::new();
    for (i, &tag) in tags.iter().enumerate() {
        let label = labels[tag].as_str();
        if let Some(kind) = label.strip_prefix("B-").and_then(name_kind) {
            out.push(Name { tokens: offset + i..offset + i + 1, kind });
        } else if label.starts_with("I-")
            && let Some(last) = out.last_mut().filter(|n| n.tokens.end == offset + i)
        {
            last.tokens.end += 1;
        }
    }
    out
}

/// The kind that a name tag means.
pub(crate) fn name_kind(label: &str) -> Option<NameKind> {
    Some(match label {
        "person" => NameKind::Person,
        "organization" => NameKind::Organization,
        "group" => NameKind::Group,
        "place" => NameKind::Place,
        "thing" => NameKind::Thing,
        "event" => NameKind::Event,
        _ => return None,
    })
}

/// The words above the threshold; none where no word is content.
fn source_cue(roles: &Roles, sentence: usize, offset: usize) -> Option<SourceCue> {
    let content = runs(&roles.content, offset);
    if content.is_empty() {
        return None;
    }
    let chosen = roles.content.iter().filter(|&&p| p >= ROLE_THRESHOLD);
    let score = chosen.clone().sum::<f32>() / chosen.count() as f32;
    Some(SourceCue {
        sentence,
        cue: roles.cue.map(|(a, b)| a + offset..b + offset),
        source: runs(&roles.source, offset),
        content,
        score,
    })
}

fn runs(probabilities: &[f32], offset: usize) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for (i, &p) in probabilities.iter().enumerate() {
        if p < ROLE_THRESHOLD {
            continue;
        }
        match out.last_mut() {
            Some(run) if run.end == offset + i => run.end += 1,
            _ => out.push(offset + i..offset + i + 1),
        }
    }
    out
}
