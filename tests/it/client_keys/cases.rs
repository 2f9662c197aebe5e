//! How each creating mutation is tried: who sends what.

use serde_json::{Value, json};

use crate::support::{
    client::Client,
    story::{PASSWORD, Story, content, day, next_july, sign_in},
};

mod guidelines;
mod queue;
mod reviews;

/// A mutation, with two inputs that are both good.
pub(super) struct Case<'a> {
    pub(super) mutation: &'static str,
    /// What it makes, and where its id is in the payload.
    pub(super) makes: (&'static str, &'static str),
    pub(super) table: &'static str,
    /// Who sends the first input.
    pub(super) who: &'a Client,
    pub(super) first: Value,
    /// Who can send the second.
    pub(super) other: &'a Client,
    pub(super) second: Value,
}

/// People and things that the cases need.
pub(super) struct Cast {
    pub(super) story: Story,
    deputy: Client,
    deputy_id: String,
    coordinator_id: String,
    /// Two drafts of the author in review, for advice; two, with digests, for judgement; two approved ones.
    doubted: [String; 2],
    judged: [(String, Value); 2],
    approved: [String; 2],
    /// Two drafts to answer for; two with a finding to except, and two with one to mend, each with its key.
    questioned: [String; 2],
    excepted: [(String, Value); 2],
    mended: [(String, Value); 2],
    /// Two bulk acts that were looked at.
    planned: [Value; 2],
    /// Two drafts that are commented on.
    commented: [reviews::Commented; 2],
}

impl Cast {
    pub(super) async fn gather(facts: &Value) -> Self {
        let story = Story::tell(facts).await;
        let deputy = json!({
            "email": "deputy@example.org", "name": "Dana Roy", "roles": ["COORDINATOR", "ADMINISTRATOR"], "password": PASSWORD,
        });
        let deputy_id =
            id_of(&story.administrator, "createMember", deputy, ("member { id }", "/member/id")).await;
        let deputy = sign_in(&story.anonymous, "deputy@example.org").await;
        let handbook = deputy.ask("{ handbook { id } }", json!({})).await["handbook"]["id"].clone();
        deputy.act("acknowledgeHandbook", json!({ "handbookId": handbook }), "acknowledgedAt").await;
        let viewer = story.coordinator.ask("{ viewer { member { id } } }", json!({})).await;
        let coordinator_id = viewer["viewer"]["member"]["id"].as_str().unwrap().to_owned();
        let doubted = [in_review(&story, 1).await, in_review(&story, 2).await];
        let judged = [with_digest(&story, 3).await, with_digest(&story, 4).await];
        let approved = [
            story.draft("Clinic 5 opens.", &[&story.feed]).await,
            story.draft("Clinic 6 opens.", &[&story.feed]).await,
        ];
        for draft in &approved {
            story.approve(draft).await;
        }
        let questioned = [
            story.draft("Clinic 7 opens.", &[&story.feed]).await,
            story.draft("Clinic 8 opens.", &[&story.feed]).await,
        ];
        let excepted = [found(&story, PHONE).await, found(&story, PHONE).await];
        let mended = [found(&story, NUMBER).await, found(&story, NUMBER).await];
        let planned = queue::planned(&story).await;
        let commented = reviews::commented(&story).await;
        Self {
            story,
            deputy,
            deputy_id,
            coordinator_id,
            doubted,
            judged,
            approved,
            questioned,
            excepted,
            mended,
            planned,
            commented,
        }
    }
}

/// A rule that speaks of these words.
type Spoken = (&'static str, &'static str);

const PHONE: Spoken = ("CC1b.phone", "Call her own cell at 604-555-0142 tonight.");
const NUMBER: Spoken = ("CC1b.sin", "Her social insurance number is 130 692 544.");

/// A draft with a finding of the rule, and the finding's key.
async fn found(story: &Story, (rule, words): Spoken) -> (String, Value) {
    let draft = story.draft(words, &[&story.feed]).await;
    let findings = story.look(&draft, "findings { rule key }").await;
    let finding = findings.as_array().unwrap().iter().find(|finding| finding["rule"] == rule).unwrap();
    (draft, finding["key"].clone())
}

