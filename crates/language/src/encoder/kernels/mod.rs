//! Arithmetic: the same results from every instruction set.
//!
//! Integer products are exact, so the matrix kernels agree to the bit whatever their order. Everything in floating
//! point is one body of code with a fixed order of operations and explicit fused multiply-adds, compiled once for
//! each instruction set: those agree to the bit as well. [`scalar`] defines the results.

pub(crate) mod elementwise;
pub(crate) mod scalar;

#[cfg(target_arch = "x86_64")]
pub(crate) mod avx2;
#[cfg(target_arch = "x86_64")]
pub(crate) mod avx512;
#[cfg(target_arch = "aarch64")]
pub(crate) mod neon;

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
            if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
                return if vnni { Isa::Avx512Vnni } else { Isa::Avx2 };
            }
        }
        #[cfg(target_arch = "aarch64")]
        {
            return Isa::Neon;
        }
        #[allow(unreachable_code, reason = "Arm machines have returned above")]
        Isa::Scalar
    }

    /// All that this machine can run, for comparing them.
    pub fn available() -> Vec<Isa> {
        [Isa::Scalar, Isa::Avx2, Isa::Avx512Vnni, Isa::Neon].into_iter().filter(|isa| isa.is_available()).collect()
    }

    /// Whether this machine can run it. Every machine with VNNI has AVX2, too.
    pub fn is_available(self) -> bool {
        let best = Isa::detect();
        self == Isa::Scalar || self == best || (self == Isa::Avx2 && best == Isa::Avx512Vnni)
    }
}
