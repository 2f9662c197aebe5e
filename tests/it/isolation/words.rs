//! Requests made from the schema: every operation, with given ids wherever it takes one, and something plausible elsewhere.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::plausible::Given;
use crate::support::client::Client;

const INTROSPECTION: &str = "{ __schema { queryType { name } mutationType { name } types { name kind enumValues { name } \
    inputFields { name type { ...T } } fields { name type { ...T } args { name type { ...T } } } } } } \
    fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";

const SCHEMA: &str = include_str!("../../../schema.graphql");

/// How deep an answer is read.
const DEPTH: usize = 2;
/// What need not be said, and would be refused: a key of the client's, clauses that a checklist must have, that nobody
/// keeps what is said to be kept by somebody, a message by its words beside its id, and other people's words beside own.
const LEFT_OUT: [&str; 5] = ["clientKey", "checked", "credentialRevoked", "keyMessage", "amplifies"];
/// What is left out in one turn, and in the next: together they are refused, or one hides the other.
const BY_TURNS: [(&str, [&[&str]; 2]); 4] = [
    ("CreateDraftInput", [&["announce"], &["initiativeId"]]),
    ("DelegateTasksInput", [&["memberId"], &[]]),
    ("DraftContentInput", [&["answers"], &["targets", "keyMessageId"]]),
    ("MediaInput", [&["captions"], &[]]),
];

pub(super) struct Words {
    types: BTreeMap<String, Value>,
    query: String,
    mutation: String,
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// The type inside of lists and of what must be given.
fn core(kind: &Value) -> &Value {
    if kind["ofType"].is_null() { kind } else { core(&kind["ofType"]) }
}

impl Words {
    pub(super) async fn read(client: &Client) -> Self {
        let schema = client.ask(INTROSPECTION, json!({})).await["__schema"].clone();
        let types =
            list(&schema, "types").iter().map(|kind| (text(kind, "name").to_owned(), kind.clone())).collect();
        let root = |key: &str| text(&schema[key], "name").to_owned();
        Self { types, query: root("queryType"), mutation: root("mutationType") }
    }

    fn fields_of(&self, name: &str) -> &[Value] {
        list(&self.types[name], "fields")
    }

    pub(super) fn queries(&self) -> impl Iterator<Item = &str> {
        self.fields_of(&self.query).iter().map(|field| text(field, "name"))
    }

    pub(super) fn mutations(&self) -> impl Iterator<Item = &str> {
        self.fields_of(&self.mutation).iter().map(|field| text(field, "name"))
    }

    /// The input of a mutation, whose name tells its type.
    pub(super) fn input(&self, mutation: &str, given: &Given) -> Value {
        let name = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        self.object(&name, given)
    }

    pub(super) fn query(&self, name: &str, given: &Given) -> String {
        let field = self.fields_of(&self.query).iter().find(|field| text(field, "name") == name).unwrap();
        let asked = |arg: &&Value| {
            arg["type"]["kind"] == "NON_NULL" || arg["name"] == "first" || self.takes_id(&arg["type"], DEPTH)
        };
        let args = list(field, "args").iter().filter(asked);
        let args =
            args.map(|arg| format!("{}: {}", text(arg, "name"), literal(&self.value(arg, name, given))));
        let args: Vec<String> = args.collect();
        let args = if args.is_empty() { String::new() } else { format!("({})", args.join(", ")) };
        format!("{{ {name}{args} {} }}", self.selection(core(&field["type"]), DEPTH))
    }

    fn takes_id(&self, kind: &Value, depth: usize) -> bool {
        let kind = core(kind);
        let inside = |field: &Value| self.takes_id(&field["type"], depth - 1);
        match text(kind, "kind") {
            "SCALAR" => kind["name"] == "ID",
            "INPUT_OBJECT" if depth > 0 => {
                list(&self.types[text(kind, "name")], "inputFields").iter().any(inside)
            }
            _ => false,
        }
    }

    fn selection(&self, kind: &Value, depth: usize) -> String {
        if matches!(text(kind, "kind"), "SCALAR" | "ENUM") {
            return String::new();
        }
        let open = |field: &&Value| list(field, "args").iter().all(|arg| arg["type"]["kind"] != "NON_NULL");
        let one = |field: &Value| {
            let pages = list(field, "args").iter().any(|arg| arg["name"] == "first");
            let page = if pages { "(first: 1)" } else { "" };
            let inner = core(&field["type"]);
            match text(inner, "kind") {
                "SCALAR" | "ENUM" => Some(text(field, "name").to_owned()),
                "OBJECT" if depth > 0 => {
                    Some(format!("{}{page} {}", text(field, "name"), self.selection(inner, depth - 1)))
                }
                _ => None,
            }
        };
        let fields = self.fields_of(text(kind, "name")).iter().filter(open).filter_map(one);
        format!("{{ __typename {} }}", fields.collect::<Vec<_>>().join(" "))
    }

    fn object(&self, name: &str, given: &Given) -> Value {
        let fields = list(&self.types[name], "inputFields");
        // Introspection does not tell of it.
        let taken: Vec<&Value> = if SCHEMA.contains(&format!("input {name} @oneOf")) {
            let with_id: Vec<_> =
                fields.iter().filter(|field| self.takes_id(&field["type"], DEPTH)).collect();
            let taken = with_id.get(given.turn % with_id.len().max(1)).copied();
            taken.or(fields.first()).into_iter().collect()
        } else {
            let turns = BY_TURNS.iter().find(|(input, _)| *input == name);
            let not_now = turns.map(|(_, fields)| fields[given.turn % 2]).unwrap_or_default();
            let said = |field: &&Value| {
                let name = text(field, "name");
                !LEFT_OUT.contains(&name) && !not_now.contains(&name)
            };
            fields.iter().filter(said).collect()
        };
        let made =
            taken.into_iter().map(|field| (text(field, "name").to_owned(), self.value(field, name, given)));
        Value::Object(made.collect::<Map<_, _>>())
    }

    fn value(&self, field: &Value, within: &str, given: &Given) -> Value {
        self.of_type(&field["type"], (text(field, "name"), within), given)
    }

    fn of_type(&self, kind: &Value, (field, within): (&str, &str), given: &Given) -> Value {
        match text(kind, "kind") {
            "NON_NULL" => self.of_type(&kind["ofType"], (field, within), given),
            "LIST" => json!([self.of_type(&kind["ofType"], (field, within), given)]),
            "INPUT_OBJECT" => self.object(text(kind, "name"), given),
            "ENUM" => self.types[text(kind, "name")]["enumValues"][0]["name"].clone(),
            _ => given.scalar(text(kind, "name"), field, within),
        }
    }
}

/// A value as it is written in a document: names of fields have no quotes, nor have enums.
fn literal(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let fields = fields.iter().map(|(name, value)| format!("{name}: {}", literal(value)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(literal).collect::<Vec<_>>().join(", ")),
        Value::String(word)
            if !word.is_empty() && word.chars().all(|c| c.is_ascii_uppercase() || c == '_') =>
        {
            word.clone()
        }
        other => other.to_string(),
    }
}
