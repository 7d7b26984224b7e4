//! Who is who and who says what, in sentences of our own.

use reportedly_ingest::{InputKind, read as ingest};
use reportedly_record::{Polarity, Reading, Role};

fn read(text: &str) -> Reading {
    let article = ingest(text.as_bytes(), InputKind::Text, Some("2024-05-02")).remove(0).article.expect("plain text");
    reportedly::read(&[article]).remove(0)
}

/// The mentions of the entity that has a mention of these words.
fn chain(reading: &Reading, words: &str) -> Vec<String> {
    let text = &reading.document.text;
    let entity = reading.entities.iter().find(|e| e.mentions.iter().any(|m| m.span.of(text) == words));
    entity.map(|e| e.mentions.iter().map(|m| m.span.of(text).to_owned()).collect()).unwrap_or_default()
}

fn taking_part(reading: &Reading, trigger: &str, role: Role) -> Vec<String> {
    let text = &reading.document.text;
    let claim = reading.claims.iter().find(|c| c.trigger.of(text) == trigger);
    let list = claim.map(|c| c.participants.iter().filter(move |p| p.role == role)).into_iter().flatten();
    list.map(|p| p.span.of(text).to_owned()).collect()
}

#[test]
fn gender_tells_a_husband_from_his_wife() {
    let reading = read("Peter Lindqvist, a senator, and his wife Anna left Malmo on Sunday. She later resigned.");
    assert!(!chain(&reading, "Peter Lindqvist").contains(&"She".to_owned()));
}

#[test]
fn a_title_goes_back_to_the_name_it_stood_beside() {
    let reading =
        read("President Okoro met union leaders on Monday. Minister Bello stayed away. The president promised talks.");
    assert!(chain(&reading, "Okoro").contains(&"The president".to_owned()), "{:?}", chain(&reading, "Okoro"));
}

#[test]
fn an_object_is_not_its_own_subject() {
    let reading = read("Laura Weiss attacked Karen Holm in parliament, accusing her of corruption.");
    assert!(chain(&reading, "Karen Holm").contains(&"her".to_owned()), "{:?}", chain(&reading, "Karen Holm"));
}

#[test]
fn who_is_asked_is_who_acts() {
    let reading = read("The minister is likely to press Ghana to do more to hand over any exiles.");
    assert_eq!(taking_part(&reading, "hand over", Role::Actor), ["Ghana"]);
    let reading = read("She also called for the five members of the council to relinquish their role.");
    assert_eq!(taking_part(&reading, "relinquish", Role::Actor), ["the five members of the council"]);
}

#[test]
fn ground_is_attacked_for_whoever_holds_it() {
    let reading = read("Government forces are attacking areas controlled by rebels.");
    assert_eq!(taking_part(&reading, "attacking", Role::Recipient), ["rebels"]);
}

#[test]
fn speech_goes_back_and_on_to_the_ends_of_its_quotation() {
    let text = "“We tried for a year. Nobody listened,” Mayor Ines Prado said. “Now the bridge is closed for good.”";
    let reading = read(text);
    let said = &reading.attributions[0];
    let content: Vec<&str> = said.content.iter().map(|c| c.of(&reading.document.text)).collect();
    assert!(content[0].starts_with("“We tried"), "{content:?}");
    assert!(content.last().is_some_and(|c| c.contains("closed for good")), "{content:?}");
}

#[test]
fn what_was_reported_by_somebody_is_attributed() {
    let reading = read("The attack was widely predicted by regional analysts.");
    let text = &reading.document.text;
    let source = reading.attributions.first().and_then(|a| a.source.span).map(|s| s.of(text).to_owned());
    assert_eq!(source.as_deref(), Some("regional analysts"));
}

#[test]
fn legal_forms_belong_to_the_name() {
    let reading = read("Regulators fined Northgate Systems, Inc. on Tuesday.");
    assert!(!chain(&reading, "Northgate Systems, Inc.").is_empty(), "{:?}", reading.entities);
}

#[test]
fn whoever_speaks_is_the_subject_of_what_is_said() {
    let reading = read("Rivals of the governor said they will boycott the vote in June.");
    assert!(chain(&reading, "Rivals of the governor").contains(&"they".to_owned()), "{:?}", reading.entities);
}

