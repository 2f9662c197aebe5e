//! What may be proposed, and what is said of what may not.

use entity::handbook::HandbookState;
use guidelines::ChangeKind;
use office::{
    OfficeError, RefusalCode,
    handbooks::{self, Format},
    paging::PageRequest,
    policy::op,
};

use super::{activate, document, in_force, propose, refusal, rule, strict, try_propose};
use crate::support::{
    desk::{Desk, permit},
    engine::{Engine, engines},
};

#[tokio::test]
async fn a_bad_document_is_refused_with_its_place_and_what_to_do() {
    let desk = Desk::open(&Engine::Sqlite, 0).await;
    let good = handbooks::write_document(&document(&desk).await, Format::Toml).unwrap();
    let with = |find: &str, replace: &str| {
        assert!(good.contains(find), "{find}");
        good.replacen(find, replace, 1)
    };
    let cases = [
        (with("supplement_adopted", "supplement_adoptd"), "unknown field `supplement_adoptd`"),
        (with("severity = \"BLOCK\"", "severity = \"STOP\""), "unknown variant `STOP`"),
        (with("id = \"GP2.shouting\"", "id = \"GP2.shoutin\""), "unknown rule \"GP2.shoutin\": remove it"),
        (with("words = 4", "words = 0"), "parameters of rule GP2.shouting"),
        (with("words = 4", "wordz = 4"), "parameters of rule GP2.shouting"),
        (with("id = \"PS2\"", "id = \"PS1\""), "clause \"PS1\" is there more than once"),
        (with("clause = \"GP2\"", "clause = \"GP99\""), "cites clause \"GP99\""),
        (format!("{good}\n[["), "line "),
        (good.clone(), "says the same as version 1"),
    ];
    for (source, told) in cases {
        let refusal = refusal(try_propose(&desk, &source).await);
        assert_eq!((refusal.code, refusal.field), (RefusalCode::Invalid, vec!["document".to_owned()]));
        assert!(refusal.message.contains(told), "{told}: {}", refusal.message);
    }
    let mut lying = document(&desk).await;
    rule(&mut lying, "GP2.shouting").examples.quiet = vec![super::SHOUTED.to_owned()];
    let written = handbooks::write_document(&lying, Format::Json).unwrap();
    let told = refusal(try_propose(&desk, &written).await).message;
    assert!(told.contains("GP2.shouting fires on the office's example"), "{told}");
    assert_eq!(refusal(try_propose(&desk, " ").await).code, RefusalCode::Required);
    assert_eq!(refusal(try_propose(&desk, &"#".repeat(200_001)).await).code, RefusalCode::TooLong);
    let all = handbooks::list(&desk.office, &permit(&desk.author), &PageRequest::first(9)).await.unwrap();
    assert_eq!(all.items.len(), 1, "nothing was written");
}

#[tokio::test]
async fn versions_are_counted_without_gaps_and_never_change() {
    for engine in engines() {
        let desk = Desk::open(&engine, 0).await;
        let second = propose(&desk, |document| {
            document.version = 99;
            document.title = "Ours".to_owned();
        })
        .await;
        assert_eq!(
            (second.number, second.state, second.title.as_str()),
            (2, HandbookState::Proposed, "Ours")
        );
        assert_eq!(handbooks::document_of(&second).unwrap().version, 2, "the office counts");
        assert_eq!(second.based_on, Some(in_force(&desk).await));
        let given_up = handbooks::discard(&desk.office, &permit(&desk.coordinator), second.id).await.unwrap();
        assert_eq!(given_up.state, HandbookState::Discarded);
        let (one, other) = tokio::join!(propose(&desk, strict), propose(&desk, strict));
        let mut numbers = [one.number, other.number];
        numbers.sort_unstable();
        assert_eq!(numbers, [3, 4], "two at once follow each other");
        activate(&desk, one.id).await;
        let coordinator = permit(&desk.coordinator);
        for over in [second.id, one.id] {
            let again = handbooks::discard(&desk.office, &coordinator, over).await;
            assert_eq!(refusal(again).code, RefusalCode::IllegalState);
        }
        let page =
            handbooks::list(&desk.office, &permit(&desk.author), &PageRequest::first(3)).await.unwrap();
        assert_eq!(page.items.iter().map(|row| row.number).collect::<Vec<_>>(), [4, 3, 2]);
        assert!(page.has_next);
        let report = office::audit::verify(desk.office.db().read(), desk.author.office_id).await.unwrap();
        assert_eq!(report.broken_at, None);
    }
}

#[tokio::test]
async fn the_difference_is_told_part_by_part() {
    let desk = Desk::open(&Engine::Sqlite, 0).await;
    let from = in_force(&desk).await;
    let to = propose(&desk, |document| {
        strict(document);
        document.checklist.truncate(1);
        document.office.phones.push(guidelines::ListEntry::plain("604-555-0100"));
    })
    .await;
    let changes = handbooks::changes(&desk.office, &permit(&desk.author), from, to.id).await.unwrap();
    let of = |path: &str| changes.iter().find(|change| change.path == path).unwrap();
    assert_eq!(of("office.phones.604-555-0100").kind, ChangeKind::Added);
    let harder = of("rules.GP2.shouting");
    assert_eq!(harder.kind, ChangeKind::Changed);
    assert!(harder.before.as_ref().unwrap().contains("ADVISE"));
    assert!(harder.after.as_ref().unwrap().contains("BLOCK"));
    assert!(changes.iter().any(|change| change.kind == ChangeKind::Removed));
    let back = handbooks::changes(&desk.office, &permit(&desk.author), to.id, from).await.unwrap();
    assert_eq!(back.len(), changes.len());
}

#[tokio::test]
async fn only_coordinators_propose_test_and_activate() {
    let desk = Desk::open(&Engine::Sqlite, 0).await;
    for who in [&desk.author, &desk.manager] {
        let refused = [
            who.permit::<op::ProposeHandbook>().map(drop),
            who.permit::<op::ActivateHandbook>().map(drop),
            who.permit::<op::DiscardHandbook>().map(drop),
            who.permit::<op::BackTestHandbook>().map(drop),
            who.permit::<op::AddListEntry>().map(drop),
            who.permit::<op::RemoveListEntry>().map(drop),
        ];
        assert!(refused.iter().all(|result| matches!(result, Err(OfficeError::Forbidden(_)))), "{refused:?}");
        assert!(who.permit::<op::Handbooks>().is_ok() && who.permit::<op::HandbookChanges>().is_ok());
    }
}
