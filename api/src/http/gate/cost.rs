//! What an operation costs, before it runs. Each fragment is measured once, however often it is spread: the cost of a
//! selection is a fixed part and a part for each item of the page that it stands in. Knows documents and page sizes; does
//! not know what a cost is worth.
//!
//! A scalar costs nothing, an object 1, a page 1 and as much for each item as was asked for, a plain list the same as
//! five items, a `totalCount` 10, a mutation 10.

use std::collections::HashMap;

use apollo_compiler::{
    ExecutableDocument, Name,
    ast::Value,
    executable::{Field, Operation, Selection, SelectionSet},
    response::JsonMap,
};

/// How many items a list without a page size is taken to have.
const LIST: u64 = 5;
const TOTAL_COUNT: u64 = 10;
const MUTATION: u64 = 10;

/// What a selection amounts to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Measure {
    /// The cost, but for the items of the page that it stands in.
    pub(super) fixed: u64,
    /// The cost of each item of that page.
    pub(super) per_item: u64,
    /// How deep its fields nest.
    pub(super) depth: u64,
    /// How many fields it has at its own level, with fragments.
    pub(super) fields: u64,
    /// How many selections it is when all fragments are spread out.
    pub(super) selections: u64,
    /// Whether it reads the schema itself.
    pub(super) introspects: bool,
}

impl Measure {
    fn add(&mut self, other: Self) {
        self.fixed = self.fixed.saturating_add(other.fixed);
        self.per_item = self.per_item.saturating_add(other.per_item);
        self.depth = self.depth.max(other.depth);
        self.fields = self.fields.saturating_add(other.fields);
        self.selections = self.selections.saturating_add(other.selections);
        self.introspects |= other.introspects;
    }

    fn of_page(&self, size: u64) -> u64 {
        size.saturating_mul(self.per_item).saturating_add(self.fixed)
    }
}

/// How many items the arguments of a field ask for.
#[derive(Debug)]
pub(super) struct Sizes<'a> {
    variables: &'a JsonMap,
    /// Taken where the argument is missing or no number.
    greatest: u64,
}

impl<'a> Sizes<'a> {
    pub(super) fn new(variables: &'a JsonMap, greatest: u64) -> Self {
        Self { variables, greatest }
    }

    /// How many items a field asks for; none when it takes no such argument.
    fn of(&self, field: &Field) -> Option<u64> {
        if let Some(ids) = field.specified_argument_by_name("ids") {
            return Some(self.length(ids));
        }
        let paged = |name: &str| field.definition.argument_by_name(name).is_some();
        if !paged("first") && !paged("last") {
            return None;
        }
        let asked = ["first", "last"].iter().filter_map(|name| field.specified_argument_by_name(name));
        Some(asked.filter_map(|value| self.number(value)).max().unwrap_or(self.greatest))
    }

    fn number(&self, value: &Value) -> Option<u64> {
        match value {
            Value::Int(number) => number.try_to_i32().ok().and_then(|number| number.try_into().ok()),
            Value::Variable(name) => self
                .variables
                .get(name.as_str())
                .and_then(apollo_compiler::response::serde_json_bytes::Value::as_u64),
            _ => None,
        }
    }

    fn length(&self, value: &Value) -> u64 {
        let length = match value {
            Value::List(items) => Some(items.len()),
            Value::Variable(name) => {
                self.variables.get(name.as_str()).and_then(|value| value.as_array()).map(Vec::len)
            }
            _ => None,
        };
        length.and_then(|length| u64::try_from(length).ok()).unwrap_or(self.greatest)
    }
}

/// Measures an operation of a valid document.
pub(super) fn measure(document: &ExecutableDocument, operation: &Operation, sizes: &Sizes<'_>) -> Measure {
    Walk { document, sizes, fragments: HashMap::new() }.set(&operation.selection_set)
}

struct Walk<'a> {
    document: &'a ExecutableDocument,
    sizes: &'a Sizes<'a>,
    fragments: HashMap<&'a Name, Measure>,
}

impl<'a> Walk<'a> {
    fn set(&mut self, set: &'a SelectionSet) -> Measure {
        let mut total = Measure::default();
        for selection in &set.selections {
            total.add(match selection {
                Selection::Field(field) => self.field(&set.ty, field),
                Selection::InlineFragment(inline) => spread(self.set(&inline.selection_set)),
                Selection::FragmentSpread(named) => spread(self.fragment(&named.fragment_name)),
            });
        }
        total
    }

    fn fragment(&mut self, name: &'a Name) -> Measure {
        if let Some(known) = self.fragments.get(name) {
            return *known;
        }
        let fragment = self.document.fragments.get(name);
        let measured = fragment.map(|fragment| self.set(&fragment.selection_set)).unwrap_or_default();
        self.fragments.insert(name, measured);
        measured
    }

    fn field(&mut self, parent: &Name, field: &'a Field) -> Measure {
        let inner = self.set(&field.selection_set);
        let (fixed, per_item) = self.cost(parent, field, &inner);
        Measure {
            fixed,
            per_item,
            depth: inner.depth.saturating_add(1),
            fields: 1,
            selections: inner.selections.saturating_add(1),
            introspects: inner.introspects || matches!(field.name.as_str(), "__schema" | "__type"),
        }
    }

    fn cost(&self, parent: &Name, field: &Field, inner: &Measure) -> (u64, u64) {
        let in_page = parent.ends_with("Connection");
        let name = field.name.as_str();
        if field.selection_set.selections.is_empty() {
            return (if in_page && name == "totalCount" { TOTAL_COUNT } else { 0 }, 0);
        }
        // The items of the page: counted by whoever knows how many there are.
        if in_page && (name == "nodes" || name == "edges") {
            return (0, inner.fixed.saturating_add(u64::from(name == "nodes")));
        }
        let own = if parent == "Mutation" { MUTATION } else { 1 };
        let size = self.sizes.of(field);
        if !field.ty().is_list() {
            return (inner.of_page(size.unwrap_or(self.sizes.greatest)).saturating_add(own), 0);
        }
        let each = inner.fixed.saturating_add(1);
        (size.unwrap_or(LIST).saturating_mul(each).saturating_add(own), 0)
    }
}

fn spread(mut measure: Measure) -> Measure {
    measure.selections = measure.selections.saturating_add(1);
    measure
}

/// What stands in a document, each fragment counted once.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Written {
    pub(super) aliases: usize,
    pub(super) directives: usize,
}

/// Counts aliases and directives.
pub(super) fn written(document: &ExecutableDocument) -> Written {
    let mut counts = Written::default();
    for operation in document.operations.iter() {
        counts.directives += operation.directives.len();
        counts.directives +=
            operation.variables.iter().map(|variable| variable.directives.len()).sum::<usize>();
        counts.set(&operation.selection_set);
    }
    for fragment in document.fragments.values() {
        counts.directives += fragment.directives.len();
        counts.set(&fragment.selection_set);
    }
    counts
}

impl Written {
    fn set(&mut self, set: &SelectionSet) {
        for selection in &set.selections {
            self.directives += selection.directives().len();
            match selection {
                Selection::Field(field) => {
                    self.aliases += usize::from(field.alias.is_some());
                    self.set(&field.selection_set);
                }
                Selection::InlineFragment(inline) => self.set(&inline.selection_set),
                Selection::FragmentSpread(_) => {}
            }
        }
    }
}
