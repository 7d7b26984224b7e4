//! AVX-512 VNNI: four unsigned-by-signed byte products a lane and instruction.
//!
//! Weights are packed in blocks of 64 outputs; within a block, four inputs of each output lie side by side, the shape
//! that `vpdpbusd` eats. Six rows at a time keep 24 of the 32 registers as sums.
#![allow(unsafe_code, reason = "intrinsics; callers have checked the features and the packed layout")]

use std::arch::x86_64::*;

use crate::encoder::linear::{Linear, Quantized};

/// Outputs a block.
pub(crate) const BLOCK: usize = 64;

/// Where weight (output, input) lies in the packed layer.
pub(crate) fn index(output: usize, input: usize, inputs: usize) -> usize {
    (output / BLOCK) * (BLOCK * inputs) + (input / 4) * (BLOCK * 4) + (output % BLOCK) * 4 + input % 4
}

/// See [`super::scalar::matmul`].
pub(crate) fn matmul(layer: &Linear, x: Quantized<'_>, out: &mut [f32]) {
    let (rows, k, n) = (x.scales.len(), layer.inputs, layer.padded);
    assert!(
        x.values.len() >= rows * k
            && out.len() >= rows * n
            && layer.packed.len() >= n * k
            && k % 4 == 0
            && n % BLOCK == 0
    );
    for block in 0..n / BLOCK {
        let mut r = 0;
        // SAFETY: `Linear::pack` found the features; it and the assertion above bound every pointer: rows r..r+R of
        // `values` and `out`, and block `block` of the packed weights, scales, biases and sums.
        unsafe {
            while r + 6 <= rows {
                tile::<6>(layer, &x, r, block, out.as_mut_ptr());
                r += 6;
            }
            match rows - r {
                5 => tile::<5>(layer, &x, r, block, out.as_mut_ptr()),
                4 => tile::<4>(layer, &x, r, block, out.as_mut_ptr()),
                3 => tile::<3>(layer, &x, r, block, out.as_mut_ptr()),
                2 => tile::<2>(layer, &x, r, block, out.as_mut_ptr()),
                1 => tile::<1>(layer, &x, r, block, out.as_mut_ptr()),
                _ => {}
            }
        }
    }
}

/// Rows `r..r+R` by one block of outputs.
///
/// # Safety
/// AVX-512 F, BW, VL, VNNI and FMA are there, and rows and block lie inside the buffers.
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni,avx2,fma")]
unsafe fn tile<const R: usize>(layer: &Linear, x: &Quantized<'_>, r: usize, block: usize, out: *mut f32) {
    let (k, n) = (layer.inputs, layer.padded);
    // SAFETY: the caller's contract; every offset below stays in row r+i (< rows) and block `block` (< n / 64).
    unsafe {
        let mut sums = [[_mm512_setzero_si512(); 4]; R];
        let mut weights = layer.packed.as_ptr().add(block * BLOCK * k);
        let values = x.values.as_ptr().add(r * k);
        for step in 0..k / 4 {
            let w = [
                _mm512_loadu_si512(weights.cast()),
                _mm512_loadu_si512(weights.add(64).cast()),
                _mm512_loadu_si512(weights.add(128).cast()),
                _mm512_loadu_si512(weights.add(192).cast()),
            ];
            weights = weights.add(256);
            for (i, row) in sums.iter_mut().enumerate() {
                let a = _mm512_set1_epi32(values.add(i * k + step * 4).cast::<i32>().read_unaligned());
                for (sum, &w) in row.iter_mut().zip(&w) {
                    *sum = _mm512_dpbusd_epi32(*sum, a, w);
                }
            }
        }
        for j in 0..4 {
            let c = block * BLOCK + j * 16;
            let offset = _mm512_slli_epi32::<7>(_mm512_loadu_si512(layer.sums.as_ptr().add(c).cast()));
            let scale = _mm512_loadu_ps(layer.scale.as_ptr().add(c));
            let bias = _mm512_loadu_ps(layer.bias.as_ptr().add(c));
            for (i, row) in sums.iter().enumerate() {
                let sum = _mm512_cvtepi32_ps(_mm512_sub_epi32(row[j], offset));
                let factor = _mm512_mul_ps(scale, _mm512_set1_ps(x.scales[r + i]));
                _mm512_storeu_ps(out.add((r + i) * n + c), _mm512_fmadd_ps(sum, factor, bias));
            }
        }
    }
}
