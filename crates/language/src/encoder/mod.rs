//! The encoder: six transformer layers in eight bits, on the CPU, without padding; the upper four once for words, trees and
//! names and once for events, which would otherwise spoil each other.
//!
//! Speed is what the program is for, so the arithmetic is ours: `kernels` has it, one instruction set a file.
//! What the vectors mean is the business of `heads`.

pub(crate) mod kernels;
pub(crate) mod linear;
mod weights;

pub use kernels::Isa;
pub use weights::{ModelError, Weights};

use kernels::elementwise;
use linear::{Linear, Scratch, grow};

/// Width of a word's vector.
pub const HIDDEN: usize = 384;
const HEADS: usize = 12;
const LAYERS: usize = 6;
/// So many layers are the same for everything that is read.
const SHARED: usize = 2;
/// Casing shapes that `wordpiece::shape` tells apart.
const SHAPES: usize = 13;
/// Rows that go through the feed-forward half of a layer together: their inner vectors stay in the second-level cache.
const ROWS: usize = 96;
/// Most pieces a sentence may have, its two marks included.
pub const MOST_PIECES: usize = 512;

struct Layer {
    qkv: Linear,
    attn_out: Linear,
    up: Linear,
    down: Linear,
    norm1: Norm,
    norm2: Norm,
}

struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

/// The encoder's weights, packed for this machine.
pub struct Encoder {
    isa: Isa,
    word: &'static [u8],
    word_scale: Vec<f32>,
    position: Vec<f32>,
    shape: Vec<f32>,
    norm: Norm,
    shared: Vec<Layer>,
    words: Vec<Layer>,
    events: Vec<Layer>,
}

/// What the encoder makes of a batch: for each sentence a row for its root and one for each word.
#[derive(Default)]
pub struct Vectors {
    /// For words, trees, names, attribution.
    pub words: Vec<f32>,
    /// For events.
    pub events: Vec<f32>,
}

/// One sentence as the encoder eats it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pieces {
    /// Piece ids with `[CLS]` and `[SEP]`.
    pub ids: Vec<u32>,
    /// Casing shape of each piece.
    pub shapes: Vec<u8>,
    /// The first piece of each word.
    pub first: Vec<u32>,
}

/// Buffers that a thread keeps from batch to batch.
#[derive(Default)]
pub struct Workspace {
    x: Vec<f32>,
    branch: Vec<f32>,
    wide: Vec<f32>,
    mixed: Vec<f32>,
    narrow: Vec<f32>,
    attention: Vec<f32>,
    pub(crate) scratch: Scratch,
}

impl Encoder {
    /// Packs the file's weights for the instruction set.
    pub fn load(weights: &Weights, isa: Isa) -> Result<Encoder, ModelError> {
        let norm = |name: &str| -> Result<Norm, ModelError> {
            Ok(Norm {
                weight: weights.floats(&format!("{name}.weight"), HIDDEN)?,
                bias: weights.floats(&format!("{name}.bias"), HIDDEN)?,
            })
        };
        let layers = |prefix: &str, numbers: std::ops::Range<usize>| {
            numbers
                .map(|i| {
                    let at = |part: &str| format!("{prefix}.layers.{i}.{part}");
                    let linear = |part: &str, outputs: usize, inputs: usize| {
                        let layer = weights.linear(isa, &[&at(part)], inputs)?;
                        if layer.outputs == outputs { Ok(layer) } else { Err(ModelError::Tensor(at(part))) }
                    };
                    Ok(Layer {
                        qkv: linear("qkv", 3 * HIDDEN, HIDDEN)?,
                        attn_out: linear("attn_out", HIDDEN, HIDDEN)?,
                        up: linear("up", 4 * HIDDEN, HIDDEN)?,
                        down: linear("down", HIDDEN, 4 * HIDDEN)?,
                        norm1: norm(&at("norm1"))?,
                        norm2: norm(&at("norm2"))?,
                    })
                })
                .collect::<Result<Vec<Layer>, ModelError>>()
        };
        let word = weights.bytes("enc.word.weight")?;
        Ok(Encoder {
            isa,
            word,
            word_scale: weights.floats("enc.word.scale", word.len() / HIDDEN)?,
            position: weights.floats("enc.position", MOST_PIECES * HIDDEN)?,
            shape: weights.floats("enc.shape", SHAPES * HIDDEN)?,
            norm: norm("enc.norm")?,
            shared: layers("enc", 0..SHARED)?,
            words: layers("enc", SHARED..LAYERS)?,
            events: layers("event", SHARED..LAYERS)?,
        })
    }

