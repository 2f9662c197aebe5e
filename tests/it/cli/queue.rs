//! `masthead queue`: each of its commands on a real deployment, its exit codes, and that an operator goes round nothing.

use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

use super::{Said, found, fresh, say};
use crate::support::{
    engine::engines,
    program::Deployment,
    story::{Story, next_july},
};

/// An office with two posts that are due in July, and nobody who works its queue.
async fn waiting(deployment: &Deployment) -> Vec<String> {
    let program = deployment.serve();
    let story = Story::tell(&program.facts).await;
    for (day, words) in [(1, "Book a video visit from home."), (2, "Clinics open on Monday.")] {
        let draft = story.draft(words, &[&story.feed]).await;
        story.approve(&draft).await;
        let schedule = json!({ "draftId": draft, "when": { "at": { "localTime": next_july(day) } } });
        story.author.act("schedulePost", schedule, "posts { id }").await;
    }
    assert_eq!(program.stop(), 0);
    let list = deployment.run(&["queue", "list"]);
    list.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

/// What it said as JSON, whatever its exit code.
fn ask(deployment: &Deployment, arguments: &[&str]) -> (Option<i32>, Value) {
    let said = Said::by(deployment.command(arguments).arg("--json"));
    let value = if said.out.is_empty() { Value::Null } else { said.json() };
    (said.code, value)
}

/// It failed: wrong use, or a thing that is not there.
fn fails(said: &Said, words: &[&str]) {
    assert_eq!((said.code, said.out.as_str()), (Some(2), ""), "{said:?}");
    for word in words {
        assert!(said.err.contains(word), "{word} is not in: {}", said.err);
    }
}

#[tokio::test]
async fn the_queue_is_listed_shown_and_explained() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await;
        let posts = waiting(&deployment).await;
        let list = deployment.run(&["queue", "list"]);
        assert_eq!(list[0]["state"], "SCHEDULED");
        assert_eq!(
            (&list[0]["localTime"], &list[0]["channel"]),
            (&json!(format!("{}:00", next_july(1))), &json!("FEED/news"))
        );
        let table = say(&deployment, &["queue", "list"]).well().out;
        assert!(
            table.starts_with("ID") && table.contains("What is new") && table.contains("America/Vancouver"),
            "{table}"
        );
        assert!(!table.contains("video visit"), "no word of a post is printed: {table}");
        let counted = |arguments: &[&str]| {
            let all = [&["queue", "list"], arguments].concat();
            deployment.run(&all).as_array().unwrap().len()
        };
        assert_eq!(counted(&["--state", "HELD,missed"]), 0);
        assert_eq!(counted(&["--state", "scheduled", "--channel", "news"]), 2);
        assert_eq!(counted(&["--channel", "feed/NEWS", "--initiative", "virtual visits"]), 2);
        assert_eq!(counted(&["--due-before", &next_july(2)]), 1, "a local time, in the office's zone");
        assert_eq!(counted(&["--due-from", "2020-01-01T00:00:00Z", "--limit", "1"]), 1);
        let more = say(&deployment, &["queue", "list", "--limit", "1"]).well();
        assert!(more.err.contains("there are more"), "{more:?}");
        fails(&say(&deployment, &["queue", "list", "--channel", "nowhere"]), &["no channel `nowhere`"]);
        fails(
            &say(&deployment, &["queue", "list", "--due-from", "noon"]),
            &["`noon` is no time", "2027-03-01T09:00"],
        );
        fails(&say(&deployment, &["queue", "list", "--limit", "0"]), &["--limit"]);

        let shown = deployment.run(&["queue", "show", &posts[0]]);
        assert_eq!(
            (&shown["outcome"]["kind"], &shown["nextAct"]["act"]),
            (&json!("NOT_TRIED"), &json!("WAIT"))
        );
        assert_eq!(shown["attempts"], json!([]));
        let text = say(&deployment, &["queue", "show", &posts[0]]).well().out;
        assert!(text.contains("NOT_TRIED: no try to send it has begun") && !text.contains("video"), "{text}");
        let (code, told) = ask(&deployment, &["queue", "explain", &posts[0]]);
        assert_eq!((code, &told["mayLeave"]), (Some(0), &json!(true)), "{told}");
        let nobody = "00000000-0000-7000-8000-000000000000";
        fails(&say(&deployment, &["queue", "show", nobody]), &[nobody, "masthead queue list"]);
        fails(&say(&deployment, &["queue", "show", "42"]), &["42"]);
        status(&deployment);
    }
}

fn status(deployment: &Deployment) {
    let status = deployment.run(&["queue", "status"]);
    assert_eq!((&status["states"]["SCHEDULED"], &status["states"]["HELD"]), (&json!(2), &json!(0)));
    assert_eq!(
        (&status["oldestDueAt"], &status["workers"]),
        (&Value::Null, &json!([])),
        "its worker stopped"
    );
    let said = say(deployment, &["queue", "status"]).well();
    assert!(said.out.contains("SCHEDULED    2") && said.out.contains("oldest due: none"), "{said:?}");
    assert!(said.err.contains("no worker looks at the queue"), "{said:?}");
}

