//! A newcomer's way through the public API: from an empty folder to a published post, and what stands in the way of a
//! wrong one.

use serde_json::{Value, json};

use crate::support::{
    client::{Client, until},
    engine::engines,
    program::Deployment,
    story::{Story, content, next_july},
};

const QUICK: &[&str] = &["worker.release_every_seconds=1"];

async fn explain(client: &Client, post: &str) -> Vec<(String, bool)> {
    let document = "query E($id: ID!) { explain(id: $id) { gates { kind open } } }";
    let gates = client.ask(document, json!({ "id": post })).await["explain"]["gates"].clone();
    let told = |gate: &Value| (gate["kind"].as_str().unwrap().to_owned(), gate["open"].as_bool().unwrap());
    gates.as_array().unwrap().iter().map(told).collect()
}

fn codes(payload: &Value) -> Vec<String> {
    payload["userErrors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["code"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn from_an_empty_folder_to_a_published_post() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(QUICK);
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let draft = story.draft("Book a video visit from home, from Monday.", &[&story.feed]).await;
        story.approve(&draft).await;
        let post = story.schedule_now(&draft).await.remove(0);
        let published = story.post_in(&post, "PUBLISHED").await;
        assert!(explain(&story.author, &post).await.iter().all(|(gate, open)| *open || gate == "LATENESS"));
        let feed: Value = story.anonymous.get("/feed/press/news.json").await.json().await.unwrap();
        assert_eq!(feed["items"].as_array().unwrap().len(), 1);
        assert!(feed["items"][0]["content_text"].as_str().unwrap().contains("video visit"), "{feed}");
        let page = story.anonymous.get("/feed/press/news").await.text().await.unwrap();
        let anchor = published["remoteUrl"].as_str().unwrap().rsplit_once('#').unwrap().1;
        assert!(page.contains(anchor), "the receipt's address is on the page");
        assert_eq!(program.stop(), 0);
        let again = deployment.serve();
        let story = story.at(again.url());
        assert_eq!(story.post(&post).await["state"], "PUBLISHED", "it survives a restart");
        assert!(again.facts["setUpToken"].is_null(), "the set-up link is for an empty deployment only");
    }
}

#[tokio::test]
async fn nobody_approves_their_own_words_whatever_roles_they_hold() {
    let deployment = Deployment::fresh(&crate::support::engine::Engine::Sqlite).await;
    let program = deployment.serve();
    let story = Story::tell(&program.facts).await;
    let create = json!({ "initiativeId": story.initiative, "content": content("Our clinic opens on Monday.", &[&story.feed]) });
    let payload = story.coordinator.act("createDraft", create, "draft { id version }").await;
    let draft = payload["draft"]["id"].clone();
    story
        .coordinator
        .act("submitDraft", json!({ "draftId": draft, "expectedVersion": 1 }), "draft { state }")
        .await;
    let digest = story.look(draft.as_str().unwrap(), "revision { digest }").await["digest"].clone();
    let review = json!({ "draftId": draft, "digest": digest, "judgement": "APPROVE" });
    let own = story.coordinator.attempt("reviewDraft", review.clone(), "review { id }").await;
    assert_eq!(codes(&own), ["OWN_WORDS"]);
    let administrator = story.administrator.try_act("reviewDraft", review.clone(), "review { id }").await;
    assert_eq!(
        administrator["errors"][0]["extensions"]["code"], "FORBIDDEN",
        "an administrator does not go round the gate"
    );
    // Another person changes a word: now the coordinator still wrote part of it.
    let version = story.look(draft.as_str().unwrap(), "version").await;
    let revise = json!({ "draftId": draft, "expectedVersion": version, "content": content("Our clinic opens on Tuesday.", &[&story.feed]) });
    story.author.act("reviseDraft", revise, "draft { state }").await;
    let stale = story.coordinator.attempt("reviewDraft", review, "review { id }").await;
    assert_eq!(codes(&stale), ["OWN_WORDS"]);
}

