//! A post of others as a draft: what reviewers see, that it leaves once whatever happens, and what is refused.

use connectors::fake::{Answer, Call, Script, USERNAME};
use serde_json::{Value, json};

use super::{Account, QUICK, code_of, connected, message_of, partner, passing};
use crate::support::{
    client::until,
    engine::engines,
    program::Deployment,
    story::{Story, next_july},
};

const REVISION: &str = "revision { digest text amplifies { url source partner { name } channel { handle } handle } \
                        findings { rule severity target message } targets { composedText findings { rule } } }";

/// What the rules say of it, apart from what they say of any draft of this channel and initiative.
fn about_the_draft(revision: &Value) -> Vec<Value> {
    let findings = revision["findings"].as_array().unwrap().iter();
    findings
        .filter(|finding| finding["target"] != "channel" && finding["target"] != "initiative")
        .cloned()
        .collect()
}

fn kinds(post: &Value) -> Vec<String> {
    let attempts = post["attempts"].as_array().unwrap().iter();
    attempts
        .map(|attempt| {
            format!("{} {}", attempt["kind"].as_str().unwrap(), attempt["outcome"].as_str().unwrap_or("-"))
        })
        .collect()
}

#[tokio::test]
async fn what_a_partner_published_is_passed_on_once_and_nothing_is_said() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(QUICK);
        let program = deployment.serve();
        let account = Account::open(Story::tell(&program.facts).await).await;
        let story = &account.story;
        let url = account.server.add_post_of_others("Flu jabs from Monday");
        let draft = account.drafted(&format!("{url}?utm_source=mail")).await;

        // Nobody whom the office knows: the reviewer is warned of that, and of nothing else.
        let seen = story.look(&draft, REVISION).await;
        assert_eq!(
            seen["amplifies"],
            json!({ "url": url, "source": "UNKNOWN", "partner": null, "channel": null, "handle": null })
        );
        assert_eq!(
            about_the_draft(&seen),
            [json!({ "rule": "GP5.unknown-source", "severity": "WARN", "target": "amplifies",
                "message": "This post is of nobody whom the office knows." })]
        );
        assert_eq!(seen["targets"][0]["composedText"], "", "{seen}");

        let host = account.server.base_url().as_str().trim_end_matches('/').to_owned();
        let known = partner("North Clinics", &[&format!("{host}/@Somebody")]);
        story.manager.act("createPartner", known, "partner { id }").await;
        let seen = story.look(&draft, REVISION).await;
        assert_eq!(
            (&seen["amplifies"]["source"], &seen["amplifies"]["partner"]["name"]),
            (&json!("PARTNER"), &json!("North Clinics"))
        );
        assert!(about_the_draft(&seen).is_empty(), "empty words make no findings: {seen}");

        story.approve(&draft).await;
        let post = story.schedule_now(&draft).await.remove(0);
        let post = story.post_in(&post, "PUBLISHED").await;
        assert_eq!(
            (post["remoteUrl"].as_str(), account.passed_on()),
            (Some(url.as_str()), vec![url.to_string()])
        );
        assert_eq!(kinds(&post), ["PUBLISH DELIVERED"]);
        nothing_to_compare_or_to_correct(&account, &post).await;
    }
}

async fn nothing_to_compare_or_to_correct(account: &Account, post: &Value) {
    let story = &account.story;
    let order = json!({ "postId": post["id"], "expectedVersion": post["version"], "reason": "A mistake" });
    for mutation in ["withdrawPost", "correctPost"] {
        let refused = story.coordinator.attempt(mutation, order.clone(), "correction { id }").await;
        assert_eq!(code_of(&refused), "ILLEGAL_STATE", "{mutation}: {refused}");
    }
    let refused =
        story.coordinator.attempt("readBackPost", json!({ "postId": post["id"] }), "post { id }").await;
    assert_eq!(code_of(&refused), "ILLEGAL_STATE", "{refused}");
    // What follows it would answer the words of others.
    let after = story.draft("And we thank them.", &[&account.channel]).await;
    story.approve(&after).await;
    let schedule = json!({ "draftId": after, "when": { "now": true }, "after": post["id"] });
    let refused = story.author.attempt("schedulePost", schedule, "posts { id }").await;
    assert_eq!(
        (code_of(&refused), &refused["userErrors"][0]["field"]),
        ("INVALID", &json!(["after"])),
        "{refused}"
    );
    let document = "query P($id: ID!) { node(id: $id) { ... on Post { text amplifies amplifiableBy { handle } readBack { standing } } } }";
    let told = story.author.ask(document, json!({ "id": post["id"] })).await["node"].clone();
    assert_eq!((&told["text"], &told["readBack"]), (&json!(""), &Value::Null), "{told}");
    assert_eq!(told["amplifies"], post["remoteUrl"]);
}