#[tokio::test]
async fn one_post_is_held_released_and_given_up() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await;
        let posts = waiting(&deployment).await;
        let id = posts[0].as_str();
        fails(&say(&deployment, &["queue", "hold", id]), &["--reason"]);
        let held = deployment.run(&["queue", "hold", id, "--reason", "The server moves"]);
        assert_eq!((&held["state"], &held["personHold"]["name"]), (&json!("HELD"), &json!("the operator")));
        assert_eq!(held["nextAct"]["operation"], "releasePost");
        let text = say(&deployment, &["queue", "show", id]).well().out;
        assert!(text.contains("the operator since") && text.contains("The server moves"), "{text}");
        let (code, told) = ask(&deployment, &["queue", "explain", id]);
        let shut: Vec<_> =
            told["gates"].as_array().unwrap().iter().filter(|gate| gate["open"] == false).collect();
        assert_eq!((code, shut.len(), &shut[0]["gate"]), (Some(1), 1, &json!("HOLD")));
        say(&deployment, &["queue", "retry", id]).refused(&["a gate is shut", "releasePost"]);

        deployment.run(&["queue", "pause", "--scope", "office", "--reason", "The server moves"]);
        let (code, told) = ask(&deployment, &["queue", "release", id]);
        assert_eq!(
            (code, &told["released"], &told["shut"][0]["gate"]),
            (Some(1), &json!(false), &json!("PAUSE"))
        );
        let pause = deployment.run(&["queue", "pauses"])[0]["id"].as_str().unwrap().to_owned();
        deployment.run(&["queue", "resume", &pause]);
        let (code, told) = ask(&deployment, &["queue", "release", id]);
        assert_eq!((code, &told["state"]), (Some(0), &json!("SCHEDULED")), "{told}");
        say(&deployment, &["queue", "release", id]).refused(&["nobody holds it"]);

        assert_eq!(deployment.run(&["queue", "cancel", id])["state"], "CANCELLED");
        say(&deployment, &["queue", "cancel", id]).refused(&["CANCELLED"]);
        say(&deployment, &["queue", "withdraw", id, "--reason", "Wrong"]).refused(&["only what is out"]);
        noted(&deployment, &["cancelPost", "holdPost", "pausePublishing", "releasePost", "resumePublishing"])
            .await;
    }
}

#[tokio::test]
async fn what_is_out_is_taken_back_at_any_hour() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(&["worker.release_every_seconds=1"]);
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let draft = story.draft("Book a video visit from home.", &[&story.feed]).await;
        story.approve(&draft).await;
        let post = story.schedule_now(&draft).await.remove(0);
        story.post_in(&post, "PUBLISHED").await;
        let listed = deployment.run(&["queue", "list", "--state", "published"]);
        let id = listed[0]["id"].as_str().unwrap();
        deployment.run(&["queue", "withdraw", id, "--reason", "It was the wrong day"]);
        story.post_in(&post, "WITHDRAWN").await;
        let feed: Value = story.anonymous.get("/feed/press/news.json").await.json().await.unwrap();
        assert_eq!(feed["items"], json!([]));
    }
}

/// What the operator did is in the audit, and its chain holds.
async fn noted(deployment: &Deployment, acts: &[&str]) {
    let db = deployment.connect().await;
    let backend = db.get_database_backend();
    let sql = "SELECT DISTINCT action FROM audit_entry WHERE actor_kind = 'OPERATOR' \
               AND subject_kind IN ('Post', 'Pause') ORDER BY action";
    let rows = db.query_all_raw(sea_orm::Statement::from_string(backend, sql)).await.unwrap();
    let found: Vec<String> = rows.iter().map(|row| row.try_get("", "action").unwrap()).collect();
    assert_eq!(found, acts);
    db.close().await.unwrap();
}

#[tokio::test]
async fn publishing_is_paused_and_resumed_at_any_scope() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await;
        let posts = waiting(&deployment).await;
        let until = ["--until", "2099-01-01T09:00", "--exempt", &posts[1]];
        let pause = ["queue", "pause", "--scope", "channel", "news", "--reason", "A storm"];
        let paused = deployment.run(&[&pause[..], &until[..]].concat());
        assert_eq!((&paused["scope"], &paused["byOperator"]), (&json!("CHANNEL"), &json!(true)));
        assert_eq!(
            (&paused["endsAt"], &paused["exempt"]),
            (&json!("2099-01-01T17:00:00Z"), &json!([posts[1]]))
        );
        assert_eq!(ask(&deployment, &["queue", "explain", &posts[0]]).0, Some(1));
        assert_eq!(ask(&deployment, &["queue", "explain", &posts[1]]).0, Some(0), "it is exempt");
        let initiative = ["queue", "pause", "--scope", "initiative", "Virtual visits", "--reason", "A fire"];
        let said = say(&deployment, &initiative).well();
        assert!(said.out.starts_with("masthead queue resume "), "what to do next is data: {said:?}");
        assert_eq!(ask(&deployment, &["queue", "explain", &posts[1]]).0, Some(1));
        let table = say(&deployment, &["queue", "pauses"]).well().out;
        assert!(
            table.contains("operator") && table.contains("A fire") && table.contains("A storm"),
            "{table}"
        );

        let id = paused["id"].as_str().unwrap();
        let dry = deployment.run(&["queue", "resume", id, "--dry-run"]);
        assert_eq!((&dry["lifted"], &dry["released"]), (&json!(false), &json!(0)), "nothing is held yet");
        let said = say(&deployment, &["queue", "resume", id]).well();
        assert!(said.err.contains("0 became too late"), "{said:?}");
        say(&deployment, &["queue", "resume", id]).refused(&["lifted already"]);
        fails(&say(&deployment, &["queue", "resume", &posts[0]]), &["masthead queue pauses"]);
        fails(&say(&deployment, &["queue", "pause", "--scope", "channel", "--reason", "x"]), &["WHICH"]);
        fails(
            &say(&deployment, &["queue", "pause", "--scope", "office", "news", "--reason", "x"]),
            &["leave `news` out"],
        );
        say(&deployment, &["queue", "pause", "--scope", "office", "--reason", " "])
            .refused(&["must not be empty"]);
    }
}

