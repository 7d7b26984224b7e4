//! Exit codes, and how the codes of many files make one.

use std::process::ExitCode;

/// Shown behind `--help`.
pub const HELP: &str = "Exit codes: 0 done, 1 nothing found, 2 an error (named on stderr).
Data goes to stdout, messages to stderr.";

/// What became of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Read, but without a single claim.
    Nothing,
    /// Done.
    Done,
    /// Something could not be read.
    Failed,
}

impl Outcome {
    /// The process's exit code.
    pub fn code(self) -> ExitCode {
        ExitCode::from(match self {
            Outcome::Done => 0,
            Outcome::Nothing => 1,
            Outcome::Failed => 2,
        })
    }

    /// One failure fails the run; one find makes it done.
    pub fn and(self, other: Outcome) -> Outcome {
        self.max(other)
    }
}

/// Whether the output's reader went away.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe))
}
