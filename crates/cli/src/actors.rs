//! `--actors FILE`: users' tables put before the built-in ones, before anything is read.

use std::path::PathBuf;

use anyhow::{Context, Result};
use reportedly_reader::knowledge::Knowledge;

use crate::input;

/// Reads, checks and installs the files; without any the built-in tables stand alone.
pub fn install(files: &[PathBuf]) -> Result<()> {
    let mut texts = Vec::new();
    for file in files {
        let bytes = input::bytes(file)?;
        let text = String::from_utf8(bytes).with_context(|| format!("{}: is not UTF-8", input::name(file)))?;
        texts.push((input::name(file), text));
    }
    if !texts.is_empty() {
        Knowledge::install(&texts)?;
    }
    Ok(())
}
