//! Requests made from the schema: every operation, with given ids wherever it takes one, and something plausible elsewhere.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::support::client::Client;

const INTROSPECTION: &str = "{ __schema { queryType { name } mutationType { name } types { name kind enumValues { name } \
    inputFields { name type { ...T } } fields { name type { ...T } args { name type { ...T } } } } } } \
    fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";

const SCHEMA: &str = include_str!("../../../schema.graphql");

/// How deep an answer is read.
const DEPTH: usize = 2;

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
    pub(super) fn input(&self, mutation: &str, ids: &BTreeMap<String, String>) -> Value {
        let name = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        self.object(&name, ids)
    }

    pub(super) fn query(&self, name: &str, ids: &BTreeMap<String, String>) -> String {
        let field = self.fields_of(&self.query).iter().find(|field| text(field, "name") == name).unwrap();
        let asked = |arg: &&Value| {
            arg["type"]["kind"] == "NON_NULL" || arg["name"] == "first" || self.takes_id(&arg["type"], DEPTH)
        };
        let args = list(field, "args").iter().filter(asked);
        let args = args.map(|arg| format!("{}: {}", text(arg, "name"), literal(&self.value(arg, ids))));
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
            let inner = core(&field["type"]);
            match text(inner, "kind") {
                "SCALAR" | "ENUM" => Some(text(field, "name").to_owned()),
                "OBJECT" if depth > 0 => {
                    Some(format!("{} {}", text(field, "name"), self.selection(inner, depth - 1)))
                }
                _ => None,
            }
        };
        let fields = self.fields_of(text(kind, "name")).iter().filter(open).filter_map(one);
        format!("{{ __typename {} }}", fields.collect::<Vec<_>>().join(" "))
    }

    fn object(&self, name: &str, ids: &BTreeMap<String, String>) -> Value {
        let fields = list(&self.types[name], "inputFields");
        // Introspection does not tell of it.
        let taken: Vec<&Value> = if SCHEMA.contains(&format!("input {name} @oneOf")) {
            let with_id = fields.iter().find(|field| self.takes_id(&field["type"], DEPTH));
            with_id.or(fields.first()).into_iter().collect()
        } else {
            fields.iter().filter(|field| text(field, "name") != "clientKey").collect()
        };
        let made = taken.into_iter().map(|field| (text(field, "name").to_owned(), self.value(field, ids)));
        Value::Object(made.collect::<Map<_, _>>())
    }

    fn value(&self, field: &Value, ids: &BTreeMap<String, String>) -> Value {
        self.of_type(&field["type"], text(field, "name"), ids)
    }

    fn of_type(&self, kind: &Value, field: &str, ids: &BTreeMap<String, String>) -> Value {
        match text(kind, "kind") {
            "NON_NULL" => self.of_type(&kind["ofType"], field, ids),
            "LIST" => json!([self.of_type(&kind["ofType"], field, ids)]),
            "INPUT_OBJECT" => self.object(text(kind, "name"), ids),
            "ENUM" => self.types[text(kind, "name")]["enumValues"][0]["name"].clone(),
            _ => scalar(text(kind, "name"), field, ids),
        }
    }
}

/// The id of the kind that a field's name speaks of, such as `toMemberId`.
fn id_for(field: &str, ids: &BTreeMap<String, String>) -> Value {
    let name = field.to_lowercase();
    let person = ["manager", "adviser", "steward", "deputy", "author"].iter().any(|word| name.contains(word));
    let named = ids.iter().filter(|(kind, _)| name.contains(&kind.to_lowercase()));
    let named = named.max_by_key(|(kind, _)| kind.len()).map(|(_, id)| id);
    let id = if person && !name.contains("stewardid") { ids.get("Member") } else { named };
    json!(id.or(ids.get("Post")).unwrap())
}

fn scalar(name: &str, field: &str, ids: &BTreeMap<String, String>) -> Value {
    match name {
        "ID" => id_for(field, ids),
        "Int" => json!(1),
        "Float" => json!(1.5),
        "Boolean" => json!(true),
        "DateTime" if matches!(field, "to" | "until") => json!("2031-05-20T10:00:00Z"),
        "DateTime" => json!("2031-05-06T10:00:00Z"),
        "Date" if matches!(field, "to" | "until") => json!("2031-05-20"),
        "Date" => json!("2031-05-06"),
        "LocalDateTime" => json!("2031-05-06T10:00"),
        "LocalTime" => json!("10:00"),
        "TimeZone" => json!("Europe/Berlin"),
        "URL" => json!("https://example.org/"),
        _ if field.to_lowercase().contains("email") => json!("prying@example.org"),
        _ if field.to_lowercase().contains("language") => json!("en"),
        _ => json!("prying"),
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
