//! Attacks on the request gate, and what it must let through.

use std::fmt::Write as _;

use serde_json::json;

use super::*;

const SDL: &str = "
    type Query { viewer: Member posts(first: Int, last: Int): PostConnection nodes(ids: [ID!]!): [Member] }
    type Mutation { touch: Member }
    type Member { id: ID! name: String posts(first: Int): PostConnection friend: Member friends: [Member!]! }
    type PostConnection { nodes: [Post!]! edges: [PostEdge!]! totalCount: Int }
    type PostEdge { node: Post! cursor: String! }
    type Post { id: ID! author: Member }
";

fn gate() -> Gate {
    Gate::new(SDL, Arc::new(ApiSettings::default())).unwrap()
}

fn code(outcome: &Result<Admitted, Refused>) -> String {
    let refused = outcome.as_ref().unwrap_err();
    refused[0].extensions.as_ref().and_then(|known| known.get("code")).unwrap().to_string().replace('"', "")
}

fn cost(query: &str) -> u64 {
    gate().admit(query, None, &Map::new()).unwrap().cost
}

#[test]
fn a_fragment_doubling_sixty_times_is_refused_by_its_cost() {
    for leaf in ["friend { id }", "id"] {
        let mut query = "{ viewer { ...F0 } } ".to_owned();
        for level in 0..60 {
            let next = level + 1;
            write!(query, "fragment F{level} on Member {{ ...F{next} ...F{next} }} ").unwrap();
        }
        write!(query, "fragment F60 on Member {{ {leaf} }}").unwrap();
        assert_eq!(code(&gate().admit(&query, None, &Map::new())), "QUERY_TOO_COMPLEX");
    }
}

#[test]
fn twenty_thousand_braces_are_refused_by_their_tokens() {
    let outcome = gate().admit(&"{".repeat(20_000), None, &Map::new());
    assert_eq!(code(&outcome), "QUERY_TOO_COMPLEX");
    let outcome = gate().admit(&"{a".repeat(100), None, &Map::new());
    assert_eq!(code(&outcome), "QUERY_TOO_COMPLEX");
}

#[test]
fn aliases_directives_and_root_fields_are_bounded() {
    let many = |part: &dyn Fn(usize) -> String, count: usize| (0..count).map(part).collect::<String>();
    let aliases = format!("{{ viewer {{ {} }} }}", many(&|n| format!("a{n}: id "), 51));
    let directives =
        format!("{{ viewer {{ id {} }} }}", many(&|_| "... @skip(if: false) { id } ".to_owned(), 51));
    let roots = format!("{{ {} }}", many(&|n| format!("r{n}: viewer {{ id }} "), 21));
    for query in [aliases, directives, roots] {
        assert_eq!(code(&gate().admit(&query, None, &Map::new())), "QUERY_TOO_COMPLEX", "{query}");
    }
}

#[test]
fn depth_is_bounded() {
    let deep = format!("{{ viewer {{ {} id {} }} }}", "friend { ".repeat(16), "}".repeat(16));
    assert_eq!(code(&gate().admit(&deep, None, &Map::new())), "QUERY_TOO_COMPLEX");
}

#[test]
fn a_page_costs_what_it_asks_for_also_through_fragments_and_variables() {
    assert_eq!(cost("{ posts(first: 50) { nodes { id author { name } } } }"), 1 + 50 * 2);
    assert_eq!(
        cost("{ posts(first: 50) { edges { node { id author { name } } } totalCount } }"),
        1 + 50 * 2 + 10
    );
    let fragment =
        "{ posts(first: 50) { ...P } } fragment P on PostConnection { nodes { id author { name } } }";
    assert_eq!(cost(fragment), 1 + 50 * 2);
    assert_eq!(cost("{ viewer { friends { name } } }"), 1 + 1 + 5);
    assert_eq!(cost("mutation { touch { id } }"), 10);
    let query = "query ($n: Int) { posts(last: $n) { nodes { id } } }";
    let variables = json!({ "n": 20 });
    let admitted = gate().admit(query, None, variables.as_object().unwrap()).unwrap();
    assert_eq!(admitted.cost, 21);
    let nested = "{ posts(first: 100) { nodes { author { posts(first: 100) { nodes { id } } } } } }";
    assert_eq!(code(&gate().admit(nested, None, &Map::new())), "QUERY_TOO_COMPLEX");
}

#[test]
fn each_kind_of_wrong_document_has_its_code() {
    let gate = gate();
    let none = Map::new();
    assert_eq!(code(&gate.admit("{ viewer {", None, &none)), "GRAPHQL_PARSE_FAILED");
    assert_eq!(code(&gate.admit("{ nothing }", None, &none)), "GRAPHQL_VALIDATION_FAILED");
    assert_eq!(code(&gate.admit("{ viewer { a: id a: name } }", None, &none)), "GRAPHQL_VALIDATION_FAILED");
    assert_eq!(
        code(&gate.admit("query A { __typename } query B { __typename }", None, &none)),
        "BAD_REQUEST"
    );
    let typed = "query ($n: Int!) { posts(first: $n) { totalCount } }";
    assert_eq!(code(&gate.admit(typed, None, &none)), "BAD_USER_INPUT");
    let text = json!({ "n": "ten" });
    assert_eq!(code(&gate.admit(typed, None, text.as_object().unwrap())), "BAD_USER_INPUT");
}

#[test]
fn the_introspection_of_tools_passes_and_says_so() {
    let gate = Gate::new(&crate::sdl(), Arc::new(ApiSettings::default())).unwrap();
    let admitted =
        gate.admit(include_str!("introspection.graphql"), Some("IntrospectionQuery"), &Map::new()).unwrap();
    assert!(admitted.introspects);
}

#[test]
fn a_verdict_is_remembered() {
    let gate = gate();
    let first = gate.document("{ viewer { id } }").unwrap();
    assert!(Arc::ptr_eq(&first, &gate.document("{ viewer { id } }").unwrap()));
}
