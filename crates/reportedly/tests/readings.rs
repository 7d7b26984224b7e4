//! Whole readings of the example articles: the shape of the record, its spans, and that nothing depends on threads or neighbours.

use proptest::prelude::*;
use reportedly_ingest::{InputKind, read as ingest};
use reportedly_record::{Article, Claim, ParagraphKind, Polarity, Reading, Span, Status};

fn example(name: &str) -> Article {
    let path = format!("{}/../../examples/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    ingest(&bytes, InputKind::Auto, None).remove(0).article.unwrap_or_else(|e| panic!("{path}: {e}"))
}

fn examples() -> Vec<Article> {
    ["diplomacy", "arms", "protest", "sanctions", "clash"].map(example).into()
}

fn schema() -> serde_json::Value {
    let path = format!("{}/../../docs/reading.schema.json", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let text = serde_json::to_string_pretty(&Reading::schema()).expect("a schema is JSON");
        std::fs::write(&path, text + "\n").expect("docs is writable");
    }
    let text = std::fs::read_to_string(&path).expect("docs/reading.schema.json is committed");
    serde_json::from_str(&text).expect("it is JSON")
}

/// Run with `UPDATE_EXPECT=1` to write the schema anew.
#[test]
fn the_committed_schema_is_that_of_the_types() {
    assert_eq!(schema(), Reading::schema());
}

#[test]
fn every_reading_validates_against_the_schema() {
    let validator = jsonschema::validator_for(&schema()).expect("the schema is a schema");
    for reading in reportedly::read(&examples()) {
        let json = serde_json::to_value(reading.in_code_points()).expect("a reading is JSON");
        let errors: Vec<String> = validator.iter_errors(&json).map(|e| format!("{}: {e}", e.instance_path)).collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
}

#[test]
fn the_same_articles_give_the_same_readings_alone_together_and_on_one_thread() {
    let articles = examples();
    let together = reportedly::read(&articles);
    let alone: Vec<Reading> = articles.iter().flat_map(|a| reportedly::read(std::slice::from_ref(a))).collect();
    assert_eq!(together, alone);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
    assert_eq!(pool.install(|| reportedly::read(&articles)), together);
}

fn spans_are_sound(reading: &mut Reading) {
    let text = reading.document.text.clone();
    let mut all = Vec::new();
    reading.each_span(&mut |span| all.push(*span));
    for span in all {
        assert!(span.start <= span.end && text.get(span.start..span.end).is_some(), "{span:?} in {text:?}");
    }
    // Every id that is pointed to exists.
    let known = |id: &str| {
        reading.entities.iter().any(|e| e.id == id)
            || reading.times.iter().any(|t| t.id == id)
            || reading.attributions.iter().any(|a| a.id == id)
            || reading.claims.iter().any(|c| c.id == id)
    };
    for claim in &reading.claims {
        let pointed = claim
            .participants
            .iter()
            .filter_map(|p| p.entity.as_deref())
            .chain(claim.attribution.iter().map(String::as_str))
            .chain(claim.within.as_deref());
        for id in pointed {
            assert!(known(id), "{id}");
        }
        assert!(claim.sentence.contains(claim.trigger) && (0.0..=1.0).contains(&claim.confidence));
        assert!(claim.time.as_ref().and_then(|t| t.time.as_deref()).is_none_or(known));
    }
}

#[test]
fn every_span_slices_what_it_says() {
    for mut reading in reportedly::read(&examples()) {
        spans_are_sound(&mut reading);
    }
}

#[test]
fn nothing_is_coded_from_furniture() {
    for reading in reportedly::read(&examples()) {
        let furniture: Vec<Span> = reading
            .document
            .paragraphs
            .iter()
            .filter(|p| p.kind == ParagraphKind::Boilerplate)
            .map(|p| p.span)
            .collect();
        assert!(
            !furniture.iter().any(|f| reading.claims.iter().any(|c| f.overlaps(c.trigger))),
            "{}",
            reading.document.id
        );
    }
}

fn claim_of<'a>(reading: &'a Reading, trigger: &str) -> &'a Claim {
    let found = reading.claims.iter().find(|c| c.trigger.of(&reading.document.text) == trigger);
    found.unwrap_or_else(|| {
        panic!(
            "no claim `{trigger}` in {:?}",
            reading.claims.iter().map(|c| c.trigger.of(&reading.document.text)).collect::<Vec<_>>()
        )
    })
}

#[test]
fn standing_and_sources_of_the_arms_example() {
    let reading = reportedly::read(&[example("arms")]).remove(0);
    assert_eq!(reading.document.published.as_deref(), Some("2022-10-02"));
    let bought = claim_of(&reading, "bought");
    assert_eq!((bought.status, bought.polarity), (Status::Occurred, Polarity::Negative));
    assert_eq!(bought.attribution.len(), 1);
    assert_eq!(claim_of(&reading, "supply").status, Status::Planned);
    assert_eq!(claim_of(&reading, "send").status, Status::Conditional);
    let denied = claim_of(&reading, "denied");
    assert_eq!((denied.status, denied.polarity), (Status::Occurred, Polarity::Positive));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn no_text_makes_it_panic(text in "(\\PC|[ \n.,“”\"'’—-]|Russia|officials|said|that|will|attack|on Monday|2023|he){1,60}") {
        for item in ingest(text.as_bytes(), InputKind::Text, Some("2023-09-05")) {
            if let Ok(article) = item.article {
                for mut reading in reportedly::read(&[article]) {
                    spans_are_sound(&mut reading);
                    let points = reading.clone().in_code_points();
                    let characters = reading.document.text.chars().count();
                    let mut inside = true;
                    points.clone().each_span(&mut |s| inside &= s.end <= characters);
                    prop_assert!(inside);
                }
            }
        }
    }
}
