//! Floating-point stages: quantisation, layer norm, attention, gelu. One body each, compiled for each instruction set.
//!
//! Every body sums in sixteen lanes and multiplies and adds in one rounding, so that the compiler may use any vector
//! width and every machine gives the same bits.
#![allow(unsafe_code, reason = "calls into bodies compiled for features that `Isa::detect` has found")]

use super::Isa;

/// Size of an attention head.
pub const HEAD: usize = 32;
const LANES: usize = 16;

macro_rules! compiled {
    ($(#[$doc:meta])* $name:ident, $body:ident, ($($arg:ident: $kind:ty),*)) => {
        $(#[$doc])*
        pub fn $name(isa: Isa, $($arg: $kind),*) {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx2,fma")]
                fn wide($($arg: $kind),*) { $body($($arg),*) }
                #[target_feature(enable = "avx2,fma")]
                fn half($($arg: $kind),*) { $body($($arg),*) }
                // SAFETY: `isa` comes from `Isa::detect` or `Isa::available`, which found the features.
                match isa {
                    Isa::Avx512Vnni => return unsafe { wide($($arg),*) },
                    Isa::Avx2 => return unsafe { half($($arg),*) },
                    _ => {}
                }
            }
            let _ = isa;
            $body($($arg),*)
        }
    };
}

compiled! {
    /// Rows of `width` floats as bytes around 128, each row with its own scale.
    quantize, quantize_body, (x: &[f32], width: usize, q: &mut [u8], scales: &mut [f32])
}
compiled! {
    /// `x = norm(x + add)` by rows of `weight.len()`.
    add_norm, add_norm_body, (x: &mut [f32], add: &[f32], weight: &[f32], bias: &[f32])
}
compiled! {
    /// Softmax attention over one sentence of `tokens` rows of `[q | k | v]`, into rows of `heads * HEAD`.
    attention, attention_body, (qkv: &[f32], stride: usize, tokens: usize, heads: usize, out: &mut [f32], scratch: &mut Vec<f32>)
}
compiled! {
    /// The exact gelu, through an error function good to 1.5e-7 (Abramowitz and Stegun 7.1.26).
    gelu, gelu_body, (x: &mut [f32])
}

/// Dot product in sixteen lanes; lengths are multiples of sixteen, a rest is left to the last loop.
#[inline(always)]
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0f32; LANES];
    let (a_whole, a_rest) = a.as_chunks::<LANES>();
    let (b_whole, b_rest) = b.as_chunks::<LANES>();
    for (x, y) in a_whole.iter().zip(b_whole) {
        for i in 0..LANES {
            lanes[i] = x[i].mul_add(y[i], lanes[i]);
        }
    }
    let mut sum = fold(&lanes);
    for (x, y) in a_rest.iter().zip(b_rest) {
        sum = x.mul_add(*y, sum);
    }
    sum
}

#[inline(always)]
fn fold(lanes: &[f32; LANES]) -> f32 {
    let mut half = *lanes;
    for width in [8, 4, 2, 1] {
        for i in 0..width {
            half[i] += half[i + width];
        }
    }
    half[0]
}

#[inline(always)]
fn exp(x: f32) -> f32 {
    const ROUND: f32 = 12_582_912.0; // 1.5·2²³: adding it rounds to a whole number
    let y = x.max(-87.0) * std::f32::consts::LOG2_E;
    let whole = (y + ROUND) - ROUND;
    let f = y - whole;
    let p = 1.333_355_8e-3f32
        .mul_add(f, 9.618_129e-3)
        .mul_add(f, 5.550_411e-2)
        .mul_add(f, 2.402_265e-1)
        .mul_add(f, 6.931_472e-1)
        .mul_add(f, 1.0);
    // The exponent is added to the bits: `whole` lies between −126 and 0 for every argument this module gives.
    f32::from_bits(p.to_bits().wrapping_add(((whole as i32) << 23) as u32))
}

#[inline(always)]
fn quantize_body(x: &[f32], width: usize, q: &mut [u8], scales: &mut [f32]) {
    for ((row, out), scale) in x.chunks_exact(width).zip(q.chunks_exact_mut(width)).zip(scales.iter_mut()) {
        let mut lanes = [1e-8f32; LANES];
        for chunk in row.as_chunks::<LANES>().0 {
            for i in 0..LANES {
                lanes[i] = lanes[i].max(chunk[i].abs());
            }
        }
        let largest = lanes.iter().fold(1e-8f32, |a, &b| a.max(b));
        let inverse = 127.0 / largest;
        *scale = largest / 127.0;
        for (o, &v) in out.iter_mut().zip(row) {
            // Rounds to nearest even in the bits of the sum, as the vector units do.
            let rounded = v.mul_add(inverse, 12_582_912.0).to_bits() as i32 - 0x4B40_0000;
            *o = (rounded + 128) as u8;
        }
    }
}