#[tokio::test]
async fn a_lost_answer_is_looked_up_and_it_is_passed_on_once() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(QUICK);
        let program = deployment.serve();
        let account = Account::open(Story::tell(&program.facts).await).await;
        for (script, wanted) in [
            (Script::applied(Answer::Hang), vec!["PUBLISH UNKNOWN", "LOOK_UP FOUND"]),
            (Script::ignored(Answer::Hang), vec!["PUBLISH UNKNOWN", "LOOK_UP ABSENT", "PUBLISH DELIVERED"]),
        ] {
            let before = account.passed_on().len();
            account.server.script(Call::Amplify, script);
            let url = account.server.add_post_of_others("Flu jabs from Monday");
            let post = account.scheduled(url.as_str()).await;
            let post = account.story.post_in(&post, "PUBLISHED").await;
            assert_eq!(kinds(&post), wanted, "{post}");
            let passed_on = account.passed_on();
            assert_eq!((passed_on.len(), passed_on.last()), (before + 1, Some(&url.to_string())));
        }
    }
}

#[tokio::test]
async fn a_worker_killed_after_it_was_passed_on_does_not_pass_it_on_again() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(QUICK);
        let program = deployment.serve();
        let account = Account::open(Story::tell(&program.facts).await).await;
        let url = account.server.add_post_of_others("Flu jabs from Monday");
        account.server.script(Call::Amplify, Script::applied(Answer::Hang));
        let post = account.scheduled(url.as_str()).await;
        until("it to be passed on", || async { (account.passed_on().len() == 1).then_some(()) }).await;
        program.kill();
        let again = deployment.serve();
        let post = account.story.at(again.url()).post_in(&post, "PUBLISHED").await;
        assert_eq!(account.passed_on(), [url.to_string()], "{post}");
        assert!(kinds(&post).contains(&"LOOK_UP FOUND".to_owned()), "{post}");
    }
}

#[tokio::test]
async fn another_address_voids_the_approval() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(QUICK);
        let program = deployment.serve();
        let account = Account::open(Story::tell(&program.facts).await).await;
        let story = &account.story;
        let [one, other] =
            ["Flu jabs from Monday", "Something else"].map(|text| account.server.add_post_of_others(text));
        let draft = account.drafted(one.as_str()).await;
        story.approve(&draft).await;
        let when = json!({ "at": { "localTime": next_july(6) } });
        let schedule = json!({ "draftId": draft, "when": when });
        let post = story.author.act("schedulePost", schedule, "posts { id }").await["posts"][0]["id"].clone();
        let read = story.look(&draft, "revision { digest }").await["digest"].clone();
        let revise = json!({ "draftId": draft, "expectedVersion": story.look(&draft, "version").await,
            "content": passing(other.as_str(), &[&account.channel]) });
        story.author.act("reviseDraft", revise, "draft { state }").await;
        let held = story.post_in(post.as_str().unwrap(), "HELD").await;
        assert_eq!(held["hold"]["gates"][0]["kind"], "APPROVAL", "{held}");
        story.submit(&draft).await;
        let review = json!({ "draftId": draft, "digest": read, "judgement": "APPROVE" });
        let refused = story.coordinator.attempt("reviewDraft", review, "review { decision }").await;
        assert_eq!(code_of(&refused), "CONFLICT", "{refused}");
        assert!(account.passed_on().is_empty());
    }
}

#[tokio::test]
async fn what_cannot_be_passed_on_is_refused_with_the_reason() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(QUICK);
        let program = deployment.serve();
        let account = Account::open(Story::tell(&program.facts).await).await;
        let story = &account.story;
        let url = account.server.add_post_of_others("Flu jabs from Monday");
        let on = |url: &str, channel: &str| passing(url, &[channel]);
        let with = |part: &str, value: Value| {
            let mut content = on(url.as_str(), &account.channel);
            content[part] = value;
            content
        };
        let target = |part: &str, value: Value| {
            let mut content = on(url.as_str(), &account.channel);
            content["targets"][0][part] = value;
            content
        };
        let rows = [
            (on(url.as_str(), &story.feed), "targets.0.channelId", "lets no account pass on"),
            (
                on("https://x.com/north/status/20", &account.channel),
                "targets.0.channelId",
                "this post is on X",
            ),
            (on("https://example.org/news", &account.channel), "amplifies", "not the address of one post"),
            (on("https://x.com/north", &account.channel), "amplifies", "not the address of one post"),
            (with("link", json!("https://example.org/")), "link", "without words"),
            (with("capacity", json!("PERSONAL_OPINION")), "capacity", "OFFICIAL"),
            (target("text", json!("Look at this")), "targets.0.text", "without words"),
            (target("thread", json!(true)), "targets.0.thread", "without words"),
        ];
        for (content, field, words) in rows {
            let refused = account.create(content.clone()).await;
            let path: Vec<&str> = field.split('.').collect();
            assert_eq!(
                (code_of(&refused), &refused["userErrors"][0]["field"]),
                ("INVALID", &json!(path)),
                "{content}: {refused}"
            );
            assert!(message_of(&refused).contains(words), "{field}: {refused}");
        }
        // It is done once, so it is not repeated.
        let draft = account.drafted(url.as_str()).await;
        story.approve(&draft).await;
        let repeat = json!({ "draftId": draft, "repeats": { "days": { "every": 1 } }, "startsOn": "2030-01-01",
            "ends": { "after": 3 }, "localTime": "09:30", "timeZone": "Europe/Berlin" });
        let answer = story.author.try_act("createRecurrence", repeat, "recurrence { id }").await;
        assert!(answer["errors"].is_null(), "{answer}");
        assert_eq!(code_of(&answer["data"]["createRecurrence"]), "INVALID", "{answer}");
        // A platform that finds no such post refuses it, and nothing is out.
        let nothing = account.server.address_of_nothing();
        let post = account.scheduled(nothing.as_str()).await;
        let post = story.post_in(&post, "REJECTED").await;
        assert_eq!(post["causeCode"], "NOT_FOUND_ON_PLATFORM");
        assert!(account.passed_on().is_empty());
    }
}

