//! NEON: widening byte products, summed in pairs. Works on every 64-bit Arm; the dot-product extension is not needed.
#![allow(unsafe_code, reason = "intrinsics; NEON is part of every aarch64 machine")]

use std::arch::aarch64::*;

use crate::encoder::linear::{Linear, Quantized};

/// See [`super::scalar::matmul`]; `narrow` is scratch space. Weights lie row by row, as in the scalar kernel.
pub fn matmul(layer: &Linear, x: Quantized<'_>, narrow: &mut Vec<i8>, out: &mut [f32]) {
    let (rows, k, n) = (x.scales.len(), layer.inputs, layer.padded);
    assert!(x.values.len() >= rows * k && out.len() >= rows * n && layer.packed.len() >= n * k && k % 16 == 0);
    narrow.clear();
    narrow.extend(x.values[..rows * k].iter().map(|&q| (i16::from(q) - 128) as i8));
    for c in 0..n {
        for r in 0..rows {
            // SAFETY: the assertion above bounds both rows of k bytes.
            let sum = unsafe { dot(narrow.as_ptr().add(r * k), layer.packed.as_ptr().add(c * k), k) };
            out[r * n + c] = (sum as f32).mul_add(layer.scale[c] * x.scales[r], layer.bias[c]);
        }
    }
}

/// The dot product of two runs of `k` signed bytes, `k` a multiple of 16.
///
/// # Safety
/// Both pointers have `k` readable bytes.
unsafe fn dot(a: *const i8, b: *const i8, k: usize) -> i32 {
    // SAFETY: the caller's contract; every load is of 16 bytes below k.
    unsafe {
        let mut sum = vdupq_n_s32(0);
        let mut i = 0;
        while i < k {
            let (x, y) = (vld1q_s8(a.add(i)), vld1q_s8(b.add(i)));
            sum = vpadalq_s16(sum, vmull_s8(vget_low_s8(x), vget_low_s8(y)));
            sum = vpadalq_s16(sum, vmull_s8(vget_high_s8(x), vget_high_s8(y)));
            i += 16;
        }
        vaddvq_s32(sum)
    }
}