#[tokio::test]
async fn an_edit_voids_the_approval_and_holds_the_post_and_moving_it_does_not() {
    let deployment = Deployment::fresh(&crate::support::engine::Engine::Sqlite).await.with(QUICK);
    let program = deployment.serve();
    let story = Story::tell(&program.facts).await;
    let draft = story.draft("The clinic opens on Monday.", &[&story.feed]).await;
    story.approve(&draft).await;
    let later =
        json!({ "draftId": draft, "when": { "at": { "localTime": next_july(1) } }, "clientKey": "july" });
    let first = story.author.act("schedulePost", later.clone(), "posts { id dueAt state }").await;
    assert_eq!(
        first["posts"][0]["dueAt"],
        next_july(1).replace("T09:00", "T16:00:00Z"),
        "nine o'clock in the office's zone"
    );
    let again = story.author.act("schedulePost", later.clone(), "posts { id dueAt state }").await;
    assert_eq!(again["posts"], first["posts"], "the same key gives the same result");
    let mut other = later.clone();
    other["when"]["at"]["localTime"] = json!(next_july(2));
    assert_eq!(codes(&story.author.attempt("schedulePost", other, "posts { id }").await), ["KEY_REUSED"]);
    let post = first["posts"][0]["id"].as_str().unwrap().to_owned();
    let version = story.post(&post).await["version"].clone();
    let moved = json!({ "postId": post, "expectedVersion": version, "when": { "at": { "localTime": next_july(3) } } });
    story.author.act("reschedulePost", moved, "post { state }").await;
    assert!(
        explain(&story.author, &post).await.contains(&("APPROVAL".to_owned(), true)),
        "moving it needs no new approval"
    );
    let version = story.look(&draft, "version").await;
    let revise = json!({ "draftId": draft, "expectedVersion": version, "content": content("The clinic opens on Friday.", &[&story.feed]) });
    story.author.act("reviseDraft", revise, "draft { state }").await;
    let held = story.post_in(&post, "HELD").await;
    assert_eq!(held["hold"]["gates"][0]["kind"], "APPROVAL");
    assert!(
        explain(&story.author, &post).await.contains(&("APPROVAL".to_owned(), false)),
        "explain says the same"
    );
}

#[tokio::test]
async fn each_of_the_first_rules_refuses_with_its_finding() {
    let deployment = Deployment::fresh(&crate::support::engine::Engine::Sqlite).await;
    let program = deployment.serve();
    let story = Story::tell(&program.facts).await;
    let x = story.channel("X", "pressoffice", "https://x.com/pressoffice", &[&story.feed]).await;
    let blocked = [
        ("X.length", "A long word about visits. ".repeat(20)),
        ("CC1b.phone", "Call her own cell at 604-555-0142 tonight.".to_owned()),
        ("CC1b.address", "Drop by my house at 1234 Maple Street, Vancouver, BC V6K 2P4.".to_owned()),
        ("CC1b.email", "Write to jane.doe1987@gmail.com for details.".to_owned()),
        (
            "GP6a.quoted-email",
            "From: Ann Lee <ann@example.org>\nSent: Monday\nTo: Team\nSubject: Budget\n\nWe cut it."
                .to_owned(),
        ),
        ("GP6b.conf-marker", "CONFIDENTIAL - not for distribution. The plan starts in May.".to_owned()),
    ];
    for (rule, text) in blocked {
        let create = json!({ "initiativeId": story.initiative, "content": content(&text, &[&x]) });
        let draft = story.author.act("createDraft", create, "draft { id }").await["draft"]["id"].clone();
        let refused = story
            .author
            .attempt("submitDraft", json!({ "draftId": draft, "expectedVersion": 1 }), "draft { id }")
            .await;
        assert_eq!(codes(&refused), ["GUIDELINE_FINDINGS"], "{rule}");
        let findings = refused["userErrors"][0]["findings"].as_array().unwrap();
        assert!(
            findings.iter().any(|finding| finding["rule"] == rule && finding["severity"] == "BLOCK"),
            "{rule}: {refused}"
        );
    }
    let told = story.author.ask(
        "query C($input: CheckTextInput!) { checkText(input: $input) { findings { rule severity clauseQuote } } }",
        json!({ "input": { "text": "COME AND SEE OUR NEW CLINIC NOW!!! #mentalhealth", "capacity": "PERSONAL_OPINION", "platform": "X" } }),
    );
    let told = told.await["checkText"]["findings"].clone();
    for rule in ["GP2.shouting", "X.hashtag-case", "CC2.disclaimer-missing"] {
        assert!(told.as_array().unwrap().iter().any(|finding| finding["rule"] == rule), "{rule}: {told}");
    }
}

#[tokio::test]
async fn a_pause_holds_and_resuming_lets_go() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(QUICK);
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let pause = json!({ "scope": { "channelId": story.feed }, "reason": "A quiet day" });
        let pause =
            story.coordinator.act("pausePublishing", pause, "pause { id }").await["pause"]["id"].clone();
        let draft = story.draft("The clinic opens on Monday.", &[&story.feed]).await;
        story.approve(&draft).await;
        let post = story.schedule_now(&draft).await.remove(0);
        let held = story.post_in(&post, "HELD").await;
        assert!(held["hold"]["gates"][0]["reason"].as_str().unwrap().contains("A quiet day"));
        story.coordinator.act("resumePublishing", json!({ "pauseId": pause }), "pause { id }").await;
        story.post_in(&post, "PUBLISHED").await;
    }
}