#[tokio::test]
async fn what_one_channel_published_names_the_others_that_could_pass_it_on() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(QUICK);
        let program = deployment.serve();
        let account = Account::open(Story::tell(&program.facts).await).await;
        let story = &account.story;
        let other = connected(story, &account.server, "clinics", &[&story.feed, &account.channel]).await;
        let draft = story.draft("The clinic opens at nine.", &[&account.channel, &story.feed]).await;
        story.approve(&draft).await;
        let posts = story.schedule_now(&draft).await;
        let document = "query P($id: ID!) { node(id: $id) { ... on Post { channel { platform } amplifiableBy { id handle } remoteUrl } } }";
        let mut told = Vec::new();
        for post in &posts {
            story.post_in(post, "PUBLISHED").await;
            told.push(story.author.ask(document, json!({ "id": post })).await["node"].clone());
        }
        told.sort_by_key(|post| post["channel"]["platform"].as_str().unwrap().to_owned());
        assert_eq!(told[0]["amplifiableBy"], json!([]), "nobody passes on what a feed has: {told:?}");
        assert_eq!(told[1]["amplifiableBy"], json!([{ "id": other, "handle": "clinics" }]), "{told:?}");

        // By its address it is ours, so nobody is warned.
        let ours = format!("https://social.example/@{USERNAME}/7");
        let made = account.create(passing(&ours, &[&other])).await;
        let seen = story.look(made["draft"]["id"].as_str().unwrap(), REVISION).await;
        assert_eq!(
            (&seen["amplifies"]["source"], &seen["amplifies"]["channel"]["handle"]),
            (&json!("CHANNEL"), &json!(USERNAME))
        );
        assert!(about_the_draft(&seen).is_empty(), "{seen}");
        let unnamed = story
            .channel(
                "LINKEDIN",
                "press",
                "https://www.linkedin.com/company/press",
                &[&story.feed, &account.channel, &other],
            )
            .await;
        let url = "https://www.linkedin.com/feed/update/urn:li:share:7/";
        let made = account.create(passing(url, &[&unnamed])).await;
        let seen = story.look(made["draft"]["id"].as_str().unwrap(), REVISION).await;
        assert_eq!(seen["amplifies"]["source"], "UNNAMED");
        assert_eq!(about_the_draft(&seen)[0]["rule"], "GP5.unknown-source");
    }
}

#[tokio::test]
async fn the_examples_of_the_page_are_taken() {
    let deployment = Deployment::fresh(&engines()[0]).await.with(QUICK);
    let program = deployment.serve();
    let account = Account::open(Story::tell(&program.facts).await).await;
    let known = partner("Rural Nurses' Network", &["@ruralnurses@social.example.org"]);
    account.story.manager.act("createPartner", known, "partner { id }").await;
    let page = include_str!("../../../docs/partners.md");
    let examples = page.split("```graphql\n").skip(1).filter_map(|rest| rest.split("```").next());
    let examples: Vec<&str> = examples.collect();
    assert_eq!(examples.len(), 2, "one passes on, one quotes");
    for example in examples {
        let variables = json!({ "initiative": account.story.initiative, "mastodon": account.channel });
        let answer = account.story.author.ask(example, variables).await["createDraft"].clone();
        assert_eq!(answer["userErrors"], json!([]), "{answer}");
        let told = &answer["draft"]["revision"]["amplifies"];
        assert_eq!(
            (&told["source"], &told["partner"]["name"]),
            (&json!("PARTNER"), &json!("Rural Nurses' Network"))
        );
    }
}
