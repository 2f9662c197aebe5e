//! What is on its way out: one post that leaves within seconds, one that waits at its next slot, one that repeats each month,
//! one held because its channel is not connected, one held because its draft was changed after approval, one under review, one blocked.

use chrono::TimeDelta;
use office::entity::{
    ChannelId, InitiativeId, draft,
    recurrence::{MonthDay, Repeats},
    revision,
    revision::Capacity,
};
use office::{
    Office, calendar, checks,
    drafts::{self, Content, CreateDraft, ReviseDraft, Target},
    posts::{self, SchedulePost, When},
    read,
    recurrences::{self, ApproveRecurrence, CreateRecurrence, Ends},
    reviews::{self, Judgement, ReviewDraft},
};

use super::{
    channels::Channels,
    initiatives::Running,
    people::{Cast, Person},
    reviewing,
    story::{day, permit},
};

/// Seconds ahead of the first post: time enough to be seen waiting.
const FIRST_POST_IN: i64 = 8;

/// The office's zone.
const ZONE: &str = "America/Vancouver";

/// The words of a draft.
struct Words<'a> {
    initiative: InitiativeId,
    channel: ChannelId,
    title: &'a str,
    text: &'a str,
    key_message: Option<&'a str>,
}

/// Writes, reviews and schedules.
pub(super) async fn tell(
    office: &Office,
    cast: &Cast,
    running: &Running,
    channels: &Channels,
) -> anyhow::Result<()> {
    let desk = Desk { office, author: &cast.member, reviewer: &cast.project_manager };
    leaves_soon(&desk, running, channels).await?;
    waits_for_its_slot(&desk, running, channels).await?;
    repeats_monthly(&desk, running, channels).await?;
    held_for_its_channel(&desk, running, channels).await?;
    let desk = Desk { reviewer: &cast.second_manager, ..desk };
    held_for_its_approval(&desk, running, channels).await?;
    let desk = Desk { author: &cast.project_manager, ..desk };
    under_review(&desk, &cast.coordinator, running, channels).await?;
    blocked(&desk, running, channels).await
}

/// Who writes and who judges; never the same.
struct Desk<'a> {
    office: &'a Office,
    author: &'a Person,
    reviewer: &'a Person,
}

impl Desk<'_> {
    async fn write(&self, words: &Words<'_>) -> office::Result<draft::Model> {
        let new = CreateDraft { client_key: None, initiative_id: words.initiative, content: content(words) };
        drafts::create(self.office, &permit(self.office, self.author).await?, new).await
    }

    async fn submit(&self, draft: &draft::Model) -> office::Result<draft::Model> {
        drafts::submit(self.office, &permit(self.office, self.author).await?, draft.id, draft.version).await
    }

    /// Written, submitted and approved.
    async fn approved(&self, words: &Words<'_>) -> office::Result<draft::Model> {
        let draft = self.submit(&self.write(words).await?).await?;
        let seen =
            checks::load(self.office, self.office.db().read(), draft.office_id, draft.revision_id).await?;
        let judgement = ReviewDraft {
            client_key: None,
            draft_id: draft.id,
            digest: seen.revision.digest,
            judgement: Judgement::Approve,
            comment: None,
            checked: None,
        };
        reviews::review(self.office, &permit(self.office, self.reviewer).await?, judgement).await?;
        read::one::<draft::Entity>(self.office.db().read(), draft.office_id, draft.id).await
    }

    async fn schedule(&self, draft: &draft::Model, when: When) -> office::Result<()> {
        let wish = SchedulePost {
            client_key: None,
            draft_id: draft.id,
            channel_ids: Vec::new(),
            when,
            publish_late_minutes: None,
            after: None,
        };
        posts::schedule(self.office, &permit(self.office, self.author).await?, wish).await?;
        Ok(())
    }

    fn ahead(&self, by: TimeDelta) -> office::Result<When> {
        let local = calendar::local(self.office.now() + by, ZONE)?;
        Ok(When::At { local_time: local.local_time, time_zone: None })
    }
}

fn content(words: &Words<'_>) -> Content {
    Content {
        title: words.title.to_owned(),
        text: words.text.to_owned(),
        link: None,
        amplifies: None,
        answers: None,
        capacity: Some(Capacity::Official),
        key_message: words.key_message.map(str::to_owned),
        key_message_id: None,
        in_doubt: false,
        sources: Vec::new(),
        targets: vec![Target { channel_id: words.channel, text: None, thread: false }],
        media: Vec::new(),
    }
}

