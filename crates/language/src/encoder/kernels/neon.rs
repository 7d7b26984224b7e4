//! NEON: widening byte products, summed in pairs. Works on every 64-bit Arm; the dot-product extension is not needed.
#![allow(unsafe_code, reason = "intrinsics; NEON is part of every aarch64 machine")]

use std::arch::aarch64::*;

use crate::encoder::linear::{Linear, Quantized};

/// See [`super::scalar::matmul`]; `narrow` is scratch space. Weights lie row by row, as in the scalar kernel.
pub(crate) fn matmul(layer: &Linear, x: Quantized<'_>, narrow: &mut Vec<i8>, out: &mut [f32]) {
    let (rows, k, n) = (x.scales.len(), layer.inputs, layer.padded);
    assert!(x.values.len() >= rows * k && out.len() >= rows * n && layer.packed.len() >= n * k && k % 16 == 0);
    narrow.clear();
    narrow.extend(x.values[..rows * k].iter().map(|&q| (i16::from(q) - 128) as i8));
    for c in 0..n {
        let mut put =
            |r: usize, sum: i32| out[r * n + c] = (sum as f32).mul_add(layer.scale[c] * x.scales[r], layer.bias[c]);
        let mut r = 0;
        // SAFETY: the assertion above bounds the rows r..r+R of `narrow` and row c of the weights, k bytes each.
        unsafe {
            let weights = layer.packed.as_ptr().add(c * k);
            while r + 4 <= rows {
                for (i, sum) in dots::<4>(narrow.as_ptr().add(r * k), weights, k).into_iter().enumerate() {
                    put(r + i, sum);
                }
                r += 4;
            }
            while r < rows {
                let [sum] = dots::<1>(narrow.as_ptr().add(r * k), weights, k);
                put(r, sum);
                r += 1;
            }
        }
    }
}

/// Dot products of `R` adjoining rows of `k` signed bytes with one row of weights, `k` a multiple of 16.
///
/// # Safety
/// `rows` has `R * k` readable bytes, `weights` has `k`.
unsafe fn dots<const R: usize>(rows: *const i8, weights: *const i8, k: usize) -> [i32; R] {
    // SAFETY: the caller's contract; every load is of 16 bytes below k in its row.
    unsafe {
        let mut sums = [vdupq_n_s32(0); R];
        for at in (0..k).step_by(16) {
            let w = vld1q_s8(weights.add(at));
            for (i, sum) in sums.iter_mut().enumerate() {
                let x = vld1q_s8(rows.add(i * k + at));
                *sum = vpadalq_s16(*sum, vmull_s8(vget_low_s8(x), vget_low_s8(w)));
                *sum = vpadalq_s16(*sum, vmull_s8(vget_high_s8(x), vget_high_s8(w)));
            }
        }
        sums.map(|sum| vaddvq_s32(sum))
    }
}
