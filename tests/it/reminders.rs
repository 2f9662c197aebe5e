//! One digest a day for whom something waits, and none for whom nothing does, with a clock that is moved.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{WorkerId, mail};
use sea_orm::{ConnectionTrait as _, EntityTrait as _, QueryOrder as _};
use serde_json::json;

use crate::support::{desk::Desk, engine::engines, served::Served};

const ONE: u128 = 1;

fn worker(number: u128) -> WorkerId {
    WorkerId(uuid::Uuid::from_u128(number))
}

/// The digests so far: to whom, the subject, the words, the state.
async fn digests(desk: &Desk) -> Vec<(String, String, String, mail::MailState)> {
    let rows = mail::Entity::find().order_by_asc(mail::Column::Id).all(&desk.database).await.unwrap();
    let mut told = Vec::new();
    for row in rows.into_iter().filter(|row| row.kind == mail::MailKind::TasksDue) {
        let member =
            entity::member::Entity::find_by_id(row.member_id).one(&desk.database).await.unwrap().unwrap();
        told.push((member.name, row.subject, row.body, row.state));
    }
    told
}

/// A server takes all mail so far: mail that waits would be a task of its own.
async fn taken(desk: &Desk) {
    let sql = "UPDATE mail SET state = 'SENT', next_at = NULL";
    desk.database.execute_unprepared(sql).await.unwrap();
}

/// Runs the round of this moment; gives what was written, by recipient.
async fn round(desk: &Desk) -> Vec<(String, String, String)> {
    let before = digests(desk).await.len();
    let written = office::reminders::run(&desk.office, worker(ONE)).await.unwrap();
    let after = digests(desk).await;
    assert_eq!(after.len(), before + written);
    let mut told: Vec<_> =
        after.into_iter().skip(before).map(|(who, what, words, _)| (who, what, words)).collect();
    told.sort();
    taken(desk).await;
    told
}

fn names(told: &[(String, String, String)]) -> Vec<&str> {
    told.iter().map(|(who, ..)| who.as_str()).collect()
}

fn until(desk: &Desk, moment: &str) {
    let moment: DateTime<Utc> = moment.parse().unwrap();
    desk.wait(moment - desk.office.now());
}

/// Everybody has acknowledged the handbook, and the initiative's duty to blog is not asked for: nothing waits.
async fn quiet(served: &Served) {
    let administrator = served.client("ada").await;
    let handbook = administrator.ask("{ handbook { id } }", json!({})).await["handbook"]["id"].clone();
    administrator.act("acknowledgeHandbook", json!({ "handbookId": handbook }), "__typename").await;
    let sql = "UPDATE initiative SET state = 'CLOSED'";
    served.desk.database.execute_unprepared(sql).await.unwrap();
}

async fn propose(served: &Served) {
    let input = json!({
        "name": "Quiet nights", "purpose": "Help parents sleep", "audience": "Parents of newborns",
        "runBy": "The maternity team", "staffing": "One person", "successor": "The midwives",
        "startsOn": "2027-03-01",
    });
    served.client("manager").await.act("proposeInitiative", input, "initiative { id }").await;
    taken(&served.desk).await;
}

