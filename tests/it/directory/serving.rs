//! The channels that serve one initiative alone, in every way to ask for them.

use serde_json::{Value, json};

use super::{document, handles};
use crate::support::{client::until, engine::engines, program::Deployment, story::Story};

/// A second initiative, and a channel of its own beside the office's.
async fn second(story: &Story) -> String {
    let propose = json!({ "name": "Quiet nights", "purpose": "Help parents sleep", "audience": "Parents",
        "runBy": "The maternity team", "staffing": "One person", "successor": "The midwives",
        "startsOn": "2026-01-01" });
    let made = story.manager.act("proposeInitiative", propose, "initiative { id }").await;
    let id = made["initiative"]["id"].as_str().unwrap().to_owned();
    story.coordinator.act("acknowledgeInitiative", json!({ "initiativeId": id }), "initiative { id }").await;
    let nights =
        story.channel("INSTAGRAM", "nights", "https://www.instagram.com/nights", &[&story.feed]).await;
    let version = "query V($id: ID!) { node(id: $id) { ... on Channel { version } } }";
    let version = story.coordinator.ask(version, json!({ "id": nights })).await["node"]["version"].clone();
    let edit = json!({ "channelId": nights, "expectedVersion": version, "initiativeId": id });
    story.coordinator.act("updateChannel", edit, "channel { id }").await;
    story.activate(&nights).await;
    id
}

#[tokio::test]
async fn an_initiatives_own_channels_are_found_by_its_id_as_the_list_gives_it() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await;
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let made = second(&story).await;
        let anybody = &story.anonymous;
        let all = until("both channels in the list", || async {
            let all = document(anybody, "/directory.json").await;
            (handles(&all) == ["news", "nights"]).then_some(all)
        })
        .await;
        assert_eq!(all["channels"][0]["initiative"], Value::Null, "the whole office's");
        let listed = &all["channels"][1]["initiative"];
        assert_eq!((&listed["id"], &listed["name"]), (&json!(made), &json!("Quiet nights")), "{listed}");
        let query = "query D($initiative: ID) { directory(first: 9, initiative: $initiative) { totalCount nodes { handle } } }";
        for (initiative, expected) in [(&made, &["nights"][..]), (&story.initiative, &[])] {
            let json = document(anybody, &format!("/directory.json?initiative={initiative}")).await;
            assert_eq!(handles(&json), expected);
            let csv = anybody.get(&format!("/directory/press.csv?initiative={initiative}")).await;
            assert_eq!(csv.text().await.unwrap().lines().count(), expected.len() + 1, "and the headings");
            let found = anybody.ask(query, json!({ "initiative": initiative })).await["directory"].clone();
            let nodes =
                found["nodes"].as_array().unwrap().iter().map(|node| node["handle"].as_str().unwrap());
            assert_eq!(nodes.collect::<Vec<_>>(), expected);
            assert_eq!(found["totalCount"], json!(expected.len()));
        }
        for wrong in ["Quiet%20nights", story.feed.as_str()] {
            let refused = anybody.get(&format!("/directory.json?initiative={wrong}")).await;
            assert_eq!(refused.status().as_u16(), 400, "{wrong}");
            assert_eq!(refused.json::<Value>().await.unwrap()["parameter"], "initiative");
        }
        let asked = anybody.answer(query, json!({ "initiative": story.feed })).await;
        assert!(asked["errors"][0]["extensions"]["code"].is_string(), "the id of a channel: {asked}");
    }
}
