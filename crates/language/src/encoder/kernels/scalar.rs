//! The definition of the integer matrix product, in plain Rust.

use crate::encoder::linear::{Linear, Quantized};

/// Rows `x` times the layer: `out[r, c] = bias[c] + scale[c]·s[r]·Σ w[c, i]·(q[r, i] − 128)`.
pub(crate) fn matmul(layer: &Linear, x: Quantized<'_>, out: &mut [f32]) {
    let (k, n) = (layer.inputs, layer.padded);
    for (r, &scale) in x.scales.iter().enumerate() {
        let row = &x.values[r * k..(r + 1) * k];
        for c in 0..n {
            let weights = &layer.packed[c * k..(c + 1) * k];
            let sum: i32 = row.iter().zip(weights).map(|(&q, &w)| (i32::from(q) - 128) * i32::from(w)).sum();
            out[r * n + c] = (sum as f32).mul_add(layer.scale[c] * scale, layer.bias[c]);
        }
    }
}
