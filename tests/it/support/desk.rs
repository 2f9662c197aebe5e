//! An office in the test's own process, with a clock that the test moves: for what cannot be seen from outside.

use std::sync::{Arc, atomic};

use chrono::TimeDelta;
use entity::{
    ChannelId, InitiativeId, MemberId, PostId, WorkerId, channel::Platform, member::Role, revision::Capacity,
};
use migration::{Migrator, MigratorTrait as _};
use office::{
    Actor, ManualClock, Office, Requester,
    channels::{self, RequestChannel},
    drafts::{self, Content, CreateDraft, Target},
    handbooks,
    initiatives::{self, ProposeInitiative},
    members::{self, CreateMember},
    plans::{self, EmbargoInput, GoalInput, KeyMessageInput, PlanContent, TopicInput, WritePlan},
    policy::{Op, Permit},
    posts::{self, SchedulePost, When},
    queue::{self, Claimed, Ready, Room, SendOutcome, Settled, Settlement},
    reviews::{self, Judgement, ReviewDraft},
    stewards::{self, AddSteward},
};
use sea_orm::DatabaseConnection;

pub(crate) use super::founding::{first_administrator, new_office};
use super::{
    engine::Engine,
    place::{Door, Place},
};

/// An office with people, an acknowledged initiative with an approved plan, and active feed channels.
pub(crate) struct Desk {
    pub(crate) office: Office,
    pub(crate) clock: ManualClock,
    pub(crate) coordinator: Requester,
    pub(crate) manager: Requester,
    pub(crate) author: Requester,
    pub(crate) initiative: InitiativeId,
    pub(crate) channels: Vec<ChannelId>,
    pub(crate) database: DatabaseConnection,
    place: Arc<Place>,
}

impl Desk {
    /// With so many channels.
    pub(crate) async fn open(engine: &Engine, channels: usize) -> Self {
        Self::counted(engine, Some(channels), None).await
    }

    /// Its people alone, who have announced nothing yet.
    pub(crate) async fn bare(engine: &Engine) -> Self {
        Self::counted(engine, None, None).await
    }

    /// The same, with its statements counted.
    pub(crate) async fn counted(
        engine: &Engine,
        channels: Option<usize>,
        statements: Option<Arc<atomic::AtomicUsize>>,
    ) -> Self {
        let place = Arc::new(Place::fresh(engine).await);
        let mut database = place.connect().await;
        if let Some(statements) = statements {
            database.set_metric_callback(move |_| {
                statements.fetch_add(1, atomic::Ordering::SeqCst);
            });
        }
        Migrator::up(&database, None).await.unwrap();
        let clock = ManualClock::at("2027-03-01T17:00:00Z".parse().unwrap());
        let office = place.office(&clock, &database);
        Self::furnish(office, clock, database, place, channels).await
    }

    /// A way to the same office for somebody with connections of their own, as another process has them.
    pub(crate) fn door(&self) -> Door {
        Door { place: Arc::clone(&self.place), clock: self.clock.clone() }
    }

    async fn furnish(
        office: Office,
        clock: ManualClock,
        database: DatabaseConnection,
        place: Arc<Place>,
        count: Option<usize>,
    ) -> Self {
        let (_, first) =
            office::offices::create(&office, new_office("press"), first_administrator()).await.unwrap();
        let administrator = members::requester_for(&office, first.id).await.unwrap();
        let mut people = Vec::new();
        for (name, roles) in [
            ("coordinator", vec![Role::Coordinator]),
            ("manager", vec![Role::ProjectManager]),
            ("author", vec![Role::Member]),
        ] {
            people.push(person(&office, &administrator, name, roles).await);
        }
        let [coordinator, manager, author]: [Requester; 3] = people.try_into().unwrap();
        let announced = async || initiative(&office, &manager, &coordinator).await;
        let announced = if count.is_some() { announced().await } else { uuid::Uuid::nil().into() };
        let mut desk = Self {
            office,
            clock,
            coordinator,
            manager,
            author,
            initiative: announced,
            channels: Vec::new(),
            database,
            place,
        };
        for number in 0..count.unwrap_or(0) {
            let id = desk.feed(number).await;
            desk.channels.push(id);
        }
        desk
    }

    async fn feed(&self, number: usize) -> ChannelId {
        let considered = self.channels.clone();
        let handle = format!("news-{number}");
        let url = format!("https://press.example.org/feed/press/{handle}");
        let request = RequestChannel {
            display_name: format!("News {number}"),
            considered,
            ..wish(Platform::Feed, &handle, url)
        };
        let channel = channels::request(&self.office, &permit(&self.author), request).await.unwrap();
        channels::approve(&self.office, &permit(&self.coordinator), channel.id, None).await.unwrap();
        for steward in [&self.author, &self.manager] {
            let (channel_id, member_id) = (channel.id, steward.member_id().unwrap());
            let add = AddSteward { client_key: None, channel_id, member_id, on_duty: false };
            stewards::add(&self.office, &permit(&self.coordinator), add).await.unwrap();
        }
        channels::activate(&self.office, &permit(&self.coordinator), channel.id).await.unwrap().id
    }

