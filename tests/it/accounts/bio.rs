//! The live description of an account: whether it names who runs it, and what the guidelines make of that.

use serde_json::{Value, json};

use crate::support::{
    desk::{Desk, content, permit},
    engine::engines,
    looked,
    served::Served,
};

#[tokio::test]
async fn a_description_that_names_nobody_is_told_and_found_in_every_draft_for_the_account() {
    for engine in engines() {
        let served = Served::of(Desk::open(&engine, 1).await).await;
        let desk = &served.desk;
        let author = served.client("author").await;
        let create = office::drafts::CreateDraft {
            client_key: None,
            initiative_id: desk.initiative,
            content: content("The clinic opens on Monday.", &desk.channels),
        };
        office::drafts::create(&desk.office, &permit(&desk.author), create).await.unwrap();
        let ask = "{ channels(first: 1) { nodes { profile { namesOperator namesContact } } } drafts(first: 1) { nodes { findings { rule } } } }";
        for (bio, names, contact, found) in [
            (None, Value::Null, Value::Null, false),
            (Some("Hello everybody!"), json!(false), json!(false), true),
            (Some("Run by the PRESS office; write to press@example.org"), json!(true), json!(true), false),
        ] {
            looked::shown(desk, bio, |_| ()).await;
            let seen = author.ask(ask, json!({})).await;
            let profile = &seen["channels"]["nodes"][0]["profile"];
            assert_eq!((&profile["namesOperator"], &profile["namesContact"]), (&names, &contact), "{bio:?}");
            let findings = seen["drafts"]["nodes"][0]["findings"].as_array().unwrap();
            let unnamed = findings.iter().any(|finding| finding["rule"] == "GP1.operator-unnamed");
            assert_eq!(unnamed, found, "{bio:?}: {findings:?}");
        }
        served.end().await;
    }
}

#[tokio::test]
async fn an_account_whose_description_names_nobody_is_not_put_in_use() {
    for engine in engines() {
        let served = Served::of(Desk::open(&engine, 1).await).await;
        let coordinator = served.client("coordinator").await;
        let ids = coordinator.ask("{ channels(first: 1) { nodes { id } } }", json!({})).await;
        let channel = json!({ "channelId": ids["channels"]["nodes"][0]["id"] });
        coordinator.act("restChannel", channel.clone(), "channel { state }").await;
        looked::shown(&served.desk, Some("Hello everybody!"), |_| ()).await;
        let fields = "channel { state readiness { item done } } userErrors { code message }";
        let refused = coordinator.attempt("activateChannel", channel.clone(), fields).await;
        let why = &refused["userErrors"][0];
        assert_eq!(why["code"], "INCOMPLETE", "{refused}");
        assert!(
            why["message"].as_str().unwrap().contains("BIO_LINE: the account's own description"),
            "{why}"
        );
        looked::shown(&served.desk, Some("News. Run by the press office."), |_| ()).await;
        let active = coordinator.act("activateChannel", channel, "channel { state }").await;
        assert_eq!(active["channel"]["state"], "ACTIVE");
        served.end().await;
    }
}
