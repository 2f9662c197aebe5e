//! Steps as people walk them: who counts, in which order, and what is never approved.

use entity::{OfficeId, ReviewPolicyId, review_policy::Steps};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;

const DIGEST: &str = "seen";

fn person(number: u128) -> MemberId {
    Uuid::from_u128(number).into()
}

fn at(hour: i64) -> DateTime<Utc> {
    DateTime::<Utc>::UNIX_EPOCH + TimeDelta::hours(hour)
}

fn review(number: u128, by: u128, roles: &[Role], decision: Decision, hour: i64) -> review::Model {
    review::Model {
        id: Uuid::from_u128(number).into(),
        office_id: OfficeId(Uuid::nil()),
        draft_id: Uuid::nil().into(),
        revision_id: Uuid::nil().into(),
        reviewer_id: person(by),
        reviewer_roles: Some(Roles(roles.to_vec())),
        decision,
        digest: DIGEST.to_owned(),
        comment: None,
        checked: None,
        adviser_id: None,
        answer: None,
        answered_at: None,
        answered_by: None,
        created_at: at(hour),
    }
}

fn step(rule: StepRule, roles: &[Role], members: &[u128]) -> Step {
    Step {
        rule,
        roles: roles.to_vec(),
        members: members.iter().map(|number| person(*number)).collect(),
        deputies: Vec::new(),
        deadline_hours: None,
    }
}

fn policy(steps: Vec<Step>) -> Arc<review_policy::Model> {
    Arc::new(review_policy::Model {
        id: ReviewPolicyId(Uuid::nil()),
        office_id: OfficeId(Uuid::nil()),
        channel_id: None,
        initiative_id: None,
        name: "A policy".to_owned(),
        steps: Steps(steps),
        created_by: person(1),
        ended_at: None,
        ended_by: None,
        created_at: at(0),
    })
}

/// Everybody to whom these tests give a name is there.
fn everybody() -> HashMap<MemberId, Named> {
    let there = |number| (person(number), Named { name: format!("Person {number}"), gone: false });
    (1..10).map(there).collect()
}

struct Case {
    policies: Vec<Arc<review_policy::Model>>,
    reviews: Vec<review::Model>,
    writers: Vec<MemberId>,
    named: HashMap<MemberId, Named>,
}

impl Case {
    fn of(policies: Vec<Arc<review_policy::Model>>, reviews: Vec<review::Model>) -> Self {
        Self { policies, reviews, writers: vec![person(1)], named: everybody() }
    }

    fn ground(&self) -> Ground<'_> {
        Ground {
            policies: &self.policies,
            named: &self.named,
            reviews: &self.reviews,
            digest: DIGEST,
            writers: &self.writers,
            submitted_at: at(0),
        }
    }

    fn complete(&self) -> bool {
        progress(&self.ground()).complete()
    }

    fn may_act(&self, by: u128, roles: &[Role], hour: i64) -> bool {
        let ground = self.ground();
        progress(&ground).may_act(&ground, person(by), &Roles(roles.to_vec()), at(hour))
    }
}

fn approves(number: u128, by: u128, roles: &[Role], hour: i64) -> review::Model {
    review(number, by, roles, Decision::Approved, hour)
}

const COORDINATOR: &[Role] = &[Role::Coordinator];
const MANAGER: &[Role] = &[Role::ProjectManager];
const WRITER: &[Role] = &[Role::Member];

#[test]
fn without_a_policy_one_coordinator_or_manager_suffices() {
    assert!(!Case::of(Vec::new(), Vec::new()).complete());
    assert!(Case::of(Vec::new(), vec![approves(1, 2, COORDINATOR, 1)]).complete());
    assert!(!Case::of(Vec::new(), vec![approves(1, 2, WRITER, 1)]).complete());
    assert!(Case::of(Vec::new(), Vec::new()).may_act(2, MANAGER, 1));
    assert!(!Case::of(Vec::new(), Vec::new()).may_act(1, COORDINATOR, 1), "these are their own words");
}

#[test]
fn steps_go_in_order_and_an_approval_counts_at_its_own_place() {
    let two = policy(vec![step(StepRule::Any, MANAGER, &[]), step(StepRule::Any, COORDINATOR, &[])]);
    let both: &[Role] = &[Role::ProjectManager, Role::Coordinator];
    let nobody = Case::of(vec![Arc::clone(&two)], Vec::new());
    assert!(nobody.may_act(2, MANAGER, 1));
    assert!(!nobody.may_act(3, COORDINATOR, 1), "it is not the second step's turn");
    let first = Case::of(vec![Arc::clone(&two)], vec![approves(1, 2, both, 1)]);
    assert!(!first.complete(), "one approval does not do both steps");
    assert!(first.may_act(3, COORDINATOR, 2));
    let second = Case::of(vec![two], vec![approves(1, 2, both, 1), approves(2, 3, COORDINATOR, 2)]);
    assert!(second.complete());
}

#[test]
fn each_of_all_is_somebody_else() {
    let all = policy(vec![step(StepRule::All, COORDINATOR, &[2])]);
    let once = Case::of(vec![Arc::clone(&all)], vec![approves(1, 2, COORDINATOR, 1)]);
    assert!(!once.complete());
    assert!(once.may_act(3, COORDINATOR, 2));
    assert!(!once.may_act(2, COORDINATOR, 2), "nobody counts twice in one step");
    let twice = vec![approves(1, 2, COORDINATOR, 1), approves(2, 3, COORDINATOR, 2)];
    assert!(Case::of(vec![all], twice).complete());
}

