//! Where bytes come from: files and standard input.

use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The bytes of a file, or of standard input for `-`.
pub fn bytes(path: &Path) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    if path == Path::new("-") {
        std::io::stdin().lock().read_to_end(&mut out).context("cannot read standard input")?;
    } else {
        if path.is_dir() {
            anyhow::bail!("{}: is a folder; name the files in it", path.display());
        }
        out = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    }
    Ok(out)
}

/// The name of an input for people.
pub fn name(path: &Path) -> String {
    if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() }
}

/// The files named, or standard input where none is.
pub fn or_stdin(files: &[PathBuf]) -> Vec<PathBuf> {
    if files.is_empty() { vec![PathBuf::from("-")] } else { files.to_vec() }
}
