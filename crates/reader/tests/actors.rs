//! The cases of `eval/actors.tsv`: who a name or description is on a day. `--nocapture` prints the misses.

use reportedly_reader::knowledge::Knowledge;

#[test]
fn actors_are_known() {
    let cases = include_str!("../../../eval/actors.tsv").lines().skip(2);
    let (mut right, mut all) = (0usize, 0usize);
    for line in cases.filter(|l| !l.starts_with('#') && *l != "name\tdate\tcode") {
        let [name, date, want] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let got = Knowledge::built_in().describe(name, date.parse().ok()).and_then(|k| k.code);
        let got = got.unwrap_or_else(|| "-".to_owned());
        all += 1;
        right += usize::from(got == want);
        if got != want {
            println!("{name} on {date}: {got}, not {want}");
        }
    }
    println!("{right} of {all} right");
    assert!(right as f64 >= 0.95 * all as f64, "{right} of {all}");
}