#[test]
fn who_fits_two_places_leaves_the_one_that_another_needs() {
    let all = policy(vec![step(StepRule::All, &[Role::ProjectManager, Role::Coordinator], &[])]);
    let both = approves(1, 2, &[Role::ProjectManager, Role::Coordinator], 1);
    assert!(Case::of(vec![all], vec![both, approves(2, 3, MANAGER, 2)]).complete());
}

#[test]
fn policies_add_up() {
    let (one, other) =
        (policy(vec![step(StepRule::Any, COORDINATOR, &[])]), policy(vec![step(StepRule::Any, &[], &[4])]));
    let policies = vec![one, other];
    assert!(!Case::of(policies.clone(), vec![approves(1, 2, COORDINATOR, 1)]).complete());
    assert!(Case::of(policies, vec![approves(1, 2, COORDINATOR, 1), approves(2, 4, WRITER, 2)]).complete());
}

#[test]
fn what_was_sent_back_begins_anew_and_other_words_count_for_nothing() {
    let back = review(2, 3, COORDINATOR, Decision::ChangesRequested, 2);
    let case = Case::of(Vec::new(), vec![approves(1, 2, COORDINATOR, 1), back]);
    assert!(!case.complete());
    let mut stale = approves(1, 2, COORDINATOR, 1);
    stale.digest = "older".to_owned();
    assert!(!Case::of(Vec::new(), vec![stale]).complete());
}

#[test]
fn a_deputy_stands_in_once_it_is_late_or_for_who_cannot() {
    let deputy = |hours| {
        policy(vec![Step {
            deputies: vec![person(5)],
            deadline_hours: hours,
            ..step(StepRule::All, &[], &[2])
        }])
    };
    assert!(Case::of(vec![deputy(None)], Vec::new()).may_act(5, WRITER, 1), "there is no hurry to wait for");
    let case = Case::of(vec![deputy(Some(8))], Vec::new());
    assert!(!case.may_act(5, WRITER, 8), "it is in time still");
    assert!(case.may_act(5, WRITER, 9));
    let wrote = Case { writers: vec![person(2)], ..Case::of(vec![deputy(Some(8))], Vec::new()) };
    assert!(wrote.may_act(5, WRITER, 1));
    let mut left = Case::of(vec![deputy(Some(8))], Vec::new());
    left.named.insert(person(2), Named { name: "Gone".to_owned(), gone: true });
    assert!(left.may_act(5, WRITER, 1));
    assert!(Case::of(vec![deputy(Some(8))], vec![approves(1, 5, WRITER, 9)]).complete());
    assert!(!Case::of(vec![deputy(Some(8))], vec![approves(1, 5, WRITER, 7)]).complete());
}

#[test]
fn a_step_that_nobody_is_left_for_is_told() {
    let case = Case::of(vec![policy(vec![step(StepRule::All, COORDINATOR, &[])])], Vec::new());
    let ground = case.ground();
    let approval = progress(&ground);
    let author = (person(1), Roles(COORDINATOR.to_vec()));
    let other = (person(2), Roles(COORDINATOR.to_vec()));
    assert_eq!(approval.stuck(&ground, std::slice::from_ref(&author)).count(), 1);
    assert_eq!(approval.stuck(&ground, &[author, other]).count(), 0);
}

fn any_role() -> impl Strategy<Value = Role> {
    prop::sample::select(vec![Role::Member, Role::ProjectManager, Role::Coordinator, Role::Administrator])
}

fn any_step() -> impl Strategy<Value = Step> {
    let (roles, members) = (prop::collection::vec(any_role(), 0..3), prop::collection::vec(1_u128..6, 0..3));
    (any::<bool>(), roles, members).prop_map(|(all, mut roles, members)| {
        if roles.is_empty() && members.is_empty() {
            roles.push(Role::Coordinator);
        }
        step(if all { StepRule::All } else { StepRule::Any }, &roles, &members)
    })
}

proptest! {
    /// Another policy never approves what was not approved without it, and nobody's own words are ever approved.
    #[test]
    fn a_policy_more_is_never_less(
        one in prop::collection::vec(any_step(), 1..4),
        other in prop::collection::vec(any_step(), 1..4),
        roles in prop::collection::vec(prop::collection::vec(any_role(), 1..3), 5),
        votes in prop::collection::vec(0_usize..5, 0..8),
    ) {
        let vote = |(by, hour): (&usize, i64)| {
            approves(hour.unsigned_abs().into(), u128::try_from(*by).unwrap() + 1, &roles[*by], hour)
        };
        let reviews: Vec<_> = votes.iter().zip(1_i64..).map(vote).collect();
        let (one, other) = (policy(one), policy(other));
        let alone = Case::of(vec![Arc::clone(&one)], reviews.clone());
        let both = Case::of(vec![one, other], reviews.clone());
        prop_assert!(!both.complete() || alone.complete());
        let own = Case { writers: (1..6).map(person).collect(), ..alone };
        prop_assert!(!own.complete());
    }
}