async fn in_review(story: &Story, number: usize) -> String {
    let draft = story.draft(&format!("Clinic {number} opens."), &[&story.feed]).await;
    story.submit(&draft).await;
    draft
}

async fn with_digest(story: &Story, number: usize) -> (String, Value) {
    let draft = in_review(story, number).await;
    let digest = story.look(&draft, "revision { digest }").await["digest"].clone();
    (draft, digest)
}

/// Does it and gives the id of what it made.
pub(super) async fn id_of(
    client: &Client,
    mutation: &str,
    input: Value,
    (fields, pointer): (&str, &str),
) -> String {
    let payload = client.act(mutation, input, fields).await;
    payload
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_else(|| panic!("{mutation}: {payload}"))
        .to_owned()
}

/// Which mutation, what it makes, in which table; then who sends what.
fn case<'a>(
    (mutation, fields, pointer, table): (&'static str, &'static str, &'static str, &'static str),
    (who, first): (&'a Client, Value),
    (other, second): (&'a Client, Value),
) -> Case<'a> {
    Case { mutation, makes: (fields, pointer), table, who, first, other, second }
}

fn writing(cast: &Cast) -> Vec<Case<'_>> {
    let Cast { story, deputy, doubted, judged, approved, .. } = cast;
    let draft =
        |words: &str| json!({ "initiativeId": story.initiative, "content": content(words, &[&story.feed]) });
    let schedule = |id: &str| json!({ "draftId": id, "when": { "at": { "localTime": next_july(1) } } });
    let seek =
        |id: &str| json!({ "draftId": id, "adviserId": story.manager_id, "question": "May we say this?" });
    let judge =
        |(id, digest): &(String, Value)| json!({ "draftId": id, "digest": digest, "judgement": "APPROVE" });
    let upload = |name: &str| json!({ "fileName": name, "byteSize": 10 });
    let repeat = |id: &str| json!({ "draftId": id, "repeats": { "weeks": { "weekdays": ["MONDAY"] } }, "startsOn": next_july(1).split('T').next(), "ends": { "after": 3 }, "localTime": "09:30" });
    let (author, manager) = (&story.author, &story.manager);
    vec![
        case(
            ("createDraft", "draft { id }", "/draft/id", "draft"),
            (author, draft("One.")),
            (manager, draft("Two.")),
        ),
        case(
            ("schedulePost", "posts { id }", "/posts/0/id", "post"),
            (author, schedule(&approved[0])),
            (manager, schedule(&approved[1])),
        ),
        case(
            ("createRecurrence", "recurrence { id }", "/recurrence/id", "recurrence"),
            (author, repeat(&approved[0])),
            (manager, repeat(&approved[1])),
        ),
        case(
            ("seekAdvice", "review { id }", "/review/id", "review"),
            (author, seek(&doubted[0])),
            (deputy, seek(&doubted[1])),
        ),
        case(
            ("reviewDraft", "review { id }", "/review/id", "review"),
            (&story.coordinator, judge(&judged[0])),
            (deputy, judge(&judged[1])),
        ),
        case(
            ("createUpload", "media { id }", "/media/id", "media"),
            (author, upload("a.png")),
            (manager, upload("b.png")),
        ),
    ]
}

fn initiative(name: &str) -> Value {
    json!({
        "name": name, "purpose": "Tell people", "audience": "Patients", "runBy": "The team", "staffing": "Two people",
        "successor": "The front desk", "startsOn": "2026-01-01",
    })
}

fn plan(story: &Story, audience: &str) -> Value {
    json!({
        "initiativeId": story.initiative, "audiences": [audience], "stakeholders": ["Clinics"], "keyMessages": [{ "text": "Call us" }],
        "shareable": [{ "topic": "How to book" }], "notShareable": [], "goals": [{ "goal": "More visits", "measure": "Bookings" }],
    })
}

fn channel(story: &Story, handle: &str) -> Value {
    json!({
        "platform": "FEED", "handle": handle, "url": story.anonymous.address(&format!("/feed/press/{handle}")),
        "displayName": handle, "purpose": "Tells", "audience": "Everybody", "language": "en", "bioLine": "Run by us",
        "monitoredHours": "Weekdays", "justification": "Others", "considered": [story.feed],
    })
}

