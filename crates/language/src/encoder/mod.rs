//! The encoder: six transformer layers in eight bits, on the CPU, without padding.
//!
//! Speed is what the program is for, so the arithmetic is ours: [`kernels`] has it, one instruction set a file.
//! What the vectors mean is the business of `heads`.

pub mod kernels;
pub mod linear;
mod weights;

pub use weights::{ModelError, Weights};

use kernels::{Isa, elementwise};
use linear::{Linear, Scratch};

/// Width of a word's vector.
pub const HIDDEN: usize = 384;
const HEADS: usize = 12;
const LAYERS: usize = 6;
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
    layers: Vec<Layer>,
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
            Ok(Norm { weight: weights.floats(&format!("{name}.weight"), HIDDEN)?, bias: weights.floats(&format!("{name}.bias"), HIDDEN)? })
        };
        let layers = (0..LAYERS)
            .map(|i| {
                let at = |part: &str| format!("enc.layers.{i}.{part}");
                Ok(Layer {
                    qkv: weights.linear(isa, &[&at("qkv")], HIDDEN)?,
                    attn_out: weights.linear(isa, &[&at("attn_out")], HIDDEN)?,
                    up: weights.linear(isa, &[&at("up")], HIDDEN)?,
                    down: weights.linear(isa, &[&at("down")], 4 * HIDDEN)?,
                    norm1: norm(&at("norm1"))?,
                    norm2: norm(&at("norm2"))?,
                })
            })
            .collect::<Result<_, ModelError>>()?;
        let word = weights.bytes("enc.word.weight")?;
        Ok(Encoder {
            isa,
            word,
            word_scale: weights.floats("enc.word.scale", word.len() / HIDDEN)?,
            position: weights.floats("enc.position", MOST_PIECES * HIDDEN)?,
            shape: weights.all_floats("enc.shape")?,
            norm: norm("enc.norm")?,
            layers,
        })
    }

    /// Arithmetic operations that one piece costs in the matrix products (a multiply and an add are two).
    pub fn operations_per_piece() -> usize {
        2 * LAYERS * (HIDDEN * 3 * HIDDEN + HIDDEN * HIDDEN + 2 * HIDDEN * 4 * HIDDEN)
    }

    /// Encodes the sentences side by side; into `out`, for each sentence a row for its root and one for each word.
    pub fn encode(&self, batch: &[&Pieces], work: &mut Workspace, out: &mut Vec<f32>) {
        let rows: usize = batch.iter().map(|p| p.ids.len()).sum();
        self.embed(batch, &mut work.x);
        work.narrow.clear();
        work.narrow.resize(rows * HIDDEN, 0.0);
        elementwise::add_norm(self.isa, &mut work.x, &work.narrow, &self.norm.weight, &self.norm.bias);
        for layer in &self.layers {
            layer.qkv.apply(&work.x, rows, &mut work.wide, &mut work.scratch);
            work.mixed.resize(rows * HIDDEN, 0.0);
            let (stride, mut at) = (layer.qkv.padded, 0);
            for sentence in batch {
                let n = sentence.ids.len();
                elementwise::attention(
                    self.isa,
                    &work.wide[at * stride..(at + n) * stride],
                    stride,
                    n,
                    HEADS,
                    &mut work.mixed[at * HIDDEN..(at + n) * HIDDEN],
                    &mut work.attention,
                );
                at += n;
            }
            layer.attn_out.apply(&work.mixed, rows, &mut work.narrow, &mut work.scratch);
            elementwise::add_norm(self.isa, &mut work.x, &work.narrow, &layer.norm1.weight, &layer.norm1.bias);
            layer.up.apply(&work.x, rows, &mut work.wide, &mut work.scratch);
            elementwise::gelu(self.isa, &mut work.wide[..rows * 4 * HIDDEN]);
            layer.down.apply(&work.wide, rows, &mut work.narrow, &mut work.scratch);
            elementwise::add_norm(self.isa, &mut work.x, &work.narrow, &layer.norm2.weight, &layer.norm2.bias);
        }
        out.clear();
        let mut at = 0;
        for sentence in batch {
            for row in std::iter::once(0).chain(sentence.first.iter().map(|&f| f as usize)) {
                out.extend_from_slice(&work.x[(at + row) * HIDDEN..(at + row + 1) * HIDDEN]);
            }
            at += sentence.ids.len();
        }
    }

    fn embed(&self, batch: &[&Pieces], x: &mut Vec<f32>) {
        x.clear();
        for sentence in batch {
            for (p, (&id, &shape)) in sentence.ids.iter().zip(&sentence.shapes).enumerate() {
                let (id, shape) = (id as usize, shape as usize);
                let scale = self.word_scale[id];
                let word = &self.word[id * HIDDEN..(id + 1) * HIDDEN];
                let position = &self.position[p * HIDDEN..(p + 1) * HIDDEN];
                let shape = &self.shape[shape * HIDDEN..(shape + 1) * HIDDEN];
                x.extend((0..HIDDEN).map(|i| f32::from(word[i] as i8).mul_add(scale, position[i] + shape[i])));
            }
        }
    }
}