#[tokio::test]
async fn the_directory_is_public_and_offices_cannot_see_each_other() {
    let deployment = Deployment::fresh(&crate::support::engine::Engine::Sqlite).await;
    let program = deployment.serve();
    let story = Story::tell(&program.facts).await;
    let other = deployment.run(&[
        "office",
        "create",
        "--name",
        "Other",
        "--slug",
        "other",
        "--time-zone",
        "Europe/Berlin",
        "--administrator",
        "Otto",
        "--email",
        "otto@example.org",
    ]);
    let password = other["password"].as_str().unwrap();
    let sign = json!({ "email": "otto@example.org", "password": password });
    let session = story.anonymous.act("signIn", sign, "session { accessToken }").await;
    let otto = story.anonymous.with_token(session["session"]["accessToken"].as_str().unwrap());
    let draft = story.draft("The clinic opens on Monday.", &[&story.feed]).await;
    for id in [&draft, &story.initiative, &story.feed, &story.author_id] {
        let seen = otto.ask("query N($id: ID!) { node(id: $id) { id } }", json!({ "id": id })).await;
        assert!(seen["node"].is_null(), "another office's things are not there");
    }
    let foreign = otto.attempt("departMember", json!({ "memberId": story.author_id }), "member { id }").await;
    assert_eq!(codes(&foreign), ["NOT_FOUND"]);
    let url = story.anonymous.address("/feed/press/news");
    let verify = "query V($url: String!) { verify(url: $url) { answer record { handle } } }";
    let answer = story.anonymous.ask(verify, json!({ "url": url })).await;
    assert_eq!(answer["verify"]["answer"], "OFFICIAL");
    let listed = story.anonymous.get("/directory.json").await;
    let etag = listed.headers()["etag"].clone();
    let fresh = story
        .anonymous
        .http()
        .get(story.anonymous.address("/directory.json"))
        .header("if-none-match", etag)
        .send()
        .await
        .unwrap();
    assert_eq!(fresh.status().as_u16(), 304);
    let csv = story.anonymous.get("/directory.csv").await.text().await.unwrap();
    assert!(csv.contains("news"), "{csv}");
}

#[tokio::test]
async fn sessions_rotate_and_a_stolen_refresh_token_ends_the_family() {
    let deployment = Deployment::fresh(&crate::support::engine::Engine::Sqlite).await;
    let program = deployment.serve();
    let story = Story::tell(&program.facts).await;
    let sign = json!({ "email": "cora.ford@example.org", "password": "correct horse battery staple" });
    let first =
        story.anonymous.act("signIn", sign, "session { refreshToken accessToken }").await["session"].clone();
    let second = story
        .anonymous
        .act("refreshSession", json!({ "refreshToken": first["refreshToken"] }), "session { refreshToken }")
        .await;
    let stolen = story
        .anonymous
        .attempt(
            "refreshSession",
            json!({ "refreshToken": first["refreshToken"] }),
            "session { refreshToken }",
        )
        .await;
    assert_eq!(codes(&stolen), ["BAD_CREDENTIALS"]);
    let family = json!({ "refreshToken": second["session"]["refreshToken"] });
    let ended = story.anonymous.attempt("refreshSession", family, "session { refreshToken }").await;
    assert_eq!(codes(&ended), ["BAD_CREDENTIALS"], "the honest holder must sign in again too");
    let wrong = json!({ "email": "cora.ford@example.org", "password": "wrong wrong wrong" });
    for _ in 0..12 {
        let refused = story.anonymous.attempt("signIn", wrong.clone(), "session { accessToken }").await;
        if codes(&refused) == ["RATE_LIMITED"] {
            return;
        }
    }
    panic!("guessing passwords is not slowed down");
}

#[tokio::test]
async fn readiness_follows_the_worker() {
    let deployment = Deployment::fresh(&crate::support::engine::Engine::Sqlite).await;
    let program = deployment.serve();
    let anonymous = Client::anonymous(program.url());
    until("readiness", || async { anonymous.get("/health/ready").await.status().is_success().then_some(()) })
        .await;
    assert!(anonymous.get("/health/live").await.status().is_success());
    until("the first figures", || async {
        let metrics = anonymous.get("/metrics").await.text().await.unwrap();
        metrics.contains("masthead_queue_posts").then_some(())
    })
    .await;
    let graphiql = anonymous.get("/graphiql").await.text().await.unwrap();
    let elsewhere =
        graphiql.split('"').filter(|part| part.starts_with("http") || part.starts_with("//")).count();
    assert_eq!(elsewhere, 0, "nothing is loaded from another host");
}
