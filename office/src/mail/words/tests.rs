//! What a mail leaves to do: said with its day and its clause, in the office's language, and only while something is left.

use entity::{
    GoalId,
    initiative::{GoalResult, GoalResults},
};
use uuid::Uuid;

use super::*;

fn initiative(state: InitiativeState) -> initiative::Model {
    let at = "2027-03-01T17:00:00Z".parse().unwrap();
    let words = str::to_owned;
    let result =
        GoalResult { goal_id: Some(GoalId(Uuid::nil())), goal: words("More swimmers"), result: words("240") };
    initiative::Model {
        id: Uuid::from_u128(1).into(),
        office_id: Uuid::from_u128(2).into(),
        name: words("River watch"),
        purpose: words("Clean water"),
        audience: words("Families"),
        run_by: words("The water team"),
        staffing: String::new(),
        successor: words("The parks desk"),
        existing_channels: initiative::Channels::default(),
        existing_channels_note: None,
        starts_on: "2027-03-01".parse().unwrap(),
        ends_on: None,
        hashtag: None,
        state,
        manager_id: Uuid::from_u128(3).into(),
        proposed_by: Uuid::from_u128(3).into(),
        decided_by: None,
        decided_at: None,
        decision_reason: (state == InitiativeState::Declined).then(|| words("The lake desk tells of it")),
        results: GoalResults(if state == InitiativeState::Closed { vec![result] } else { Vec::new() }),
        version: 1,
        created_at: at,
        updated_at: at,
    }
}

fn body(state: InitiativeState, news: News<'_>, tag: &str) -> String {
    let row = initiative(state);
    Told { initiative: &row, who: "Cora", news }.write(tag, "2027-03-04".parse().ok()).body
}

#[test]
fn what_is_left_to_do_has_its_day_and_its_clause() {
    use InitiativeState::{Active, Closing, Proposed};
    for (state, news, tag, said) in [
        (
            Proposed,
            News::Proposed(&[]),
            "en",
            "with a reason by 2027-03-04. Nothing of it goes out before (handbook, clause PS5).\n",
        ),
        (
            Proposed,
            News::Proposed(&[]),
            "fr-CA",
            "d’ici le 2027-03-04. Rien n’en est publié avant (guide, clause PS5).\n",
        ),
        (Proposed, News::Asked("Who?"), "en", "> Who?\n\nPlease answer it by 2027-03-04."),
        (Proposed, News::Answered("Who?", "We."), "en", "We.\n\nPlease acknowledge it"),
        (Active, News::Decided, "en", "(handbook, clause PS3).\n"),
        (Closing, News::Closing, "fr", "achève la clôture d’ici le 2027-03-04"),
    ] {
        let told = body(state, news, tag);
        assert!(told.contains(said), "{said}: {told}");
    }
    let told = body(Proposed, News::Proposed(&[]), "en");
    assert!(told.contains("Who works on it: (not said yet)"), "{told}");
}

#[test]
fn where_nothing_is_left_to_do_a_mail_says_what_came_of_it() {
    use InitiativeState::{Active, Closed, Declined};
    let english = |state, news| body(state, news, "en");
    assert_eq!(
        english(Declined, News::Decided),
        "Cora declined the initiative “River watch”.\n\nReason: The lake desk tells of it\n"
    );
    assert_eq!(
        english(Closed, News::Closing),
        "Cora closed the initiative “River watch”.\n\nWhat became of its goals:\n- More swimmers: 240\n"
    );
    let late = english(Active, News::Answered("Who?", "We."));
    assert!(late.ends_with("We.\n"), "it is decided already: {late}");
}
