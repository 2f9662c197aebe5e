//! What the office runs: two programmes with approved plans, one that waits for the coordinator, one declined, one that
//! is being closed.

use office::entity::InitiativeId;
use office::{
    Office,
    initiatives::{self, ProposeInitiative, QueueFate},
    plans::{self, EmbargoInput, GoalInput, KeyMessageInput, PlanContent, TopicInput, WritePlan},
};

use super::{
    people::{Cast, Person},
    story::{day, permit},
};

/// The programmes that speak.
pub(super) struct Running {
    pub(super) heart: InitiativeId,
    pub(super) front_door: InitiativeId,
}

/// The words of a proposal.
struct Idea<'a> {
    name: &'a str,
    purpose: &'a str,
    audience: &'a str,
    hashtag: &'a str,
    ends_in_days: i64,
}

const HEART: Idea<'_> = Idea {
    name: "Remote Heart Check",
    purpose: "Let people with heart failure send readings from home and show what happens with them.",
    audience: "Patients with heart failure and those who care for them",
    hashtag: "RemoteHeartCheck",
    ends_in_days: 540,
};
const FRONT_DOOR: Idea<'_> = Idea {
    name: "Digital Front Door",
    purpose: "Explain the new way to book, move and prepare a visit online.",
    audience: "Everyone who visits a clinic of the region",
    hashtag: "DigitalFrontDoor",
    ends_in_days: 365,
};
const SLEEP: Idea<'_> = Idea {
    name: "Sleep Diary",
    purpose: "Find out with volunteers whether a diary on the phone helps them to sleep.",
    audience: "Adults who sleep badly",
    hashtag: "SleepDiary",
    ends_in_days: 200,
};
const MASCOT: Idea<'_> = Idea {
    name: "Clinic Mascot Contest",
    purpose: "Have the public vote on a mascot for the waiting rooms.",
    audience: "Families with children",
    hashtag: "ClinicMascot",
    ends_in_days: 60,
};
const FLU: Idea<'_> = Idea {
    name: "Flu Season Reminders",
    purpose: "Remind people of the dates of the vaccination clinics.",
    audience: "Seniors and staff of care homes",
    hashtag: "FluSeason",
    ends_in_days: 5,
};

/// Proposes, decides and plans.
pub(super) async fn tell(office: &Office, cast: &Cast) -> anyhow::Result<Running> {
    let (tomas, priya, noor) = (&cast.project_manager, &cast.second_manager, &cast.coordinator);
    let heart = propose(office, tomas, None, &HEART).await?;
    let front_door = propose(office, priya, None, &FRONT_DOOR).await?;
    let flu = propose(office, priya, None, &FLU).await?;
    for id in [heart, front_door, flu] {
        let comment = Some("Good to know early. Please keep one key message per post.".to_owned());
        initiatives::acknowledge(office, &permit(office, noor).await?, id, comment).await?;
    }
    plan(office, tomas, noor, heart_plan(office, heart)).await?;
    plan(office, priya, noor, front_door_plan(office, front_door)).await?;
    initiatives::close(office, &permit(office, priya).await?, flu, QueueFate::Keep).await?;
    let mascot = propose(office, &cast.member, Some(tomas), &MASCOT).await?;
    let reason =
        "It has nobody to run it after the summer. Bring it back with the children's hospital as a partner.";
    initiatives::decline(office, &permit(office, noor).await?, mascot, reason.to_owned()).await?;
    propose(office, &cast.member, Some(tomas), &SLEEP).await?;
    Ok(Running { heart, front_door })
}

async fn propose(
    office: &Office,
    who: &Person,
    manager: Option<&Person>,
    idea: &Idea<'_>,
) -> anyhow::Result<InitiativeId> {
    let proposal = ProposeInitiative {
        client_key: None,
        name: idea.name.to_owned(),
        purpose: idea.purpose.to_owned(),
        audience: idea.audience.to_owned(),
        run_by: "The project's research assistant, three mornings a week".to_owned(),
        staffing: "Six hours a week until the project ends".to_owned(),
        successor: "The office's Coordinator".to_owned(),
        starts_on: day(office, -30),
        ends_on: Some(day(office, idea.ends_in_days)),
        hashtag: Some(idea.hashtag.to_owned()),
        manager_id: manager.map(|manager| manager.id),
        existing_channels: Vec::new(),
        existing_channels_note: None,
    };
    Ok(initiatives::propose(office, &permit(office, who).await?, proposal).await?.id)
}

async fn plan(office: &Office, writer: &Person, coordinator: &Person, plan: WritePlan) -> anyhow::Result<()> {
    let written = plans::write(office, &permit(office, writer).await?, plan).await?;
    plans::approve(office, &permit(office, coordinator).await?, written.id).await?;
    Ok(())
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn goal(office: &Office, goal: &str, measure: &str, (baseline, target): (f64, f64)) -> GoalInput {
    GoalInput {
        goal: goal.to_owned(),
        measure: Some(measure.to_owned()),
        baseline: Some(baseline),
        target: Some(target),
        due_on: Some(day(office, 180)),
        ..GoalInput::default()
    }
}

fn message(text: &str) -> KeyMessageInput {
    KeyMessageInput { id: None, text: text.to_owned() }
}

fn topic(topic: &str) -> TopicInput {
    TopicInput { topic: topic.to_owned(), from: None }
}

fn heart_plan(office: &Office, initiative_id: InitiativeId) -> WritePlan {
    let wanted =
        goal(office, "Carers know whom to ask", "Visits to the questions page, per month", (120.0, 400.0));
    let content = PlanContent {
        audiences: texts(&["Patients with heart failure", "Family carers", "Family doctors of the region"]),
        stakeholders: texts(&["The patients' council"]),
        partners: texts(&["The cardiology programme"]),
        key_messages: vec![message("Readings from home are looked at by a nurse every weekday")],
        shareable: vec![topic("How it works"), topic("Open positions and events")],
        not_shareable: vec![EmbargoInput { topic: "trial results".to_owned(), until: None }],
        goals: vec![wanted],
        contentious: texts(&["trial results"]),
        review_on: None,
    };
    WritePlan { client_key: None, initiative_id, content }
}

fn front_door_plan(office: &Office, initiative_id: InitiativeId) -> WritePlan {
    let measure = "Missed visits of each month, against the year before";
    let content = PlanContent {
        audiences: texts(&["Visitors of the region's clinics"]),
        stakeholders: texts(&["The accessibility committee"]),
        partners: texts(&["The clinics' front desks"]),
        key_messages: vec![message("One page to book, move and prepare a visit")],
        shareable: vec![topic("What is new, as soon as it works")],
        goals: vec![goal(office, "Fewer missed visits", measure, (90.0, 60.0))],
        ..PlanContent::default()
    };
    WritePlan { client_key: None, initiative_id, content }
}
