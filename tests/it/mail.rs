//! Mail, against a real mail server that keeps what it takes and misbehaves by recipients' names. `make test` starts one;
//! where none is named, there is nothing to test.

use serde_json::{Value, json};

use crate::support::{
    client::{Client, until},
    engine::{Engine, engines},
    program::Deployment,
    story::{PASSWORD, Story, sign_in},
};

mod doctor;
mod misbehaving;

/// Short waits, so that what is tried again is tried within the test.
const QUICK: &[&str] = &[
    "mail.from=desk@example.org",
    "mail.tls=none",
    "mail.every_seconds=1",
    "mail.answer_seconds=2",
    "mail.delivery_seconds=2",
    "limits.mail_again_seconds=4",
    "limits.backoff_seconds=1",
];

#[expect(clippy::disallowed_methods, reason = "tests are told of servers by the environment")]
pub(crate) fn told(name: &str) -> Option<String> {
    std::env::vars().find(|(known, _)| *known == format!("SMTP_TEST_{name}")).map(|(_, value)| value)
}

/// The settings of the server.
fn server() -> Option<[String; 2]> {
    Some([format!("mail.host={}", told("HOST")?), format!("mail.port={}", told("PORT")?)])
}

/// A deployment that sends by it; none where no server runs.
async fn deployment(engine: &Engine) -> Option<Deployment> {
    let server = server()?;
    let deployment = Deployment::fresh(engine).await.with(QUICK);
    // Who waits for mail asks often.
    Some(deployment.with(&[server[0].as_str(), server[1].as_str(), "api.cost_per_minute=5256000"]))
}

/// People whose addresses nobody else has, and what arrived for them.
struct Post {
    story: Story,
    tag: String,
}

impl Post {
    fn of(story: Story) -> Self {
        let port = story.anonymous.address("").rsplit(':').next().unwrap().to_owned();
        Self { story, tag: format!("{}-{port}", std::process::id()) }
    }

    fn address(&self, name: &str) -> String {
        format!("{name}+{}@example.org", self.tag)
    }

    /// Adds a member whose address begins with this name.
    async fn person(&self, name: &str, roles: &[&str]) -> Client {
        let create =
            json!({ "email": self.address(name), "name": name, "roles": roles, "password": PASSWORD });
        self.story.administrator.act("createMember", create, "member { id }").await;
        sign_in(&self.story.anonymous, &self.address(name)).await
    }

    /// What the server keeps for them, oldest first.
    async fn arrived(&self, name: &str) -> Vec<Value> {
        let url = format!("{}/mail", told("MAILBOX").unwrap());
        let kept: Value = self.story.anonymous.http().get(url).send().await.unwrap().json().await.unwrap();
        let address = self.address(name);
        kept.as_array().unwrap().iter().filter(|mail| mail["to"] == address.as_str()).cloned().collect()
    }

    /// How many messages to them the server was asked to take.
    async fn tries(&self, name: &str) -> u64 {
        self.counted("tries", name).await
    }

    /// How many of these came to their end.
    async fn messages(&self, name: &str) -> u64 {
        self.counted("messages", name).await
    }

    async fn counted(&self, what: &str, name: &str) -> u64 {
        let url = format!("{}/{what}", told("MAILBOX").unwrap());
        let counts: Value = self.story.anonymous.http().get(url).send().await.unwrap().json().await.unwrap();
        counts[self.address(name)].as_u64().unwrap_or(0)
    }

    async fn arrive(&self, name: &str, count: usize) -> Vec<Value> {
        until(&format!("{count} mails to {name}"), || async {
            let arrived = self.arrived(name).await;
            (arrived.len() == count).then_some(arrived)
        })
        .await
    }

    /// The outbox: who, state, cause, id.
    async fn outbox(&self) -> Vec<(String, String, String, String)> {
        let document = "{ mails(first: 100) { nodes { id state causeCode member { email } } totalCount } }";
        let nodes = self.story.administrator.ask(document, json!({})).await["mails"]["nodes"].clone();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let told = |node: &Value| {
            let who = text(&node["member"]["email"]);
            (who, text(&node["state"]), text(&node["causeCode"]), text(&node["id"]))
        };
        nodes.as_array().unwrap().iter().map(told).collect()
    }

    /// Waits until the one mail to them is in a state; gives its cause and its id.
    async fn ends(&self, name: &str, state: &str) -> (String, String) {
        let address = self.address(name);
        until(&format!("the mail to {name} to be {state}"), || async {
            let outbox = self.outbox().await;
            let found = outbox.into_iter().find(|(who, is, ..)| *who == address && is == state);
            found.map(|(_, _, cause, id)| (cause, id))
        })
        .await
    }
}

fn proposal(name: &str) -> Value {
    json!({
        "name": name, "purpose": "Tell people how to see a doctor by video", "audience": "Patients in the north",
        "runBy": "The telehealth team", "staffing": "Two people", "successor": "The clinics' front desk",
        "startsOn": "2026-01-01", "existingChannelsNote": "The news page could carry it",
    })
}

async fn tasks(client: &Client) -> Vec<(String, String)> {
    let nodes = client.ask("{ tasks(first: 100) { nodes { kind subjectId } } }", json!({})).await;
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let nodes = nodes["tasks"]["nodes"].as_array().unwrap().clone();
    nodes.iter().map(|node| (text(&node["kind"]), text(&node["subjectId"]))).collect()
}