async fn leaves_soon(desk: &Desk<'_>, running: &Running, channels: &Channels) -> anyhow::Result<()> {
    let words = Words {
        initiative: running.heart,
        channel: channels.news,
        title: "Who looks at your readings?",
        text: "Every weekday morning a nurse looks at the readings that came in overnight, and calls when one is out \
               of range. Nobody waits for the next visit to hear about it. #RemoteHeartCheck",
        key_message: Some("Readings from home are looked at by a nurse every weekday"),
    };
    let draft = desk.approved(&words).await?;
    Ok(desk.schedule(&draft, desk.ahead(TimeDelta::seconds(FIRST_POST_IN))?).await?)
}

async fn waits_for_its_slot(desk: &Desk<'_>, running: &Running, channels: &Channels) -> anyhow::Result<()> {
    let words = Words {
        initiative: running.front_door,
        channel: channels.news,
        title: "Move your visit in a minute",
        text: "Something came up? The page where you booked your visit now lets you move it, too. \
               #DigitalFrontDoor",
        key_message: Some("One page to book, move and prepare a visit"),
    };
    let draft = desk.approved(&words).await?;
    Ok(desk.schedule(&draft, When::NextFreeSlot).await?)
}

/// On the first Wednesday of each month, half a year long.
async fn repeats_monthly(desk: &Desk<'_>, running: &Running, channels: &Channels) -> anyhow::Result<()> {
    let words = Words {
        initiative: running.front_door,
        channel: channels.news,
        title: "First Wednesday: ask us anything",
        text: "Today from 10 to 11 the people who build the booking page answer your questions at the front desk. \
               #DigitalFrontDoor",
        key_message: None,
    };
    let draft = desk.approved(&words).await?;
    let new = CreateRecurrence {
        client_key: None,
        draft_id: draft.id,
        channel_ids: Vec::new(),
        repeats: Repeats::Months { every: 1, on: MonthDay::Weekday { nth: 1, weekday: 3 } },
        starts_on: day(desk.office, 1),
        ends: Ends::After(6),
        local_time: "08:30".to_owned(),
        time_zone: None,
        publish_late_minutes: None,
    };
    let made = recurrences::create(desk.office, &permit(desk.office, desk.author).await?, new).await?;
    let (db, office_id) = (desk.office.db().read(), draft.office_id);
    let revision = read::one::<revision::Entity>(db, office_id, draft.revision_id).await?;
    let approval = ApproveRecurrence { id: made.id, expected_version: made.version, digest: revision.digest };
    recurrences::approve(desk.office, &permit(desk.office, desk.reviewer).await?, approval).await?;
    Ok(())
}

async fn held_for_its_channel(desk: &Desk<'_>, running: &Running, channels: &Channels) -> anyhow::Result<()> {
    let words = Words {
        initiative: running.heart,
        channel: channels.mastodon,
        title: "The gateway is open source",
        text: "The little box that sends the readings runs on code that anybody may read and improve. We would love \
               to hear what you would do differently. #RemoteHeartCheck",
        key_message: None,
    };
    let draft = desk.approved(&words).await?;
    Ok(desk.schedule(&draft, When::Now).await?)
}

async fn held_for_its_approval(
    desk: &Desk<'_>,
    running: &Running,
    channels: &Channels,
) -> anyhow::Result<()> {
    let before = Words {
        initiative: running.front_door,
        channel: channels.news,
        title: "Open evening at the clinic",
        text: "Come and try the new booking page with us next week. Tea and cake are on us. #DigitalFrontDoor",
        key_message: None,
    };
    let draft = desk.approved(&before).await?;
    desk.schedule(&draft, desk.ahead(TimeDelta::days(2))?).await?;
    let after =
        Words { text: "Come and try the new booking page with us in two weeks. #DigitalFrontDoor", ..before };
    let revised =
        ReviseDraft { draft_id: draft.id, expected_version: draft.version, content: content(&after) };
    drafts::revise(desk.office, &permit(desk.office, desk.author).await?, revised).await?;
    Ok(())
}

async fn under_review(
    desk: &Desk<'_>,
    coordinator: &Person,
    running: &Running,
    channels: &Channels,
) -> anyhow::Result<()> {
    let words = Words {
        initiative: running.heart,
        channel: channels.news,
        title: "Carers' evening, by video",
        text: "Once a month, carers talk with each other and with one of our nurses, by video. New faces are welcome. \
               #RemoteHeartCheck",
        key_message: None,
    };
    let draft = desk.submit(&desk.write(&words).await?).await?;
    reviewing::talk(desk.office, (desk.author, coordinator), (draft.id, words.text)).await?;
    reviewing::policy(desk.office, coordinator, running.heart).await
}

/// Its finding shows why it cannot be submitted.
async fn blocked(desk: &Desk<'_>, running: &Running, channels: &Channels) -> anyhow::Result<()> {
    let words = Words {
        initiative: running.front_door,
        channel: channels.news,
        title: "Stuck while booking?",
        text: "Text Sam on her own cell, 604-555-0184, and she will book it for you. #digitalfrontdoor",
        key_message: None,
    };
    desk.write(&words).await?;
    Ok(())
}