#[test]
fn we_in_a_quotation_is_the_speakers_side() {
    let text = "Dana Okoro, a spokeswoman for the Farmers' Union, said: “Nobody asked us. We are ready to negotiate with Kenya.”";
    let reading = read(text);
    assert!(chain(&reading, "Farmers' Union").contains(&"We".to_owned()), "{:?}", reading.entities);
}

#[test]
fn an_address_book_writes_one_person_family_name_first() {
    let reading = read("“Okafor, Grace” wrote to the ministry on Monday.");
    assert_eq!(chain(&reading, "Okafor, Grace"), ["Okafor, Grace"], "{:?}", reading.entities);
}

#[test]
fn what_cannot_act_is_what_the_event_is_about() {
    let reading = read("Opposition parties boycotted the referendum in Zambia.");
    assert_eq!(taking_part(&reading, "boycotted", Role::Object), ["the referendum"]);
    assert!(taking_part(&reading, "boycotted", Role::Recipient).iter().all(|r| r != "the referendum"));
}

#[test]
fn ground_is_taken_from_whoever_the_article_says_holds_it() {
    let reading = read(
        "Al-Shabaab fighters remain in Jowhar, once the group's stronghold. Somali soldiers captured Jowhar on Sunday.",
    );
    let lost = taking_part(&reading, "captured", Role::Recipient);
    assert!(chain(&reading, "Al-Shabaab").contains(&lost.concat()), "{lost:?}");
    assert_eq!(taking_part(&reading, "captured", Role::Actor), ["Somali soldiers"]);
}

#[test]
fn a_town_called_by_its_name_is_that_town() {
    let reading = read("Rebels shelled the town of Jowhar on Friday. Jowhar lies north of Mogadishu.");
    assert!(chain(&reading, "Jowhar").contains(&"the town of Jowhar".to_owned()), "{:?}", chain(&reading, "Jowhar"));
}

#[test]
fn a_fighters_we_is_the_armed_group_of_the_article() {
    let text = "Al-Shabaab released a video on Monday. In it a militant said: “Why are we bombed day and night?”";
    assert!(chain(&read(text), "Al-Shabaab").contains(&"we".to_owned()), "{:?}", chain(&read(text), "Al-Shabaab"));
}

#[test]
fn no_company_is_a_ministry() {
    let text =
        "Lumex, a mining company, lost its licence. The Interior Ministry said the company had bribed inspectors.";
    assert!(!chain(&read(text), "the Interior Ministry").contains(&"the company".to_owned()));
}

#[test]
fn private_calls_are_no_claims() {
    let reading =
        read("The Canadian woman called her husband on Monday. The Canadian premier called her French counterpart.");
    let calls = reading.claims.iter().filter(|c| c.trigger.of(&reading.document.text) == "called").count();
    assert_eq!(calls, 1);
}

#[test]
fn a_denied_report_is_no_fact() {
    let reading =
        read("The army denied reports of a massacre. The premier rejected claims that troops had shelled Jowhar.");
    for trigger in ["massacre", "shelled"] {
        let claim = reading.claims.iter().find(|c| c.trigger.of(&reading.document.text) == trigger);
        assert_eq!(claim.map(|c| c.polarity), Some(Polarity::Negative), "{trigger}");
    }
}

#[test]
fn we_in_a_running_quotation_is_still_its_speaker() {
    let text = "“We have warned before,” said Ada Lind, a spokeswoman for the Interior Ministry.\n\n“Last month a general flew to Oslo to buy \
                shells.\n\n“We know that President Okoro expects more talks.\n\n“We urge Oslo to stop.”";
    let said = chain(&read(text), "Ada Lind").len()
        + chain(&read(text), "the Interior Ministry").iter().filter(|m| *m == "We").count();
    assert!(
        !chain(&read(text), "Okoro").contains(&"We".to_owned()) && said >= 3,
        "{:?}",
        chain(&read(text), "the Interior Ministry")
    );
}

#[test]
fn a_capital_that_is_spoken_to_is_its_government() {
    let reading = read("London urged Ankara to stop. Rebels shelled Ankara.");
    let codes: Vec<_> = reading.entities.iter().filter_map(|e| e.code.as_deref()).collect();
    assert!(codes.contains(&"TURGOV"), "{codes:?}");
}