#[tokio::test]
async fn what_is_surely_not_out_is_tried_and_what_may_be_out_is_asked_about() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await;
        let posts = waiting(&deployment).await;
        let db = deployment.connect().await;
        for (id, state) in [(&posts[0], "RETRYING"), (&posts[1], "UNCONFIRMED")] {
            let uuid: uuid::Uuid = id.parse().unwrap();
            let backend = db.get_database_backend();
            let sql = match backend {
                sea_orm::DatabaseBackend::Postgres => "UPDATE post SET state = $1 WHERE id = $2",
                _ => "UPDATE post SET state = ? WHERE id = ?",
            };
            let update = sea_orm::Statement::from_sql_and_values(backend, sql, [state.into(), uuid.into()]);
            db.execute_raw(update).await.unwrap();
        }
        db.close().await.unwrap();
        let tried = deployment.run(&["queue", "retry", &posts[0]]);
        assert_eq!(tried["state"], "RETRYING");
        assert!(tried["nextTryAt"].as_str().unwrap() < tried["dueAt"].as_str().unwrap(), "now: {tried}");
        say(&deployment, &["queue", "retry", &posts[1]]).refused(&["may be out", "lookUpPost"]);
        say(&deployment, &["queue", "cancel", &posts[1]]).refused(&["may be out"]);
        let asked = deployment.run(&["queue", "look-up", &posts[1]]);
        assert_eq!((&asked["state"], &asked["nextAct"]["act"]), (&json!("UNCONFIRMED"), &json!("WAIT")));
        assert!(asked["nextAct"]["at"].as_str().unwrap() < asked["dueAt"].as_str().unwrap(), "now: {asked}");
        say(&deployment, &["queue", "look-up", &posts[0]]).refused(&["RETRYING"]);
    }
}

#[tokio::test]
async fn the_queue_of_one_office_is_not_another_s() {
    let deployment = fresh().await;
    let posts = waiting(&deployment).await;
    found(&deployment, "north");
    fails(&say(&deployment, &["queue", "list"]), &["2 offices", "--office SLUG"]);
    assert_eq!(deployment.run(&["queue", "list", "--office", "north"]), json!([]));
    assert_eq!(deployment.run(&["queue", "list", "--office", "press"]).as_array().unwrap().len(), 2);
    for command in ["show", "explain", "release", "retry", "look-up", "cancel"] {
        fails(&say(&deployment, &["queue", command, &posts[0], "--office", "north"]), &["no post"]);
    }
}

#[tokio::test]
async fn what_something_would_do_is_told_and_nothing_is_written() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await;
        let posts = waiting(&deployment).await;
        let around = ["--due-from", &next_july(1), "--due-before", &next_july(3)];
        let simulate = |what: &[&str]| deployment.run(&[&["queue", "simulate"], &around[..], what].concat());
        let told = simulate(&["pause", "--scope", "channel", "news", "--exempt", &posts[1]]);
        assert_eq!((&told["lookedAt"], &told["counts"]["HELD"]), (&json!(2), &json!(1)), "{told}");
        assert_eq!(told["posts"][0]["id"], posts[0]);
        assert_eq!(told["posts"][0]["after"]["gates"], json!(["PAUSE"]));
        for what in [
            &["steward-absent", "ada.okafor@example.org"][..],
            &["initiative-closes", "Virtual visits"],
            &["channel-rests", "news"],
        ] {
            assert_eq!(simulate(what)["counts"]["HELD"], 2, "{what:?}");
        }
        let text =
            say(&deployment, &[&["queue", "simulate"], &around[..], &["channel-rests", "news"]].concat())
                .well();
        assert!(text.out.starts_with("ID") && text.err.contains("2 would fare otherwise"), "{text:?}");
        assert_eq!(deployment.run(&["queue", "pauses"]), json!([]), "nothing is written");
        assert_eq!(deployment.run(&["queue", "show", &posts[0]])["state"], "SCHEDULED");
        fails(&say(&deployment, &["queue", "simulate", "handbook", &posts[0]]), &["not in this office"]);
    }
}
