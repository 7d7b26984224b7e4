//! A linear layer in eight bits: weights by output channel, activations by row.

use super::kernels::{Isa, elementwise, scalar};

/// A layer packed for one instruction set.
pub struct Linear {
    /// Inputs a row; a multiple of 16.
    pub(crate) inputs: usize,
    /// Outputs asked for.
    pub(crate) outputs: usize,
    /// Outputs computed: `outputs` rounded up to the kernel's block.
    pub(crate) padded: usize,
    /// Weights in the kernel's order.
    pub(crate) packed: Vec<i8>,
    /// Scale of each output's weights.
    pub(crate) scale: Vec<f32>,
    /// Added to each output.
    pub(crate) bias: Vec<f32>,
    /// Sum of each output's weights, which undoes the activations' offset of 128.
    pub(crate) sums: Vec<i32>,
    isa: Isa,
}

/// Quantised rows: bytes around 128 and a scale each.
#[derive(Clone, Copy)]
pub struct Quantized<'a> {
    /// Row by row.
    pub(crate) values: &'a [u8],
    /// One a row.
    pub(crate) scales: &'a [f32],
}

/// Buffers that a thread keeps from layer to layer.
#[derive(Default)]
pub struct Scratch {
    values: Vec<u8>,
    scales: Vec<f32>,
    #[cfg(target_arch = "x86_64")]
    wide: Vec<i16>,
    #[cfg(target_arch = "aarch64")]
    narrow: Vec<i8>,
}

/// Outputs are padded to this in every packing, so that all kernels give one shape.
const PAD: usize = 64;

impl Linear {
    /// Packs quantised weights `[outputs, inputs]`. Kernels trust a layer: what they rely on is asserted here.
    pub fn pack(isa: Isa, weights: &[i8], scale: &[f32], bias: &[f32], inputs: usize) -> Linear {
        let outputs = scale.len();
        assert!(
            weights.len() == outputs * inputs && bias.len() == outputs && inputs.is_multiple_of(16),
            "linear layer {outputs}x{inputs}"
        );
        assert!(isa.is_available(), "this machine has no {isa:?}");
        let padded = outputs.next_multiple_of(PAD);
        let mut packed = vec![0i8; padded * inputs];
        let mut sums = vec![0i32; padded];
        for o in 0..outputs {
            let row = &weights[o * inputs..(o + 1) * inputs];
            sums[o] = row.iter().map(|&w| i32::from(w)).sum();
            match isa {
                #[cfg(target_arch = "x86_64")]
                Isa::Avx512Vnni => {
                    for (four, chunk) in row.as_chunks::<4>().0.iter().enumerate() {
                        let at = super::kernels::avx512::index(o, four * 4, inputs);
                        packed[at..at + 4].copy_from_slice(chunk);
                    }
                }
                #[cfg(target_arch = "x86_64")]
                Isa::Avx2 => {
                    for (two, chunk) in row.as_chunks::<2>().0.iter().enumerate() {
                        let at = super::kernels::avx2::index(o, two * 2, inputs);
                        packed[at..at + 2].copy_from_slice(chunk);
                    }
                }
                _ => packed[o * inputs..(o + 1) * inputs].copy_from_slice(row),
            }
        }
        let widened = |x: &[f32]| x.iter().copied().chain(std::iter::repeat_n(0.0, padded - outputs)).collect();
        Linear { inputs, outputs, padded, packed, scale: widened(scale), bias: widened(bias), sums, isa }
    }

    /// Quantises float weights `[outputs, inputs]` by output and packs them.
    pub fn quantize(isa: Isa, weights: &[f32], bias: &[f32], inputs: usize) -> Linear {
        let mut bytes = Vec::with_capacity(weights.len());
        let mut scale = Vec::with_capacity(bias.len());
        for row in weights.chunks_exact(inputs) {
            let largest = row.iter().fold(1e-8f32, |a, &w| a.max(w.abs()));
            scale.push(largest / 127.0);
            bytes.extend(row.iter().map(|&w| (w * 127.0 / largest).round() as i8));
        }
        Linear::pack(isa, &bytes, &scale, bias, inputs)
    }

    /// `rows` rows of `x` through the layer; `out` holds `rows * self.padded` values or more.
    pub fn apply(&self, x: &[f32], rows: usize, out: &mut Vec<f32>, scratch: &mut Scratch) {
        // Buffers only grow: clearing what is overwritten anyway costs as much as a layer norm.
        grow(out, rows * self.padded);
        grow(&mut scratch.values, rows * self.inputs);
        grow(&mut scratch.scales, rows);
        elementwise::quantize(
            self.isa,
            &x[..rows * self.inputs],
            self.inputs,
            &mut scratch.values,
            &mut scratch.scales[..rows],
        );
        let quantized = Quantized { values: &scratch.values[..rows * self.inputs], scales: &scratch.scales[..rows] };
        match self.isa {
            #[cfg(target_arch = "x86_64")]
            Isa::Avx512Vnni => super::kernels::avx512::matmul(self, quantized, out),
            #[cfg(target_arch = "x86_64")]
            Isa::Avx2 => super::kernels::avx2::matmul(self, quantized, &mut scratch.wide, out),
            #[cfg(target_arch = "aarch64")]
            Isa::Neon => super::kernels::neon::matmul(self, quantized, &mut scratch.narrow, out),
            _ => scalar::matmul(self, quantized, out),
        }
    }
}

/// Makes room for `size` values; what is there stays.
pub(crate) fn grow<T: Clone + Default>(buffer: &mut Vec<T>, size: usize) {
    if buffer.len() < size {
        buffer.resize(size, T::default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn every_kernel_gives_the_scalar_result(
            weights in prop::collection::vec(-127i8..=127, 70 * 48),
            x in prop::collection::vec(-5f32..5.0, 13 * 48),
            rows in 1usize..=13,
        ) {
            let scale: Vec<f32> = (0..70).map(|i| 0.001 + i as f32 * 1e-5).collect();
            let bias: Vec<f32> = (0..70).map(|i| i as f32 - 35.0).collect();
            let run = |isa| {
                let mut out = Vec::new();
                Linear::pack(isa, &weights, &scale, &bias, 48).apply(&x, rows, &mut out, &mut Scratch::default());
                out.iter().map(|v| v.to_bits()).collect::<Vec<_>>()
            };
            let reference = run(Isa::Scalar);
            for isa in Isa::available() {
                prop_assert_eq!(&run(isa), &reference, "{:?}", isa);
            }
        }
    }
}
