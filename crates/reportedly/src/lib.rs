//! reportedly