#[tokio::test]
async fn one_is_reminded_on_the_eve_on_the_day_after_and_each_week_and_then_others_are() {
    for engine in engines() {
        let served = Served::of(Desk::open(&engine, 1).await).await;
        let desk = &served.desk;
        quiet(&served).await;
        assert_eq!(round(desk).await, [], "nothing waits");
        // On Monday at 9 in Vancouver, to be decided by Thursday at 9.
        propose(&served).await;
        until(desk, "2027-03-03T14:59:00Z");
        assert_eq!(round(desk).await, [], "it is not 7 o'clock there");
        until(desk, "2027-03-03T15:00:00Z");
        let told = round(desk).await;
        assert_eq!(names(&told), ["coordinator"]);
        assert_eq!(told[0].1, "1 task due by tomorrow");
        assert!(
            told[0].2.contains(
                "- Decide on a proposed initiative: Quiet nights (due 2027-03-04; handbook, clause PS5)"
            ),
            "{told:?}"
        );
        assert_eq!(round(desk).await, [], "once a day");
        until(desk, "2027-03-04T15:00:00Z");
        assert_eq!(round(desk).await, [], "the day itself is no second eve");
        until(desk, "2027-03-05T15:00:00Z");
        let told = round(desk).await;
        assert_eq!((names(&told), told[0].1.as_str()), (vec!["coordinator"], "1 task for you, 1 overdue"));
        for day in 6..=10 {
            until(desk, &format!("2027-03-{day:02}T15:00:00Z"));
            assert_eq!(round(desk).await, [], "{day}");
        }
        // A week late: only coordinators could act, so the administrator is told, on this day and then each week.
        until(desk, "2027-03-11T18:00:00Z");
        let told = round(desk).await;
        assert_eq!(names(&told), ["Ada Minh"]);
        assert_eq!(told[0].1, "1 task of others that nobody has settled");
        assert!(told[0].2.contains("waits for coordinator"), "{told:?}");
        until(desk, "2027-03-12T18:00:00Z");
        assert_eq!(names(&round(desk).await), ["coordinator"], "a week after the last");
        served.end().await;
    }
}

#[tokio::test]
async fn who_is_away_is_not_told_and_their_deputy_is() {
    for engine in engines() {
        let served = Served::of(Desk::open(&engine, 1).await).await;
        let desk = &served.desk;
        quiet(&served).await;
        let input = json!({ "email": "vera@example.org", "name": "vera", "roles": ["COORDINATOR"] });
        let vera = served.client("ada").await.act("createMember", input, "member { id }").await;
        let sql = "UPDATE member SET muted_mail = '[\"INITIATIVE_CLOSING\"]'";
        desk.database.execute_unprepared(sql).await.unwrap();
        propose(&served).await;
        let away =
            json!({ "deputyId": vera["member"]["id"], "startsOn": "2027-03-02", "endsOn": "2027-03-09" });
        served.client("coordinator").await.act("delegateTasks", away, "delegation { id }").await;
        until(desk, "2027-03-03T16:00:00Z");
        let told = round(desk).await;
        assert_eq!(names(&told), ["vera"]);
        served.end().await;
    }
}

#[tokio::test]
async fn a_round_that_died_in_between_and_two_at_once_tell_each_once() {
    for engine in engines() {
        let served = Served::of(Desk::open(&engine, 1).await).await;
        let desk = &served.desk;
        quiet(&served).await;
        propose(&served).await;
        until(desk, "2027-03-03T16:00:00Z");
        let (one, other) = tokio::join!(
            office::reminders::run(&desk.office, worker(1)),
            office::reminders::run(&desk.office, worker(2))
        );
        let written = one.unwrap_or_default() + other.unwrap_or_default();
        assert_eq!((written, digests(desk).await.len()), (1, 1));
        // Its mail is written, and that the round is done is not.
        desk.database.execute_unprepared("UPDATE office SET reminded_on = NULL").await.unwrap();
        assert_eq!(round(desk).await, []);
        served.end().await;
    }
}

#[tokio::test]
async fn a_digest_that_no_server_took_makes_way_for_the_next() {
    for engine in engines() {
        let served = Served::of(Desk::open(&engine, 1).await).await;
        let desk = &served.desk;
        quiet(&served).await;
        propose(&served).await;
        until(desk, "2027-03-03T16:00:00Z");
        office::reminders::run(&desk.office, worker(ONE)).await.unwrap();
        // No worker for two days: the next round speaks for them too.
        desk.wait(TimeDelta::days(3));
        office::reminders::run(&desk.office, worker(ONE)).await.unwrap();
        let told = digests(desk).await.into_iter().filter(|(who, ..)| who == "coordinator");
        let told: Vec<_> = told.map(|(who, _, _, state)| (who, state)).collect();
        let to = |state| ("coordinator".to_owned(), state);
        assert_eq!(told, [to(mail::MailState::GivenUp), to(mail::MailState::Waiting)], "{told:?}");
        served.end().await;
    }
}