    /// An approved draft of these words on these channels, by its id.
    pub(crate) async fn approved(&self, words: &str, channels: &[ChannelId]) -> entity::draft::Model {
        let create = CreateDraft {
            client_key: None,
            initiative_id: self.initiative,
            content: content(words, channels),
        };
        let draft = drafts::create(&self.office, &permit(&self.author), create).await.unwrap();
        self.approve(draft.id).await
    }

    /// Submits a draft and has another member approve it.
    pub(crate) async fn approve(&self, id: entity::DraftId) -> entity::draft::Model {
        let db = self.office.db().read();
        let draft = office::read::one::<entity::draft::Entity>(db, self.author.office_id, id).await.unwrap();
        let draft = drafts::submit(&self.office, &permit(&self.author), id, draft.version).await.unwrap();
        let revision = office::read::one::<entity::revision::Entity>(db, draft.office_id, draft.revision_id)
            .await
            .unwrap();
        let review = ReviewDraft {
            client_key: None,
            draft_id: id,
            digest: revision.digest,
            judgement: Judgement::Approve,
            comment: None,
            checked: None,
        };
        reviews::review(&self.office, &permit(&self.coordinator), review).await.unwrap();
        office::read::one::<entity::draft::Entity>(db, draft.office_id, id).await.unwrap()
    }

    /// Schedules an approved draft now, on all of its channels.
    pub(crate) async fn schedule_now(&self, draft: entity::DraftId) -> Vec<entity::post::Model> {
        let schedule = SchedulePost {
            client_key: None,
            draft_id: draft,
            channel_ids: Vec::new(),
            when: When::Now,
            publish_late_minutes: Some(60),
            after: None,
        };
        let scheduled = posts::schedule(&self.office, &permit(&self.author), schedule).await.unwrap();
        scheduled.into_iter().map(|scheduled| scheduled.post).collect()
    }

    /// A post as it stands.
    pub(crate) async fn post(&self, id: PostId) -> entity::post::Model {
        office::read::one::<entity::post::Entity>(self.office.db().read(), self.author.office_id, id)
            .await
            .unwrap()
    }

    /// What a worker takes that has room for so many posts.
    pub(crate) async fn claim(&self, worker: u128, posts: usize) -> Claimed {
        let worker = WorkerId(uuid::Uuid::from_u128(worker));
        queue::claim(&self.office, worker, Room::of(posts)).await.unwrap()
    }

    /// The one post that a worker takes now.
    pub(crate) async fn claim_one(&self, worker: u128) -> Ready {
        let mut claimed = self.claim(worker, 1).await;
        claimed.ready.pop().unwrap_or_else(|| panic!("nothing is ready: {claimed:?}"))
    }

    /// Settles one try.
    pub(crate) async fn settle(&self, ready: &Ready, outcome: SendOutcome) -> Settled {
        let settlement = Settlement { lease: ready.lease, attempt_id: ready.attempt_id, outcome, wait: None };
        queue::settle(&self.office, ready.lease.worker_id, &[settlement]).await.unwrap().remove(0)
    }

    /// Moves the clock.
    pub(crate) fn wait(&self, step: TimeDelta) {
        self.clock.advance(step);
    }
}

/// A permit that the requester must have.
pub(crate) fn permit<O: Op>(requester: &Requester) -> Permit<O> {
    requester.permit().unwrap()
}

/// What is asked for with a new channel of the whole office.
pub(crate) fn wish(platform: Platform, handle: &str, url: String) -> RequestChannel {
    RequestChannel {
        client_key: None,
        initiative_id: None,
        platform,
        handle: handle.to_owned(),
        url,
        display_name: handle.to_owned(),
        purpose: "Tells what the office does".to_owned(),
        audience: "Everybody".to_owned(),
        language: "en".to_owned(),
        bio_line: "Run by the press office".to_owned(),
        monitored_hours: "Weekdays".to_owned(),
        contact: Some("press@example.org".to_owned()),
        signature: None,
        justification: "Another audience".to_owned(),
        considered: Vec::new(),
    }
}

/// Words for channels.
pub(crate) fn content(words: &str, channels: &[ChannelId]) -> Content {
    Content {
        title: "What is new".to_owned(),
        text: words.to_owned(),
        link: None,
        amplifies: None,
        answers: None,
        capacity: Some(Capacity::Official),
        key_message: None,
        key_message_id: None,
        in_doubt: false,
        sources: Vec::new(),
        targets: channels.iter().map(|id| Target { channel_id: *id, text: None, thread: false }).collect(),
        media: Vec::new(),
    }
}

async fn person(office: &Office, administrator: &Requester, name: &str, roles: Vec<Role>) -> Requester {
    let create = CreateMember {
        client_key: None,
        email: format!("{name}@example.org"),
        name: name.to_owned(),
        roles,
        password: None,
    };
    let created = members::create(office, &permit(administrator), create).await.unwrap();
    let id: MemberId = created.id;
    let requester = members::requester_for(office, id).await.unwrap();
    let Actor::Member { .. } = &requester.actor else { panic!("a member is a member") };
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
        starts_on: "2027-01-01".parse().unwrap(),
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
