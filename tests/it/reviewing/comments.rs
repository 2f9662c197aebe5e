//! Comments on words, and changes that are suggested and accepted.

use serde_json::{Value, json};

use super::{approve, codes, in_review, judge, member, revise, seen};
use crate::support::{
    client::Client,
    engine::{Engine, engines},
    program::Deployment,
    story::Story,
};

const COMMENT: &str = "comment { id part quote text replacement state author { name } revision { number } \
    replies { text author { name } } settledBy { name } settledReason acceptedIn { number } \
    place { stands part span { utf16Start utf16End byteStart byteEnd } } }";

/// Where some words are, in UTF-16 units.
fn span(text: &str, words: &str) -> Value {
    let units = |text: &str| text.encode_utf16().count();
    let start = units(text.split(words).next().unwrap());
    json!({ "utf16Start": start, "utf16End": start + units(words) })
}

async fn suggest(who: &Client, draft: &str, span: Value, replacement: &str) -> Value {
    let input =
        json!({ "draftId": draft, "revision": 1, "part": "text", "span": span, "replacement": replacement });
    who.act("suggestChange", input, COMMENT).await["comment"].clone()
}

async fn accept(story: &Story, who: &Client, draft: &str, comment: &Value) -> Value {
    let version = story.look(draft, "version").await;
    let input = json!({ "commentId": comment["id"], "expectedVersion": version });
    who.attempt("acceptSuggestion", input, &format!("draft {{ state revision {{ number text }} }} {COMMENT}"))
        .await
}

#[tokio::test]
async fn comments_stay_with_their_words() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await;
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let words = "Été 😀: the clinic opens on Monday.";
        let draft = in_review(&story, words).await;
        let on = |span: Value| json!({ "draftId": draft, "revision": 1, "part": "text", "span": span, "text": "Is it?" });
        let monday =
            story.coordinator.act("commentOnDraft", on(span(words, "Monday")), COMMENT).await["comment"]
                .clone();
        assert_eq!((&monday["quote"], &monday["place"]["stands"]), (&json!("Monday"), &json!(true)));
        let clinic =
            story.administrator.act("commentOnDraft", on(span(words, "clinic")), COMMENT).await["comment"]
                .clone();
        let reply = json!({ "commentId": monday["id"], "text": "It is." });
        story.author.act("replyToDraftComment", reply, "comment { id }").await;
        let whole = json!({ "draftId": draft, "revision": 1, "text": "Good." });
        assert!(story.manager.act("commentOnDraft", whole, COMMENT).await["comment"]["place"].is_null());

        revise(&story, &story.author, &draft, "In short: the clinic opens on Friday.").await;
        let listed = seen(
            &story.author,
            &draft,
            "comments { quote replies { text } place { stands part span { utf16Start } } }",
        )
        .await;
        let listed = listed["comments"].as_array().unwrap().clone();
        assert_eq!(listed.len(), 3, "replies are with what they reply to: {listed:?}");
        assert_eq!(
            (&listed[0]["place"]["stands"], &listed[0]["replies"][0]["text"]),
            (&json!(false), &json!("It is."))
        );
        assert_eq!(
            listed[1]["place"],
            json!({ "stands": true, "part": "text", "span": { "utf16Start": 14 } })
        );

        let resolve = |comment: &Value| json!({ "commentId": comment["id"] });
        let (stranger, _) = member(&story, "Sam", "MEMBER").await;
        let refused = stranger.attempt("resolveDraftComment", resolve(&clinic), COMMENT).await;
        assert_eq!(codes(&refused), ["NOT_RESPONSIBLE"]);
        let done =
            story.author.act("resolveDraftComment", resolve(&clinic), COMMENT).await["comment"].clone();
        assert_eq!((&done["state"], &done["settledBy"]["name"]), (&json!("RESOLVED"), &json!("Ada Okafor")));
        let twice = story.author.attempt("resolveDraftComment", resolve(&clinic), COMMENT).await;
        assert_eq!(codes(&twice), ["ILLEGAL_STATE"]);

        let mut nowhere = on(json!({ "utf16Start": 5, "utf16End": 6 }));
        assert_eq!(
            codes(&story.author.attempt("commentOnDraft", nowhere.clone(), COMMENT).await),
            ["INVALID"],
            "half a character"
        );
        nowhere["part"] = json!("variants.x");
        assert_eq!(
            codes(&story.author.attempt("commentOnDraft", nowhere.clone(), COMMENT).await),
            ["INVALID"]
        );
        nowhere["revision"] = json!(7);
        assert_eq!(codes(&story.author.attempt("commentOnDraft", nowhere, COMMENT).await), ["NOT_FOUND"]);
    }
}

