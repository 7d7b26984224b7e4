//! Arithmetic: the same results from every instruction set.
//!
//! Integer products are exact, so the matrix kernels agree to the bit whatever their order. Everything in floating
//! point is one body of code with a fixed order of operations and explicit fused multiply-adds, compiled once for
//! each instruction set: those agree to the bit as well. [`scalar`] defines the results.

pub mod elementwise;
pub mod scalar;

#[cfg(target_arch = "x86_64")]
pub mod avx2;
#[cfg(target_arch = "x86_64")]
pub mod avx512;
#[cfg(target_arch = "aarch64")]
pub mod neon;

/// The instruction set that the kernels use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Isa {
    /// Plain Rust: the definition.
    Scalar,
    /// 256-bit x86 with 16-bit multiply-adds.
    Avx2,
    /// 512-bit x86 with 8-bit dot products (VNNI).
    Avx512Vnni,
    /// 128-bit Arm.
    Neon,
}

impl Isa {
    /// The fastest that this machine has.
    pub fn detect() -> Isa {
        #[cfg(target_arch = "x86_64")]
        {
            let vnni = is_x86_feature_detected!("avx512vnni")
                && is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512dq");
            if vnni && is_x86_feature_detected!("fma") {
                return Isa::Avx512Vnni;
            }
            if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
                return Isa::Avx2;
            }
        }
        #[cfg(target_arch = "aarch64")]
        {
            return Isa::Neon;
        }
        #[allow(unreachable_code, reason = "Arm machines have returned above")]
        Isa::Scalar
    }

    /// All that this machine can run, for tests.
    pub fn available() -> Vec<Isa> {
        let mut out = vec![Isa::Scalar];
        match Isa::detect() {
            Isa::Scalar => {}
            Isa::Avx512Vnni => out.extend([Isa::Avx2, Isa::Avx512Vnni]),
            other => out.push(other),
        }
        out
    }
}
