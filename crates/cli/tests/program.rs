//! The real program: what it prints, where, and its exit codes.

use assert_cmd::Command;
use predicates::prelude::*;

fn reportedly() -> Command {
    Command::cargo_bin("reportedly").expect("the program is built")
}

fn example(name: &str) -> String {
    format!("{}/../../examples/{name}.txt", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn an_article_is_read_for_people() {
    reportedly()
        .args(["read", &example("diplomacy")])
        .assert()
        .success()
        .stdout(
            predicate::str::contains("Foreign ministers to meet in Tallinn").and(predicate::str::contains("[travel]")),
        )
        .stdout(predicate::function(|out: &str| {
            out.lines().all(|l| l.chars().count() <= 80) && !out.contains('\u{1b}')
        }));
}

#[test]
fn json_lines_keep_their_order_and_lose_nothing() {
    let input = "{\"id\":\"one\",\"text\":\"Rebels attacked the town on Monday.\",\"published\":\"2020-01-08\"}\n{\"id\":\"two\"}\nnot json\n{\"id\":\"four\",\"text\":\"The envoy resigned.\\u2028Nobody knew.\"}\n";
    let output = reportedly()
        .args(["read", "--input", "jsonl", "--format", "jsonl", "-"])
        .write_stdin(input)
        .output()
        .expect("it runs");
    let rows: Vec<serde_json::Value> = String::from_utf8(output.stdout)
        .expect("UTF-8")
        .lines()
        .map(|l| serde_json::from_str(l).expect("every line is JSON"))
        .collect();
    assert_eq!(rows.len(), 4);
    assert_eq!(rows[0]["document"]["id"], "one");
    assert_eq!(rows[1]["id"], "two");
    assert!(rows[1]["error"].is_string() && rows[2]["error"].is_string());
    assert_eq!(rows[3]["document"]["id"], "four");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn bad_input_is_named_on_stderr() {
    reportedly()
        .args(["read", "no-such-file.txt"])
        .assert()
        .code(2)
        .stderr(predicate::str::contains("no-such-file.txt"))
        .stdout("");
    reportedly().args(["read", "-"]).write_stdin("").assert().code(2).stderr(predicate::str::contains("empty"));
    reportedly()
        .args(["read", "-"])
        .write_stdin("%PDF-1.7 ...")
        .assert()
        .code(2)
        .stderr(predicate::str::contains("PDF"));
    reportedly().args(["read", "--published", "yesterday", "-"]).assert().code(2);
    reportedly()
        .args(["read", "--explain", "c999", &example("clash")])
        .assert()
        .code(2)
        .stderr(predicate::str::contains("c999"));
}

#[test]
fn a_text_without_claims_exits_with_one() {
    reportedly().args(["read", "-"]).write_stdin("The soup was warm.").assert().code(1);
}

#[test]
fn a_claim_is_explained() {
    reportedly()
        .args(["read", "--explain", "c1", &example("clash")])
        .assert()
        .success()
        .stdout(predicate::str::contains("rule").and(predicate::str::contains("tree")));
}

#[test]
fn given_words_are_kept() {
    let given = "# sent_id = a\n1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n1\tdo\t_\t_\t_\t_\t_\t_\t_\t_\n2\tn't\t_\t_\t_\t_\t_\t_\t_\t_\n3\tgo\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n\n";
    reportedly().args(["parse", "--input", "conllu", "-"]).write_stdin(given).assert().success().stdout(
        predicate::str::contains("# sent_id = a\n1-2\tdon't\t_").and(predicate::str::contains("3\tgo\tgo\tVERB")),
    );
    reportedly()
        .args(["parse", "--input", "conllu", "-"])
        .write_stdin("1 word\n")
        .assert()
        .code(2)
        .stderr(predicate::str::contains("line 1"));
}

#[test]
fn help_teaches() {
    reportedly().args(["read", "--help"]).assert().success().stdout(predicate::str::contains("Examples:"));
}

#[test]
fn an_actor_is_looked_up_on_a_day() {
    let actor = |on: &str| reportedly().args(["actor", "Theresa May", "--on", on, "--format", "json"]).output();
    let known = |on: &str| -> serde_json::Value {
        let output = actor(on).expect("it runs");
        serde_json::from_slice::<serde_json::Value>(&output.stdout).expect("it is JSON")["known"][0].clone()
    };
    assert_eq!(known("2017-03-30")["code"], "GBRGOV");
    assert_eq!(known("2017-03-30")["office"], "prime minister of United Kingdom");
    assert_eq!(known("2021-03-30")["code"], "GBRELI");
    assert_eq!(known("2021-03-30")["cow"], 200);
    assert!(known("2017-03-30")["source"].as_str().is_some_and(|s| s.starts_with("leaders.tsv:")));
    reportedly()
        .args(["actor", "South", "Korean", "officials"])
        .assert()
        .success()
        .stdout(predicate::str::contains("KORGOV").and(predicate::str::contains("roles.tsv:")));
    reportedly().args(["actor", "Ruritania"]).assert().code(1).stdout("");
    reportedly().args(["actor", "Oslo", "--on", "yesterday"]).assert().code(2);
}

#[test]
fn users_actors_win_or_fail_before_anything_is_read() {
    let folder = std::env::temp_dir().join(format!("reportedly-actors-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).expect("a file");
        path.display().to_string()
    };
    let good = write("good.tsv", "name\taliases\tkind\tiso3\tsector\nMI6\t\torganization\tNOR\tBUS\n");
    let bad = write("bad.tsv", "name\toffice\tiso3\tsector\tfrom\nAda Example\tpresident\tTUR\tGOV\tsoon\n");
    reportedly()
        .args(["actor", "MI6", "--actors", &good])
        .assert()
        .success()
        .stdout(predicate::str::contains("NORBUS").and(predicate::str::contains("good.tsv:2")));
    reportedly().args(["read", "--actors", &good, &example("clash")]).assert().success();
    reportedly()
        .args(["read", "--actors", &good, "--actors", &bad, &example("clash")])
        .assert()
        .code(2)
        .stdout("")
        .stderr(predicate::str::contains("bad.tsv:2: field `from`: `soon` is no date"));
    reportedly().args(["read", "--actors", "none.tsv", &example("clash")]).assert().code(2).stdout("");
    std::fs::remove_dir_all(&folder).expect("the folder goes");
}

#[test]
fn a_place_is_printed_with_its_source() {
    reportedly()
        .args(["place", "Paris, Texas"])
        .assert()
        .success()
        .stdout(predicate::str::contains("Paris, Texas, USA").and(predicate::str::contains("from GeoNames")));
    let output = reportedly().args(["place", "--format", "json", "Strait of Hormuz"]).output().expect("it runs");
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(found["places"][0]["feature"], "STRT");
    assert_eq!(found["places"][0]["where_prec"], 7);
    reportedly().args(["place", "Qwxyz"]).assert().code(1).stdout(predicate::str::contains("not known"));
}
