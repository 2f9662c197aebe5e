//! People, an active initiative with an approved plan, the first webhook, and the first post: by the office's own functions.

use chrono::TimeDelta;
use entity::{
    ChannelId, InitiativeId, MemberId, WorkerId,
    channel::{Platform, Profile},
    member::Role,
    revision::Capacity,
};
use office::{
    Office, Requester,
    channels::{self, ConnectChannel, Looked, RequestChannel},
    drafts::{self, Content, CreateDraft, Target},
    handbooks,
    initiatives::{self, ProposeInitiative},
    members::{self, CreateMember},
    offices::{self, CreateOffice, FirstAdministrator},
    plans::{self, EmbargoInput, GoalInput, KeyMessageInput, PlanContent, TopicInput, WritePlan},
    policy::{Op, Permit},
    posts::{self, SchedulePost, When},
    read,
    reviews::{self, Judgement, ReviewDraft},
    stewards::{self, AddSteward},
};
use secrecy::SecretString;
use uuid::Uuid;

/// An office that can post.
pub(super) struct Furnished {
    author: Requester,
    coordinator: Requester,
    initiative: InitiativeId,
    pub(super) channel: ChannelId,
}

fn permit<O: Op>(requester: &Requester) -> Permit<O> {
    requester.permit().unwrap()
}

/// The office, its people and its first webhook.
pub(super) async fn furnish(office: &Office, sink: &str, secret: &str, honours_keys: bool) -> Furnished {
    let own = CreateOffice {
        name: "The bench".to_owned(),
        slug: super::SLUG.to_owned(),
        time_zone: "Etc/UTC".to_owned(),
        language: "en".to_owned(),
    };
    let first = FirstAdministrator {
        name: "Ada Minh".to_owned(),
        email: "ada@example.org".to_owned(),
        password: SecretString::from("correct horse battery"),
    };
    let (_, administrator) = offices::create(office, own, first).await.unwrap();
    let administrator = members::requester_for(office, administrator.id).await.unwrap();
    let coordinator = person(office, &administrator, "coordinator", Role::Coordinator).await;
    let manager = person(office, &administrator, "manager", Role::ProjectManager).await;
    let author = person(office, &administrator, "author", Role::Member).await;
    let initiative = initiative(office, &manager, &coordinator).await;
    let channel = webhook(office, &coordinator, [&author, &manager]).await;
    let row =
        read::one::<entity::channel::Entity>(office.db().read(), author.office_id, channel).await.unwrap();
    let connect = ConnectChannel {
        channel_id: channel,
        expected_version: row.version,
        base_url: Some(sink.to_owned()),
        username: None,
        allow_private_host: true,
        honours_keys,
        secret: SecretString::from(secret),
        expires_at: None,
    };
    let row = channels::connect(office, &permit(&administrator), connect).await.unwrap();
    // Any sink will do: one that answers no ping is taken at its word.
    let profile = Profile {
        handle: row.handle.clone(),
        display_name: None,
        url: None,
        bio: None,
        bio_shown: false,
        abilities: None,
        read_at: office.now(),
    };
    let looked = Looked::Accepted(Box::new(profile));
    channels::record_look(office, WorkerId(Uuid::now_v7()), &row, looked).await.unwrap();
    channels::activate(office, &permit(&coordinator), channel).await.unwrap();
    Furnished { author, coordinator, initiative, channel }
}

async fn person(office: &Office, administrator: &Requester, name: &str, role: Role) -> Requester {
    let create = CreateMember {
        client_key: None,
        email: format!("{name}@example.org"),
        name: name.to_owned(),
        roles: vec![role],
        password: None,
    };
    let id: MemberId = members::create(office, &permit(administrator), create).await.unwrap().id;
    let requester = members::requester_for(office, id).await.unwrap();
    let handbook = handbooks::in_force(office, office.db().read(), requester.office_id).await.unwrap();
    handbooks::acknowledge(office, &permit(&requester), handbook.id).await.unwrap();
    requester
}