fn header<'a>(mail: &'a Value, name: &str) -> &'a str {
    let raw = mail["raw"].as_str().unwrap();
    let line = raw.lines().find(|line| line.starts_with(&format!("{name}: ")));
    line.unwrap_or_else(|| panic!("no {name}: {raw}")).split_once(": ").unwrap().1
}

#[tokio::test]
async fn each_step_of_an_announcement_is_told_once_to_whom_it_concerns() {
    for engine in engines() {
        let Some(deployment) = deployment(&engine).await else { return };
        let program = deployment.serve();
        let post = Post::of(Story::tell(&program.facts).await);
        let coordinator = post.person("coordinator", &["COORDINATOR"]).await;
        let proposer = post.person("proposer", &["PROJECT_MANAGER"]).await;
        let made = proposer.act("proposeInitiative", proposal("Élan"), "initiative { id unanswered }").await;
        assert_eq!(made["initiative"]["unanswered"], json!([]));
        let id = made["initiative"]["id"].clone();
        let [first] = post.arrive("coordinator", 1).await.try_into().unwrap();
        assert!(header(&first, "Subject").contains("=?utf-8?"), "{first}");
        assert_eq!(header(&first, "Auto-Submitted"), "auto-generated");
        assert!(header(&first, "List-Id").contains("press"), "{first}");
        let question = json!({ "initiativeId": id, "question": "Who answers in July?" });
        let asked = coordinator.act("askAboutInitiative", question, "question { id }").await;
        let [told] = post.arrive("proposer", 1).await.try_into().unwrap();
        assert!(told["raw"].as_str().unwrap().contains("Who answers in July?"), "{told}");
        let question = asked["question"]["id"].as_str().unwrap().to_owned();
        let waiting = ("ANSWER_INITIATIVE_QUESTION".to_owned(), question.clone());
        assert!(tasks(&proposer).await.contains(&waiting));
        let answer = json!({ "questionId": question, "answer": "The front desk does." });
        proposer.act("answerInitiativeQuestion", answer, "question { answer answeredBy { name } }").await;
        assert!(!tasks(&proposer).await.contains(&waiting), "it is answered");
        let answered = post.arrive("coordinator", 2).await;
        assert!(answered[1]["raw"].as_str().unwrap().contains("The front desk does."));
        assert_eq!(header(&answered[1], "References"), header(&first, "References"), "one thread");
        assert_ne!(answered[1]["messageId"], first["messageId"]);
        coordinator.act("acknowledgeInitiative", json!({ "initiativeId": id }), "initiative { state }").await;
        let decided = post.arrive("proposer", 2).await;
        assert!(decided[1]["raw"].as_str().unwrap().contains("acknowledged the initiative"), "{decided:?}");
        until("everything to be sent", || async {
            post.outbox().await.iter().all(|(_, state, ..)| state == "SENT").then_some(())
        })
        .await;
        assert_eq!((post.arrived("coordinator").await.len(), post.arrived("proposer").await.len()), (2, 2));
        assert!(!deployment.log().contains("@example.org"), "no address is logged");
    }
}

#[tokio::test]
async fn what_is_no_duty_can_be_turned_off_and_a_duty_cannot() {
    let Some(deployment) = deployment(&Engine::Sqlite).await else { return };
    let program = deployment.serve();
    let post = Post::of(Story::tell(&program.facts).await);
    let proposer = post.person("proposer", &["PROJECT_MANAGER"]).await;
    let duty =
        proposer.attempt("updateMyMail", json!({ "muted": ["INITIATIVE_ASKED"] }), "member { id }").await;
    assert_eq!(duty["userErrors"][0]["code"], "INVALID");
    proposer.act("updateMyMail", json!({ "muted": ["INITIATIVE_DECIDED"] }), "member { id }").await;
    let muted = proposer.ask("{ viewer { mutedMail } }", json!({})).await;
    assert_eq!(muted["viewer"]["mutedMail"], json!(["INITIATIVE_DECIDED"]));
    let made = proposer.act("proposeInitiative", proposal("Quiet"), "initiative { id }").await;
    let id = made["initiative"]["id"].clone();
    let decline = json!({ "initiativeId": id, "reason": "The news page serves it" });
    post.story.coordinator.act("declineInitiative", decline, "initiative { state }").await;
    assert!(post.outbox().await.iter().all(|(who, ..)| *who != post.address("proposer")));
}

#[tokio::test]
async fn nothing_is_lost_while_no_server_is_there_and_killed_in_between() {
    for engine in engines() {
        let Some([host, its_port]) = server() else { return };
        let away = Deployment::fresh(&engine).await.with(QUICK).with(&[host.as_str(), "mail.port=9"]);
        let program = away.serve();
        let post = Post::of(Story::tell(&program.facts).await);
        post.person("coordinator", &["COORDINATOR"]).await;
        let proposer = post.person("proposer", &["PROJECT_MANAGER"]).await;
        proposer.act("proposeInitiative", proposal("Patience"), "initiative { id }").await;
        post.ends("coordinator", "WAITING").await;
        program.kill();
        let back = away.with(&[its_port.as_str()]);
        let again = back.serve();
        let post = Post { story: post.story.at(again.url()), tag: post.tag };
        post.ends("coordinator", "SENT").await;
        assert_eq!(post.arrive("coordinator", 1).await.len(), 1);
        assert_eq!(post.tries("coordinator").await, 1, "the server was asked once");
    }
}