fn registry(cast: &Cast) -> Vec<Case<'_>> {
    let Cast { story, deputy, deputy_id, coordinator_id, .. } = cast;
    let slot = |time: &str| json!({ "channelId": story.feed, "weekday": "MONDAY", "localTime": time });
    let steward = |member: &str| json!({ "channelId": story.feed, "memberId": member });
    let look = |found: &str| json!({ "channelId": story.feed, "findings": found, "verdict": "KEEP" });
    let (author, manager) = (&story.author, &story.manager);
    let figure =
        |value: i32| json!({ "initiativeId": story.initiative, "goalId": story.goal, "value": value });
    vec![
        case(
            ("proposeInitiative", "initiative { id }", "/initiative/id", "initiative"),
            (manager, initiative("A")),
            (deputy, initiative("B")),
        ),
        case(
            ("writePlan", "plan { id }", "/plan/id", "plan"),
            (manager, plan(story, "A")),
            (deputy, plan(story, "B")),
        ),
        case(
            ("recordMeasurement", "measurement { id }", "/measurement/id", "measurement"),
            (manager, figure(1)),
            (deputy, figure(2)),
        ),
        case(
            ("requestChannel", "channel { id }", "/channel/id", "channel"),
            (author, channel(story, "one")),
            (manager, channel(story, "two")),
        ),
        case(
            ("reviewChannel", "review { id }", "/review/id", "channel_review"),
            (author, look("All well.")),
            (manager, look("Still well.")),
        ),
        case(
            ("addSlot", "slot { id }", "/slot/id", "slot"),
            (author, slot("09:30")),
            (manager, slot("10:30")),
        ),
        case(
            ("addSteward", "steward { id }", "/steward/id", "steward"),
            (&story.coordinator, steward(deputy_id)),
            (deputy, steward(coordinator_id)),
        ),
    ]
}

fn running(cast: &Cast) -> Vec<Case<'_>> {
    let Cast { story, deputy, .. } = cast;
    let away = |days: i64| json!({ "memberId": story.author_id, "deputyId": story.manager_id, "startsOn": day(days), "endsOn": day(days) });
    let member = |name: &str| json!({ "email": format!("{name}@example.org"), "name": name, "roles": ["MEMBER", "COORDINATOR"], "password": PASSWORD });
    let integration = |name: &str| json!({ "name": name, "scopes": ["OFFICE_READ"] });
    let pause = |reason: &str| json!({ "scope": { "office": true }, "reason": reason });
    let quiet = |reason: &str| json!({ "hours": { "from": "22:00", "to": "07:00" }, "reason": reason });
    let administrator = &story.administrator;
    let partner = |name: &str| json!({ "name": name, "why": "They help us" });
    vec![
        case(
            ("createPartner", "partner { id }", "/partner/id", "partner"),
            (&story.manager, partner("North")),
            (deputy, partner("South")),
        ),
        case(
            ("addBlackout", "blackout { id }", "/blackout/id", "blackout"),
            (&story.coordinator, quiet("Night")),
            (deputy, quiet("Sleep")),
        ),
        case(
            ("createMember", "member { id }", "/member/id", "member"),
            (administrator, member("one")),
            (deputy, member("two")),
        ),
        case(
            ("delegateTasks", "delegation { id }", "/delegation/id", "delegation"),
            (&story.coordinator, away(2)),
            (deputy, away(4)),
        ),
        case(
            ("createIntegration", "integration { id }", "/integration/id", "integration"),
            (administrator, integration("One")),
            (deputy, integration("Two")),
        ),
        case(
            ("pausePublishing", "pause { id }", "/pause/id", "pause"),
            (&story.coordinator, pause("A storm")),
            (deputy, pause("A fire")),
        ),
    ]
}

/// Every case.
pub(super) fn cases(cast: &Cast) -> Vec<Case<'_>> {
    [
        writing(cast),
        guidelines::mending(cast),
        registry(cast),
        running(cast),
        guidelines::cases(cast),
        queue::cases(cast),
        reviews::cases(cast),
    ]
    .into_iter()
    .flatten()
    .collect()
}
