//! A channel's credential opens the channel's own account, or nothing goes out. What the record says and what the platform
//! says of the account are put right by people, and the public hears of a move.

use serde_json::{Value, json};

use super::*;

impl Place {
    async fn in_use(self) -> Self {
        self.story.connect(&self.channel, self.server.base_url().as_str(), USERNAME, SECRET).await;
        self.story.activate(&self.channel).await;
        self.credential("HEALTHY").await;
        self
    }

    async fn credential(&self, state: &str) -> Value {
        until(&format!("the credential to be {state}"), || async {
            let read = self.read().await;
            (read["credential"]["state"] == state).then_some(read)
        })
        .await
    }

    async fn test(&self) {
        let test = json!({ "channelId": self.channel });
        self.story.coordinator.act("testChannel", test, "channel { id }").await;
    }

    /// The record gets another handle and its address; what is then known of the credential.
    async fn called(&self, handle: &str) -> Value {
        let version = self.read().await["version"].clone();
        let update = json!({
            "channelId": self.channel, "expectedVersion": version, "handle": handle,
            "url": format!("https://social.example/@{handle}"),
        });
        let fields = "channel { version credential { state } }";
        self.story.coordinator.act("updateChannel", update, fields).await["channel"].clone()
    }

    async fn verified(&self, handle: &str) -> Value {
        let ask = "query V($url: String!) { verify(url: $url) { answer officialSince officialUntil } }";
        let url = json!({ "url": format!("https://social.example/@{handle}") });
        self.story.coordinator.ask(ask, url).await["verify"].clone()
    }
}

#[tokio::test]
async fn nothing_goes_out_from_an_account_that_is_not_the_channel_s() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(QUICK);
        let program = deployment.serve();
        let place = Place::new(Story::tell(&program.facts).await).await.in_use().await;
        let draft = place.story.draft("Book a video visit from home.", &[&place.channel]).await;
        place.story.approve(&draft).await;
        place.server.rename("somebody");
        place.test().await;
        let read = place.credential("REJECTED").await;
        let problem = read["profile"]["problem"].as_str().unwrap();
        assert!(
            problem
                .starts_with("ANOTHER_ACCOUNT: the credential opens the account @somebody on social.example")
        );
        let post = place.story.schedule_now(&draft).await.remove(0);
        let ask = "query P($id: ID!) { node(id: $id) { ... on Post { nextAct { act } } } explain(id: $id) { gates { kind open reason } } }";
        let seen = until("the gate to be shut", || async {
            let seen = place.story.coordinator.ask(ask, json!({ "id": post })).await;
            (seen["node"]["nextAct"]["act"] == "RECONNECT_CHANNEL").then_some(seen)
        })
        .await;
        let gate = seen["explain"]["gates"]
            .as_array()
            .unwrap()
            .iter()
            .find(|gate| gate["kind"] == "CONNECTION")
            .unwrap();
        assert_eq!(
            (&gate["open"], gate["reason"].as_str()),
            (&json!(false), problem.split_once(": ").map(|of| of.1))
        );
        assert!(place.server.applied().is_empty());
        // The account was renamed indeed: its record follows. What was approved for the name before is approved anew.
        let renamed = place.called("somebody").await;
        assert_eq!(renamed["credential"]["state"], "UNTESTED");
        place.credential("HEALTHY").await;
        until("the words to be asked for again", || async {
            let seen = place.story.coordinator.ask(ask, json!({ "id": post })).await;
            (seen["node"]["nextAct"]["act"] == "REVISE").then_some(())
        })
        .await;
        assert!(place.server.applied().is_empty());
        let draft = place.story.draft("Ask your doctor about a video visit.", &[&place.channel]).await;
        place.story.approve(&draft).await;
        let post = place.story.schedule_now(&draft).await.remove(0);
        place.story.post_in(&post, "PUBLISHED").await;
        assert_eq!(place.server.applied().len(), 1);
    }
}

#[tokio::test]
async fn a_record_that_names_another_account_is_tried_before_it_is_used_and_the_public_hears_of_the_move() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(QUICK);
        let program = deployment.serve();
        let place = Place::new(Story::tell(&program.facts).await).await.in_use().await;
        let first = place.verified(USERNAME).await;
        assert_eq!(first["answer"], "OFFICIAL");
        place.called("pressoffice").await;
        place.credential("REJECTED").await;
        place.server.rename("pressoffice");
        place.test().await;
        let version = place.credential("HEALTHY").await["version"].clone();
        assert_eq!(place.verified("pressoffice").await["answer"], "UNKNOWN", "the record waits");
        let approve = json!({ "channelId": place.channel, "expectedVersion": version });
        place.story.coordinator.act("approveChannelRecord", approve, "channel { id }").await;
        let (old, new) = (place.verified(USERNAME).await, place.verified("pressoffice").await);
        assert_eq!((&old["answer"], &new["answer"]), (&json!("RETIRED"), &json!("OFFICIAL")));
        assert_eq!(old["officialSince"], first["officialSince"]);
        assert_eq!(old["officialUntil"], new["officialSince"], "official where it is, since it is there");
        let changes = "{ directoryChanges(first: 20) { nodes { kind record { handle } } } }";
        let told = place.story.coordinator.ask(changes, json!({})).await;
        let told = told["directoryChanges"]["nodes"].as_array().unwrap().clone();
        let moved = json!({ "kind": "MOVED", "record": { "handle": "pressoffice" } });
        assert!(told.contains(&moved), "{told:?}");
    }
}