#[inline(always)]
fn add_norm_body(x: &mut [f32], add: &[f32], weight: &[f32], bias: &[f32]) {
    let width = weight.len();
    for (row, plus) in x.chunks_exact_mut(width).zip(add.chunks_exact(width)) {
        let (mut sum, mut squares) = ([0f32; LANES], [0f32; LANES]);
        for (c, a) in row.as_chunks_mut::<LANES>().0.iter_mut().zip(plus.as_chunks::<LANES>().0) {
            for i in 0..LANES {
                c[i] += a[i];
                sum[i] += c[i];
                squares[i] = c[i].mul_add(c[i], squares[i]);
            }
        }
        let mean = fold(&sum) / width as f32;
        let variance = (fold(&squares) / width as f32 - mean * mean).max(0.0);
        let inverse = 1.0 / (variance + 1e-12).sqrt();
        for ((v, &w), &b) in row.iter_mut().zip(weight).zip(bias) {
            *v = ((*v - mean) * inverse).mul_add(w, b);
        }
    }
}

#[inline(always)]
fn attention_body(qkv: &[f32], stride: usize, tokens: usize, heads: usize, out: &mut [f32], scratch: &mut Vec<f32>) {
    let width = heads * HEAD;
    let padded = tokens.next_multiple_of(LANES);
    scratch.clear();
    scratch.resize((HEAD + 1) * padded, 0.0);
    let (keys, scores) = scratch.split_at_mut(HEAD * padded);
    let scale = 1.0 / (HEAD as f32).sqrt();
    for head in 0..heads {
        let at = head * HEAD;
        for t in 0..tokens {
            for d in 0..HEAD {
                keys[d * padded + t] = qkv[t * stride + width + at + d];
            }
        }
        for t in 0..tokens {
            let query = &qkv[t * stride + at..t * stride + at + HEAD];
            for block in (0..padded).step_by(LANES) {
                let mut lanes = [0f32; LANES];
                for d in 0..HEAD {
                    let k = &keys[d * padded + block..d * padded + block + LANES];
                    for i in 0..LANES {
                        lanes[i] = query[d].mul_add(k[i], lanes[i]);
                    }
                }
                scores[block..block + LANES].copy_from_slice(&lanes);
            }
            let mut largest = f32::MIN;
            for s in &mut scores[..tokens] {
                *s *= scale;
                largest = largest.max(*s);
            }
            for s in scores.iter_mut() {
                *s = exp((*s - largest).min(0.0));
            }
            let mut sum = 0.0;
            for s in &scores[..tokens] {
                sum += s;
            }
            let mut mixed = [0f32; HEAD];
            for (u, &p) in scores[..tokens].iter().enumerate() {
                let value = &qkv[u * stride + 2 * width + at..u * stride + 2 * width + at + HEAD];
                for d in 0..HEAD {
                    mixed[d] = p.mul_add(value[d], mixed[d]);
                }
            }
            let inverse = 1.0 / sum;
            for d in 0..HEAD {
                out[t * width + at + d] = mixed[d] * inverse;
            }
        }
    }
}

#[inline(always)]
fn gelu_body(x: &mut [f32]) {
    for v in x {
        let z = v.abs() * std::f32::consts::FRAC_1_SQRT_2;
        let t = 1.0 / 0.327_591_1f32.mul_add(z, 1.0);
        let p = 1.061_405_4f32.mul_add(t, -1.453_152).mul_add(t, 1.421_413_7).mul_add(t, -0.284_496_74).mul_add(t, 0.254_829_6) * t;
        let e = (-p).mul_add(exp(-z * z), 1.0);
        let erf = if *v < 0.0 { -e } else { e };
        *v = 0.5 * *v * (1.0 + erf);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bits(x: &[f32]) -> Vec<u32> {
        x.iter().map(|v| v.to_bits()).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn every_instruction_set_gives_the_same_bits(x in prop::collection::vec(-8f32..8.0, 96 * 7), add in prop::collection::vec(-4f32..4.0, 96 * 7)) {
            let reference = run(Isa::Scalar, &x, &add);
            for isa in Isa::available() {
                prop_assert_eq!(&run(isa, &x, &add), &reference, "{:?}", isa);
            }
        }
    }

    fn run(isa: Isa, x: &[f32], add: &[f32]) -> (Vec<u32>, Vec<u32>, Vec<u8>, Vec<u32>) {
        let mut a = x.to_vec();
        add_norm(isa, &mut a, add, &[1.25; 96], &[0.5; 96]);
        let mut g = x.to_vec();
        gelu(isa, &mut g);
        let (mut q, mut s) = (vec![0; x.len()], vec![0.0; 7]);
        quantize(isa, x, 96, &mut q, &mut s);
        let mut out = vec![0.0; 7 * HEAD];
        attention(isa, x, 96, 7, 1, &mut out, &mut Vec::new());
        (bits(&a), bits(&g), q, bits(&out))
    }

    #[test]
    fn gelu_is_the_exact_one() {
        let mut x = [-3.0, -1.0, 0.0, 0.5, 2.0];
        gelu(Isa::Scalar, &mut x);
        for (got, want) in x.iter().zip([-0.004_050, -0.158_655, 0.0, 0.345_731, 1.954_500]) {
            assert!((got - want).abs() < 1e-5, "{got} {want}");
        }
    }
}
