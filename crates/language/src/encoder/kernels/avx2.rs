//! AVX2: 16-bit multiply-adds, because the 8-bit ones of AVX2 saturate.
//!
//! Weights are packed in blocks of 16 outputs, two inputs of each output side by side, and widened as they are read;
//! the rows are widened once for each product.
#![allow(unsafe_code, reason = "intrinsics; callers have checked the features and the packed layout")]

use std::arch::x86_64::*;

use crate::encoder::linear::{Linear, Quantized};

/// Outputs a block.
pub(crate) const BLOCK: usize = 16;

/// Where weight (output, input) lies in the packed layer.
pub(crate) fn index(output: usize, input: usize, inputs: usize) -> usize {
    (output / BLOCK) * (BLOCK * inputs) + (input / 2) * (BLOCK * 2) + (output % BLOCK) * 2 + input % 2
}

/// See [`super::scalar::matmul`]; `wide` is scratch space.
pub(crate) fn matmul(layer: &Linear, x: Quantized<'_>, wide: &mut Vec<i16>, out: &mut [f32]) {
    let (rows, k, n) = (x.scales.len(), layer.inputs, layer.padded);
    assert!(
        x.values.len() >= rows * k
            && out.len() >= rows * n
            && layer.packed.len() >= n * k
            && k % 2 == 0
            && n % BLOCK == 0
    );
    wide.clear();
    wide.extend(x.values[..rows * k].iter().map(|&q| i16::from(q) - 128));
    for block in 0..n / BLOCK {
        let mut r = 0;
        // SAFETY: `Linear::pack` found the features and filled the layer; the assertion above bounds every pointer.
        unsafe {
            while r + 6 <= rows {
                tile::<6>(layer, wide, x.scales, r, block, out.as_mut_ptr());
                r += 6;
            }
            match rows - r {
                5 => tile::<5>(layer, wide, x.scales, r, block, out.as_mut_ptr()),
                4 => tile::<4>(layer, wide, x.scales, r, block, out.as_mut_ptr()),
                3 => tile::<3>(layer, wide, x.scales, r, block, out.as_mut_ptr()),
                2 => tile::<2>(layer, wide, x.scales, r, block, out.as_mut_ptr()),
                1 => tile::<1>(layer, wide, x.scales, r, block, out.as_mut_ptr()),
                _ => {}
            }
        }
    }
}

/// Rows `r..r+R` by one block of outputs.
///
/// # Safety
/// AVX2 and FMA are there, and rows and block lie inside the buffers.
#[target_feature(enable = "avx2,fma")]
unsafe fn tile<const R: usize>(layer: &Linear, wide: &[i16], scales: &[f32], r: usize, block: usize, out: *mut f32) {
    let (k, n) = (layer.inputs, layer.padded);
    // SAFETY: the caller's contract; every offset below stays in row r+i (< rows) and block `block` (< n / 16).
    unsafe {
        let mut sums = [[_mm256_setzero_si256(); 2]; R];
        let mut weights = layer.packed.as_ptr().add(block * BLOCK * k);
        let values = wide.as_ptr().add(r * k);
        for step in 0..k / 2 {
            let w = [
                _mm256_cvtepi8_epi16(_mm_loadu_si128(weights.cast())),
                _mm256_cvtepi8_epi16(_mm_loadu_si128(weights.add(16).cast())),
            ];
            weights = weights.add(32);
            for (i, row) in sums.iter_mut().enumerate() {
                let a = _mm256_set1_epi32(values.add(i * k + step * 2).cast::<i32>().read_unaligned());
                for (sum, &w) in row.iter_mut().zip(&w) {
                    *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(a, w));
                }
            }
        }
        for j in 0..2 {
            let c = block * BLOCK + j * 8;
            let scale = _mm256_loadu_ps(layer.scale.as_ptr().add(c));
            let bias = _mm256_loadu_ps(layer.bias.as_ptr().add(c));
            for (i, row) in sums.iter().enumerate() {
                let factor = _mm256_mul_ps(scale, _mm256_set1_ps(scales[r + i]));
                let sum = _mm256_cvtepi32_ps(row[j]);
                _mm256_storeu_ps(out.add((r + i) * n + c), _mm256_fmadd_ps(sum, factor, bias));
            }
        }
    }
}