async fn initiative(office: &Office, manager: &Requester, coordinator: &Requester) -> InitiativeId {
    let propose = ProposeInitiative {
        client_key: None,
        name: "Virtual visits".to_owned(),
        purpose: "Tell people how to see a doctor by video".to_owned(),
        audience: "Patients in the north".to_owned(),
        run_by: "The telehealth team".to_owned(),
        staffing: "Two people, two hours a week".to_owned(),
        successor: "The clinic's front desk".to_owned(),
        starts_on: "2026-01-01".parse().unwrap(),
        ends_on: None,
        hashtag: None,
        manager_id: manager.member_id(),
        existing_channels: Vec::new(),
        existing_channels_note: None,
    };
    let initiative = initiatives::propose(office, &permit(manager), propose).await.unwrap();
    initiatives::acknowledge(office, &permit(coordinator), initiative.id, None).await.unwrap();
    let line = |text: &str| vec![text.to_owned()];
    let message =
        KeyMessageInput { text: "You need not travel to be seen".to_owned(), ..KeyMessageInput::default() };
    let write = WritePlan {
        client_key: None,
        initiative_id: initiative.id,
        content: PlanContent {
            audiences: line("Patients"),
            stakeholders: line("Clinics"),
            key_messages: vec![message],
            shareable: vec![TopicInput { topic: "How to book".to_owned(), from: None }],
            not_shareable: vec![EmbargoInput { topic: "the Fort Nelson pilot".to_owned(), until: None }],
            goals: vec![GoalInput {
                goal: "More visits by video".to_owned(),
                measure: Some("Bookings a month".to_owned()),
                baseline: Some(100.0),
                target: Some(200.0),
                due_on: Some("2027-12-31".parse().unwrap()),
                ..GoalInput::default()
            }],
            ..PlanContent::default()
        },
    };
    let plan = plans::write(office, &permit(manager), write).await.unwrap();
    plans::approve(office, &permit(coordinator), plan.id).await.unwrap();
    initiative.id
}

async fn webhook(office: &Office, coordinator: &Requester, stewards: [&Requester; 2]) -> ChannelId {
    let request = RequestChannel {
        client_key: None,
        initiative_id: None,
        platform: Platform::Webhook,
        url: "https://hooks.example.org/0".to_owned(),
        display_name: "Hook 0".to_owned(),
        handle: "hook-0".to_owned(),
        purpose: "Tells what the office does".to_owned(),
        audience: "Everybody".to_owned(),
        language: "en".to_owned(),
        bio_line: "Run by the communications team".to_owned(),
        monitored_hours: "Weekdays".to_owned(),
        contact: Some("press@example.org".to_owned()),
        signature: None,
        justification: "There is none yet".to_owned(),
        considered: Vec::new(),
    };
    let channel = channels::request(office, &permit(stewards[0]), request).await.unwrap();
    channels::approve(office, &permit(coordinator), channel.id, None).await.unwrap();
    for steward in stewards {
        let member_id = steward.member_id().unwrap();
        let add = AddSteward { client_key: None, channel_id: channel.id, member_id, on_duty: false };
        stewards::add(office, &permit(coordinator), add).await.unwrap();
    }
    channel.id
}

/// Writes, approves and schedules the first post; when every gate has been seen open, it is cancelled and serves as a form.
pub(super) async fn first_post(office: &Office, at: &Furnished) {
    let create = CreateDraft { client_key: None, initiative_id: at.initiative, content: content(at.channel) };
    let draft = drafts::create(office, &permit(&at.author), create).await.unwrap();
    let draft = drafts::submit(office, &permit(&at.author), draft.id, draft.version).await.unwrap();
    let db = office.db().read();
    let revision =
        read::one::<entity::revision::Entity>(db, draft.office_id, draft.revision_id).await.unwrap();
    let review = ReviewDraft {
        client_key: None,
        draft_id: draft.id,
        digest: revision.digest,
        judgement: Judgement::Approve,
        comment: None,
        checked: None,
    };
    reviews::review(office, &permit(&at.coordinator), review).await.unwrap();
    let next_week = office::calendar::local(office.now() + TimeDelta::days(7), "Etc/UTC").unwrap();
    let schedule = SchedulePost {
        after: None,
        client_key: None,
        draft_id: draft.id,
        channel_ids: Vec::new(),
        when: When::At { local_time: next_week.local_time, time_zone: None },
        publish_late_minutes: Some(10_080),
    };
    let scheduled = posts::schedule(office, &permit(&at.author), schedule).await.unwrap();
    let post = &scheduled[0].post;
    let (_, gates) = office::gate::explain(office, &permit(&at.author), post.id).await.unwrap();
    assert!(gates.iter().all(|gate| gate.open), "the first post does not pass: {gates:?}");
    posts::cancel(office, &permit(&at.author), post.id, post.version).await.unwrap();
}

fn content(channel: ChannelId) -> Content {
    Content {
        title: "What is new".to_owned(),
        text: super::posts::words(0),
        link: None,
        amplifies: None,
        answers: None,
        capacity: Some(Capacity::Official),
        key_message: None,
        key_message_id: None,
        in_doubt: false,
        sources: Vec::new(),
        targets: vec![Target { channel_id: channel, text: None, thread: false }],
        media: Vec::new(),
    }
}
