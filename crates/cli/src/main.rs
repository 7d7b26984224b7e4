//! The program: arguments → mode → exit code. One file a command.

mod actor;
mod actors;
mod exit;
mod human;
mod input;
mod parse;
mod place;
mod read;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use exit::Outcome;

/// Reads news and writes down its claims: who did, will, may, or did not do what to whom, when, where, on whose word,
/// how sure, with the exact characters that say so.
#[derive(Parser)]
#[command(name = "reportedly", version, about, max_term_width = 100, after_help = exit::HELP)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Read articles into claims
    Read(read::ReadArguments),
    /// Look up who or what a name or description is on a day
    Actor(actor::ActorArguments),
    /// Print what is known of a place name, and from where
    Place(place::PlaceArguments),
    /// Write words, trees, names and factuality as CoNLL-U
    Parse(parse::ParseArguments),
}

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { Outcome::Failed.code() } else { Outcome::Done.code() };
        }
    };
    let outcome = match arguments.command {
        Command::Read(arguments) => read::run(&arguments),
        Command::Actor(arguments) => actor::run(&arguments),
        Command::Place(arguments) => place::run(&arguments),
        Command::Parse(arguments) => parse::run(&arguments),
    };
    match outcome {
        Ok(outcome) => outcome.code(),
        // A reader that closed the pipe has seen what it wanted.
        Err(error) if exit::is_broken_pipe(&error) => Outcome::Done.code(),
        Err(error) => {
            anstream::eprintln!("reportedly: {error:#}");
            Outcome::Failed.code()
        }
    }
}