    /// How many pieces the word table knows.
    pub fn vocabulary(&self) -> usize {
        self.word_scale.len()
    }

    /// Arithmetic operations that one piece costs in the matrix products (a multiply and an add are two).
    pub fn operations_per_piece() -> usize {
        2 * (2 * LAYERS - SHARED) * (HIDDEN * 3 * HIDDEN + HIDDEN * HIDDEN + 2 * HIDDEN * 4 * HIDDEN)
    }

    /// Encodes the sentences side by side.
    pub fn encode(&self, batch: &[&Pieces], work: &mut Workspace, out: &mut Vectors) {
        let rows: usize = batch.iter().map(|p| p.ids.len()).sum();
        self.embed(batch, &mut work.x);
        work.narrow.clear();
        work.narrow.resize(rows * HIDDEN, 0.0);
        elementwise::add_norm(self.isa, &mut work.x, &work.narrow, &self.norm.weight, &self.norm.bias);
        grow(&mut work.mixed, rows * HIDDEN);
        self.apply(&self.shared, batch, work);
        work.branch.clear();
        work.branch.extend_from_slice(&work.x);
        self.apply(&self.words, batch, work);
        gather(batch, &work.x, &mut out.words);
        std::mem::swap(&mut work.x, &mut work.branch);
        self.apply(&self.events, batch, work);
        gather(batch, &work.x, &mut out.events);
    }

    fn apply(&self, layers: &[Layer], batch: &[&Pieces], work: &mut Workspace) {
        let Workspace { x, wide, mixed, narrow, attention, scratch, .. } = work;
        let rows = x.len() / HIDDEN;
        for layer in layers {
            layer.qkv.apply(x, rows, wide, scratch);
            let (stride, mut at) = (layer.qkv.padded, 0);
            for sentence in batch {
                let n = sentence.ids.len();
                let (own, out) = (&wide[at * stride..(at + n) * stride], &mut mixed[at * HIDDEN..(at + n) * HIDDEN]);
                elementwise::attention(self.isa, own, stride, n, HEADS, out, attention);
                at += n;
            }
            for (x, mixed) in x.chunks_mut(ROWS * HIDDEN).zip(mixed.chunks(ROWS * HIDDEN)) {
                let rows = x.len() / HIDDEN;
                layer.attn_out.apply(mixed, rows, narrow, scratch);
                elementwise::add_norm(self.isa, x, narrow, &layer.norm1.weight, &layer.norm1.bias);
                layer.up.apply(x, rows, wide, scratch);
                elementwise::gelu(self.isa, &mut wide[..rows * 4 * HIDDEN]);
                layer.down.apply(wide, rows, narrow, scratch);
                elementwise::add_norm(self.isa, x, narrow, &layer.norm2.weight, &layer.norm2.bias);
            }
        }
    }

    fn embed(&self, batch: &[&Pieces], x: &mut Vec<f32>) {
        let rows: usize = batch.iter().map(|p| p.ids.len()).sum();
        x.resize(rows * HIDDEN, 0.0);
        let pieces = batch.iter().flat_map(|s| s.ids.iter().zip(&s.shapes).enumerate());
        for (row, (p, (&id, &shape))) in x.chunks_exact_mut(HIDDEN).zip(pieces) {
            let at = |i: usize| i * HIDDEN..(i + 1) * HIDDEN;
            let (id, shape) = (id as usize, usize::from(shape));
            let (position, shape) = (&self.position[at(p)], &self.shape[at(shape)]);
            elementwise::embed(self.isa, &self.word[at(id)], self.word_scale[id], position, shape, row);
        }
    }
}

/// The rows of each sentence's root and of its words' first pieces.
fn gather(batch: &[&Pieces], x: &[f32], out: &mut Vec<f32>) {
    out.clear();
    let mut at = 0;
    for sentence in batch {
        for row in std::iter::once(0).chain(sentence.first.iter().map(|&f| f as usize)) {
            out.extend_from_slice(&x[(at + row) * HIDDEN..(at + row + 1) * HIDDEN]);
        }
        at += sentence.ids.len();
    }
}
