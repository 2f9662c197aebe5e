//! Rights end at once: what somebody had begun before they left or lost a role is not done afterwards, and nothing is told them
//! any more. Who is back has what is given then, and nothing of before.

use entity::{audit_entry, member, member::Role};
use office::{
    OfficeError, Requester,
    drafts::{self, CreateDraft},
    members::{self, CreateMember, DepartMember, UpdateMember},
};
use sea_orm::{EntityTrait as _, PaginatorTrait as _};
use serde_json::json;

use crate::support::{
    desk::{Desk, content, permit},
    engine::engines,
    program::Deployment,
    socket::Socket,
    story::{PASSWORD, Story, sign_in},
};

async fn named(desk: &Desk, role: Role) -> Requester {
    let rows = member::Entity::find().all(&desk.database).await.unwrap();
    let row = rows.into_iter().find(|row| row.roles.contains(role)).unwrap();
    members::requester_for(&desk.office, row.id).await.unwrap()
}

async fn drafted(desk: &Desk, by: &Requester) -> office::Result<()> {
    let create = CreateDraft {
        client_key: None,
        initiative_id: desk.initiative,
        content: content("The clinic opens on Monday.", &desk.channels),
    };
    drafts::create(&desk.office, &permit(by), create).await.map(drop)
}

async fn departs(desk: &Desk, by: &Requester, who: &Requester) -> office::Result<()> {
    let input = DepartMember { member_id: who.member_id().unwrap(), keep_integrations: Vec::new() };
    members::depart(&desk.office, &permit(by), input).await.map(drop)
}

fn is_forbidden(done: &office::Result<()>) -> bool {
    matches!(done, Err(OfficeError::Forbidden(_)))
}

async fn audited(desk: &Desk) -> u64 {
    audit_entry::Entity::find().count(&desk.database).await.unwrap()
}

#[tokio::test]
async fn what_was_begun_before_the_rights_ended_is_not_done_after() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let ada = named(&desk, Role::Administrator).await;
        drafted(&desk, &desk.author).await.unwrap();
        drafted(&desk, &desk.manager).await.unwrap();
        // Each requester below is of a request that began before.
        departs(&desk, &ada, &desk.author).await.unwrap();
        let manager = desk.manager.member_id().unwrap();
        let row = member::Entity::find_by_id(manager).one(&desk.database).await.unwrap().unwrap();
        let less = UpdateMember {
            member_id: manager,
            expected_version: row.version,
            name: None,
            roles: Some(vec![Role::Member]),
        };
        members::update(&desk.office, &permit(&ada), less).await.unwrap();
        let before = audited(&desk).await;
        assert!(is_forbidden(&drafted(&desk, &desk.author).await));
        assert!(is_forbidden(&drafted(&desk, &desk.manager).await));
        assert_eq!(audited(&desk).await, before, "nothing was done");
        let now = members::requester_for(&desk.office, manager).await.unwrap();
        drafted(&desk, &now).await.unwrap();
    }
}

#[tokio::test]
async fn of_two_administrators_who_depart_each_other_one_stays() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let ada = named(&desk, Role::Administrator).await;
        let mut others = Vec::new();
        for name in ["bo", "cy"] {
            let create = CreateMember {
                client_key: None,
                email: format!("{name}@example.org"),
                name: name.to_owned(),
                roles: vec![Role::Administrator],
                password: None,
            };
            let row = members::create(&desk.office, &permit(&ada), create).await.unwrap();
            others.push(members::requester_for(&desk.office, row.id).await.unwrap());
        }
        let [bo, cy] = others.as_slice() else { panic!("two") };
        departs(&desk, bo, cy).await.unwrap();
        assert!(is_forbidden(&departs(&desk, cy, bo).await));
    }
}

#[tokio::test]
async fn nothing_more_is_told_to_who_left() {
    // The socket itself looks again only long after.
    let deployment = Deployment::fresh(&engines()[0]).await.with(&["api.ws_ping_seconds=600"]);
    let program = deployment.serve();
    let story = Story::tell(&program.facts).await;
    let mut socket = Socket::begun(&story.author).await;
    let changes = "subscription { changes { action draft { title } } }";
    socket.subscribe("c", changes, json!({})).await;
    // It listens: this is heard.
    let other =
        json!({ "email": "sam@example.org", "name": "Sam", "roles": ["MEMBER"], "password": PASSWORD });
    let sam = story.administrator.act("createMember", other, "member { id }").await;
    while socket.hear().await["payload"]["data"]["changes"]["action"] != "createMember" {}
    story.administrator.act("departMember", json!({ "memberId": story.author_id }), "member { state }").await;
    let create = json!({ "initiativeId": story.initiative, "content": { "title": "A secret", "text": "Of later.",
        "capacity": "OFFICIAL", "targets": [{ "channelId": story.feed }] } });
    story.coordinator.act("createDraft", create, "draft { id }").await;
    let heard = socket.hear().await;
    let errors = &heard["payload"]["errors"];
    assert_eq!(errors[0]["extensions"]["code"], "FORBIDDEN", "{heard}");

    // Who comes back is the same person, with the rights that are given now.
    let gone = json!({ "memberId": sam["member"]["id"] });
    let channel = json!({ "channelId": story.feed, "memberId": sam["member"]["id"] });
    story.coordinator.act("addSteward", channel, "steward { id }").await;
    story.administrator.act("departMember", gone, "member { state }").await;
    let csv = "email,name,roles\nsam@example.org,Sam,MEMBER\n";
    let lines = "lines { outcome userErrors { code } }";
    let told = story.administrator.act("importMembers", json!({ "csv": csv, "dryRun": false }), lines).await;
    let refused = json!([{ "outcome": "REFUSED", "userErrors": [{ "code": "ILLEGAL_STATE" }] }]);
    assert_eq!(told["lines"], refused, "a sheet brings nobody back");
    let back = json!({ "email": "sam@example.org", "name": "Sam Roy", "roles": ["COORDINATOR"], "password": PASSWORD });
    let fields = "member { id name roles state }";
    let member = story.administrator.act("createMember", back, fields).await["member"].clone();
    let expected =
        json!({ "id": sam["member"]["id"], "name": "Sam Roy", "roles": ["COORDINATOR"], "state": "ACTIVE" });
    assert_eq!(member, expected);
    let sam = sign_in(&story.anonymous, "sam@example.org").await;
    let stewards = "query S($id: ID!) { node(id: $id) { ... on Channel { stewards { member { name } } } } }";
    let seen = sam.ask(stewards, json!({ "id": story.feed })).await;
    assert!(!seen.to_string().contains("Sam Roy"), "what was handed over stays so: {seen}");
}