#[tokio::test]
async fn a_suggestion_is_accepted_in_one_step_and_its_author_approves_no_more() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await;
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let words = "The clinic opens on Monday at nine.";
        let draft = in_review(&story, words).await;
        let day = suggest(&story.coordinator, &draft, span(words, "Monday"), "Tuesday").await;
        let hour = suggest(&story.manager, &draft, span(words, "nine"), "ten").await;
        let same = suggest(&story.coordinator, &draft, span(words, "Monday"), "Friday").await;
        let end = json!({ "utf16Start": words.len(), "utf16End": words.len() });
        let more = suggest(&story.author, &draft, end, " Come!").await;
        let title = json!({ "draftId": draft, "revision": 1, "part": "title", "span": { "utf16Start": 0, "utf16End": 0 }, "replacement": "Two\nlines " });
        assert_eq!(codes(&story.manager.attempt("suggestChange", title, COMMENT).await), ["INVALID"]);
        let (stranger, _) = member(&story, "Sam", "MEMBER").await;
        assert_eq!(codes(&accept(&story, &stranger, &draft, &day).await), ["NOT_RESPONSIBLE"]);
        let accepted = accept(&story, &story.author, &draft, &day).await;
        assert_eq!(
            accepted["draft"]["revision"],
            json!({ "number": 2, "text": "The clinic opens on Tuesday at nine." })
        );
        assert_eq!(accepted["draft"]["state"], "DRAFT");
        assert_eq!(
            (&accepted["comment"]["state"], &accepted["comment"]["acceptedIn"]["number"]),
            (&json!("ACCEPTED"), &json!(2))
        );
        assert_eq!(codes(&accept(&story, &story.author, &draft, &day).await), ["ILLEGAL_STATE"]);
        let changed = accept(&story, &story.author, &draft, &same).await;
        assert_eq!(codes(&changed), ["CONFLICT"], "the words changed meanwhile");
        let last = accept(&story, &story.author, &draft, &more).await;
        assert_eq!(last["draft"]["revision"]["text"], "The clinic opens on Tuesday at nine. Come!");

        let decline = |comment: &Value| json!({ "commentId": comment["id"], "reason": "Nine is right" });
        assert_eq!(
            codes(&stranger.attempt("declineSuggestion", decline(&hour), COMMENT).await),
            ["NOT_RESPONSIBLE"]
        );
        let declined =
            story.author.act("declineSuggestion", decline(&hour), COMMENT).await["comment"].clone();
        assert_eq!(
            (&declined["state"], &declined["settledReason"]),
            (&json!("DECLINED"), &json!("Nine is right"))
        );
        story.coordinator.act("declineSuggestion", decline(&same), COMMENT).await;

        story.submit(&draft).await;
        let own = judge(&story, &story.coordinator, &draft, "APPROVE").await;
        assert_eq!(codes(&own), ["OWN_WORDS"], "Tuesday is the coordinator's word");
        assert_eq!(
            approve(&story, &story.manager, &draft).await,
            "APPROVED",
            "what was declined is nobody's word"
        );
    }
}

#[tokio::test]
async fn comments_are_of_one_office() {
    let deployment = Deployment::fresh(&Engine::Sqlite).await;
    let program = deployment.serve();
    let story = Story::tell(&program.facts).await;
    let words = "The clinic opens on Monday.";
    let draft = in_review(&story, words).await;
    let ours = suggest(&story.coordinator, &draft, span(words, "Monday"), "Tuesday").await;
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
    let sign = json!({ "email": "otto@example.org", "password": other["password"] });
    let session = story.anonymous.act("signIn", sign, "session { accessToken }").await;
    let otto = story.anonymous.with_token(session["session"]["accessToken"].as_str().unwrap());
    let seen = otto.ask("query N($id: ID!) { node(id: $id) { id } }", json!({ "id": ours["id"] })).await;
    assert!(seen["node"].is_null());
    for (mutation, input) in [
        ("replyToDraftComment", json!({ "commentId": ours["id"], "text": "Hello" })),
        ("resolveDraftComment", json!({ "commentId": ours["id"] })),
        ("declineSuggestion", json!({ "commentId": ours["id"] })),
        ("commentOnDraft", json!({ "draftId": draft, "revision": 1, "text": "Hello" })),
    ] {
        assert_eq!(
            codes(&otto.attempt(mutation, input, "comment { id }").await),
            ["NOT_FOUND"],
            "{mutation}"
        );
    }
}

#[tokio::test]
async fn a_question_holds_a_draft_until_it_is_answered_whatever_is_revised() {
    let deployment = Deployment::fresh(&Engine::Sqlite).await;
    let program = deployment.serve();
    let story = Story::tell(&program.facts).await;
    let draft = in_review(&story, "The clinic opens on Monday.").await;
    let ask = json!({ "draftId": draft, "adviserId": story.manager_id, "question": "May we say so?" });
    let asked = story.coordinator.act("seekAdvice", ask, "review { id }").await["review"]["id"].clone();
    assert_eq!(codes(&judge(&story, &story.coordinator, &draft, "APPROVE").await), ["ILLEGAL_STATE"]);
    revise(&story, &story.author, &draft, "The clinic opens on Tuesday.").await;
    let submit = async || {
        let input = json!({ "draftId": draft, "expectedVersion": story.look(&draft, "version").await });
        story.author.attempt("submitDraft", input, "draft { state }").await
    };
    let refused = submit().await;
    assert_eq!(codes(&refused), ["ILLEGAL_STATE"]);
    assert!(refused["userErrors"][0]["message"].as_str().unwrap().contains("Max Ng was asked"), "{refused}");
    let actions = story.look(&draft, "allowedActions").await;
    assert!(!actions.as_array().unwrap().contains(&json!("SUBMIT")), "{actions}");
    let tasks = "{ tasks(first: 9, kinds: [GIVE_ADVICE]) { nodes { subjectId } } }";
    let waits = story.manager.ask(tasks, json!({})).await["tasks"]["nodes"].clone();
    assert_eq!(waits, json!([{ "subjectId": asked }]), "it is still asked");
    let answer = json!({ "reviewId": asked, "answer": "Yes." });
    story.manager.act("giveAdvice", answer, "review { answer }").await;
    assert_eq!(submit().await["draft"]["state"], "IN_REVIEW");
}
