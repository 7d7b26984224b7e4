//! Floating-point stages: quantisation, layer norm, attention, gelu. One body each, compiled for each instruction set.
//!
//! Every body sums in sixteen lanes and multiplies and adds in one rounding, so that the compiler may use any vector
//! width and every machine gives the same bits.
#![allow(unsafe_code, reason = "calls into bodies compiled for features that `Isa::detect` has found")]

use super::Isa;

/// Size of an attention head.
pub(crate) const HEAD: usize = 32;
const LANES: usize = 16;
/// Queries that attention takes at a time: independent sums hide the latency of the multiply-adds.
const QUERIES: usize = 4;

macro_rules! compiled {
    ($(#[$doc:meta])* $name:ident, $body:ident, ($($arg:ident: $kind:ty),*)) => {
        $(#[$doc])*
        pub(crate) fn $name(isa: Isa, $($arg: $kind),*) {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx2,fma")]
                fn wide($($arg: $kind),*) { $body($($arg),*) }
                #[target_feature(enable = "avx2,fma")]
                fn half($($arg: $kind),*) { $body($($arg),*) }
                // SAFETY: an `Isa` reaches this only through a `Linear`, and `Linear::pack` refuses one the machine lacks.
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
    /// The exact gelu, through an error function good to 3e-7 (Abramowitz and Stegun 7.1.28).
    gelu, gelu_body, (x: &mut [f32])
}

compiled! {
    /// `out = word * scale + position + shape`: the encoder's input row for one piece.
    embed, embed_body, (word: &[u8], scale: f32, position: &[f32], shape: &[f32], out: &mut [f32])
}
compiled! {
    /// Dot products of every query with every key: `out[q * keys.rows + k]`.
    dots, dots_body, (queries: Rows<'_>, keys: Rows<'_>, out: &mut [f32])
}
compiled! {
    /// `out += Σ weights[i] · table[i]`.
    combine, combine_body, (weights: &[f32], table: Rows<'_>, out: &mut [f32])
}

/// Rows of floats inside a wider buffer.
#[derive(Clone, Copy)]
pub(crate) struct Rows<'a> {
    /// The buffer, from the first value of the first row.
    pub values: &'a [f32],
    /// Distance from row to row.
    pub stride: usize,
    /// Values a row.
    pub width: usize,
    /// How many rows.
    pub rows: usize,
}

impl<'a> Rows<'a> {
    #[inline(always)]
    fn row(self, i: usize) -> &'a [f32] {
        &self.values[i * self.stride..i * self.stride + self.width]
    }
}

#[inline(always)]
fn embed_body(word: &[u8], scale: f32, position: &[f32], shape: &[f32], out: &mut [f32]) {
    for (((o, &w), &p), &s) in out.iter_mut().zip(word).zip(position).zip(shape) {
        *o = f32::from(w as i8).mul_add(scale, p + s);
    }
}

#[inline(always)]
fn dots_body(queries: Rows<'_>, keys: Rows<'_>, out: &mut [f32]) {
    for (q, out) in out.chunks_exact_mut(keys.rows.max(1)).take(queries.rows).enumerate() {
        let query = queries.row(q);
        let (fours, rest) = out.as_chunks_mut::<4>();
        for (i, four) in fours.iter_mut().enumerate() {
            *four = dot(query, [0, 1, 2, 3].map(|j| keys.row(i * 4 + j)));
        }
        let done = keys.rows - rest.len();
        for (i, one) in rest.iter_mut().enumerate() {
            [*one] = dot(query, [keys.row(done + i)]);
        }
    }
}

/// Dot products in sixteen lanes each, `N` side by side; what does not fill the lanes is added last.
#[inline(always)]
fn dot<const N: usize>(query: &[f32], keys: [&[f32]; N]) -> [f32; N] {
    let mut lanes = [[0f32; LANES]; N];
    let (whole, rest) = query.as_chunks::<LANES>();
    let chunks = keys.map(|k| k.as_chunks::<LANES>().0);
    for (c, x) in whole.iter().enumerate() {
        for n in 0..N {
            let y = &chunks[n][c];
            for i in 0..LANES {
                lanes[n][i] = x[i].mul_add(y[i], lanes[n][i]);
            }
        }
    }
    let mut out = lanes.map(|l| fold(&l));
    for n in 0..N {
        for (x, y) in rest.iter().zip(&keys[n][whole.len() * LANES..]) {
            out[n] = x.mul_add(*y, out[n]);
        }
    }
    out
}

#[inline(always)]
fn combine_body(weights: &[f32], table: Rows<'_>, out: &mut [f32]) {
    for (i, &w) in weights.iter().enumerate() {
        for (o, &t) in out.iter_mut().zip(table.row(i)) {
            *o = w.mul_add(t, *o);
        }
    }
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

/// The larger one, as one vector instruction: `f32::max` has to look for NaN as well.
#[inline(always)]
fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// e^x for x of at most 0, from −87 on; below that as for −87.
#[inline(always)]
fn exp(x: f32) -> f32 {
    const ROUND: f32 = 12_582_912.0; // 1.5·2²³: adding it rounds to a whole number, which stands in the lowest bits
    let y = larger(x, -87.0) * std::f32::consts::LOG2_E;
    let rounded = y + ROUND;
    let f = y - (rounded - ROUND);
    let p = 1.333_355_8e-3f32
        .mul_add(f, 9.618_129e-3)
        .mul_add(f, 5.550_411e-2)
        .mul_add(f, 2.402_265e-1)
        .mul_add(f, 6.931_472e-1)
        .mul_add(f, 1.0);
    // Adds the whole number, between −126 and 0, to the exponent; the shift drops the bits of ROUND itself.
    f32::from_bits(p.to_bits().wrapping_add(rounded.to_bits() << 23))
}

#[inline(always)]
fn quantize_body(x: &[f32], width: usize, q: &mut [u8], scales: &mut [f32]) {
    for ((row, out), scale) in x.chunks_exact(width).zip(q.chunks_exact_mut(width)).zip(scales.iter_mut()) {
        let mut lanes = [1e-8f32; LANES];
        for chunk in row.as_chunks::<LANES>().0 {
            for i in 0..LANES {
                lanes[i] = larger(chunk[i].abs(), lanes[i]);
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
    let size = (HEAD + QUERIES) * padded;
    if scratch.len() < size {
        scratch.resize(size, 0.0);
    }
    let (keys, scores) = scratch[..size].split_at_mut(HEAD * padded);
    let scale = 1.0 / (HEAD as f32).sqrt();
    for head in 0..heads {
        let at = head * HEAD;
        // Keys by component. What an earlier sentence left behind the last token never leaves its own lane.
        for t in 0..tokens {
            let key = &qkv[t * stride + width + at..][..HEAD];
            for (d, &k) in key.iter().enumerate() {
                keys[d * padded + t] = k;
            }
        }
        for first in (0..tokens).step_by(QUERIES) {
            let count = QUERIES.min(tokens - first);
            let mut queries = [[0f32; HEAD]; QUERIES];
            for (i, query) in queries.iter_mut().enumerate().take(count) {
                for (q, &v) in query.iter_mut().zip(&qkv[(first + i) * stride + at..][..HEAD]) {
                    *q = v * scale;
                }
            }
            for block in (0..padded).step_by(LANES) {
                let mut lanes = [[0f32; LANES]; QUERIES];
                for d in 0..HEAD {
                    let key = &keys[d * padded + block..][..LANES];
                    for i in 0..QUERIES {
                        for l in 0..LANES {
                            lanes[i][l] = queries[i][d].mul_add(key[l], lanes[i][l]);
                        }
                    }
                }
                for (i, lanes) in lanes.iter().enumerate() {
                    scores[i * padded + block..][..LANES].copy_from_slice(lanes);
                }
            }
            let mut inverse = [0f32; QUERIES];
            for (i, inverse) in inverse.iter_mut().enumerate().take(count) {
                *inverse = 1.0 / exponentials(&mut scores[i * padded..(i + 1) * padded], tokens);
            }
            let mut mixed = [[0f32; HEAD]; QUERIES];
            for u in 0..tokens {
                let value = &qkv[u * stride + 2 * width + at..][..HEAD];
                for i in 0..QUERIES {
                    let p = scores[i * padded + u];
                    for d in 0..HEAD {
                        mixed[i][d] = p.mul_add(value[d], mixed[i][d]);
                    }
                }
            }
            for i in 0..count {
                for (o, &m) in out[(first + i) * width + at..][..HEAD].iter_mut().zip(&mixed[i]) {
                    *o = m * inverse[i];
                }
            }
        }
    }
}

/// Turns scores into `e^(score − largest)`, zero behind `tokens`; returns their sum. The length is a multiple of the lanes.
#[inline(always)]
fn exponentials(scores: &mut [f32], tokens: usize) -> f32 {
    scores[tokens..].fill(f32::MIN);
    let mut most = [f32::MIN; LANES];
    for chunk in scores.as_chunks::<LANES>().0 {
        for i in 0..LANES {
            most[i] = larger(chunk[i], most[i]);
        }
    }
    let largest = most.iter().fold(f32::MIN, |a, &b| larger(b, a));
    for s in scores.iter_mut() {
        *s = exp(*s - largest);
    }
    scores[tokens..].fill(0.0);
    let mut sum = [0f32; LANES];
    for chunk in scores.as_chunks::<LANES>().0 {
        for i in 0..LANES {
            sum[i] += chunk[i];
        }
    }
    fold(&sum)
}

#[inline(always)]
fn gelu_body(x: &mut [f32]) {
    // x·Φ(x) = max(x, 0) − |x|·(1 − erf(|x|/√2))/2 with 1 − erf(z) = (1 + a₁z + … + a₆z⁶)⁻¹⁶; the aᵢ hold the √2 already.
    for v in x {
        let z = v.abs();
        let p = 5.382_975e-6f32
            .mul_add(z, 4.889_063_6e-5)
            .mul_add(z, 3.800_357_5e-5)
            .mul_add(z, 3.277_626_3e-3)
            .mul_add(z, 2.114_100_6e-2)
            .mul_add(z, 4.986_734_7e-2)
            .mul_add(z, 1.0);
        let (p2, half) = (p * p, 0.5 * z);
        let p4 = p2 * p2;
        let p8 = p4 * p4;
        *v = larger(*v, 0.0) - half / (p8 * p8);
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

    fn run(isa: Isa, x: &[f32], add: &[f32]) -> (Vec<Vec<u32>>, Vec<u8>) {
        let mut norm = x.to_vec();
        add_norm(isa, &mut norm, add, &[1.25; 96], &[0.5; 96]);
        let mut bent = x.to_vec();
        gelu(isa, &mut bent);
        let (mut bytes, mut scales) = (vec![0; x.len()], vec![0.0; 7]);
        quantize(isa, x, 96, &mut bytes, &mut scales);
        let mut mixed = vec![0.0; 7 * HEAD];
        attention(isa, x, 96, 7, 1, &mut mixed, &mut vec![7.0; 50]);
        let rows = |values, rows| Rows { values, stride: 96, width: 85, rows };
        let mut products = vec![0.0; 42];
        dots(isa, rows(x, 7), rows(add, 6), &mut products);
        let mut sums = vec![1.0; 85];
        combine(isa, &add[..7], rows(x, 7), &mut sums);
        let mut input = vec![0.0; 96];
        embed(isa, &bytes[..96], 0.01, &x[..96], &add[..96], &mut input);
        (vec![bits(&norm), bits(&bent), bits(&scales), bits(&mixed), bits(&products), bits(&sums), bits(&input)], bytes)
    }

    #[test]
    fn attention_is_the_textbook_one() {
        let value = |i: usize| ((i * 2_654_435_761) % 1000) as f32 / 250.0 - 2.0;
        for tokens in [1usize, 3, 16, 21] {
            let qkv: Vec<f32> = (0..tokens * 6 * HEAD).map(value).collect();
            let mut got = vec![0.0; tokens * 2 * HEAD];
            attention(Isa::detect(), &qkv, 6 * HEAD, tokens, 2, &mut got, &mut Vec::new());
            let at = |t: usize, part: usize, c: usize| f64::from(qkv[t * 6 * HEAD + part * 2 * HEAD + c]);
            for (i, &got) in got.iter().enumerate() {
                let (t, c) = (i / (2 * HEAD), i % (2 * HEAD));
                let from = c / HEAD * HEAD;
                let score =
                    |u| (from..from + HEAD).map(|d| at(t, 0, d) * at(u, 1, d)).sum::<f64>() / (HEAD as f64).sqrt();
                let sum: f64 = (0..tokens).map(|u| score(u).exp()).sum();
                let want: f64 = (0..tokens).map(|u| score(u).exp() / sum * at(u, 2, c)).sum();
                assert!((f64::from(got) - want).abs() < 1e-5, "{tokens} tokens, {t}/{c}: {got} {want}");
            }
        }
    }

    #[test]
    fn gelu_is_the_exact_one() {
        // erf by its series, which is exact to ten digits here.
        let erf = |z: f64| {
            (0..120).fold((0.0, z), |(sum, t), n| (sum + t / f64::from(2 * n + 1), -t * z * z / f64::from(n + 1))).0
        };
        for i in -4000..=4000 {
            let x = i as f32 / 1000.0;
            let mut got = [x];
            gelu(Isa::Scalar, &mut got);
            let z = f64::from(x);
            let want = 0.5 * z * (1.0 + 2.0 / std::f64::consts::PI.sqrt() * erf(z / 2f64.sqrt()));
            assert!((f64::from(got[0]) - want).abs() < 2e-6, "{x}: {} {want}", got[0]);
        }
        let mut far = [-1e30, -90.0, 90.0, 1e30];
        gelu(Isa::Scalar, &mut far);
        assert_eq!(far, [0.0, 0.0, 90.0, 1e30]);
    }

    #[test]
    fn exp_is_the_exact_one() {
        for i in 0..=8600 {
            let x = -(i as f32) / 100.0;
            let want = f64::from(x).exp();
            assert!((f64::from(exp(x)) / want - 1.0).abs() < 1e-5, "{x}");
        }
    }
}
