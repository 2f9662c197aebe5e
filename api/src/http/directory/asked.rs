//! What is asked of the directory, from the query of an address. What is not known is refused, with what is: a misspelt
//! filter that is passed over would show more than was meant.

use async_graphql::{ID, resolver_utils::EnumType as _};
use office::{
    directory::{CalledPlatform, DirectoryFilter, Status, platform_called},
    paging::Cursor,
};
use url::form_urlencoded;

use super::problem::Problem;
use crate::{
    directory::Form,
    graphql::{channel::Platform, directory::BY_OFFICE_AND_HANDLE, id, paging::decode_cursor},
};

/// Characters of a filter's value, at most.
const VALUE_CHARS: usize = 300;

/// What is asked.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) filter: DirectoryFilter,
    /// How many, at most.
    pub(super) first: u64,
    /// The same where it was asked for; none: the most there may be.
    pub(super) given_first: Option<u64>,
    /// Channels behind this one.
    pub(super) after: Option<Cursor>,
    /// Changes after this one, instead of the list.
    pub(super) since: Option<i64>,
    /// Changes before this one.
    pub(super) before: Option<i64>,
}

/// The parameters that a form knows. The office stands in the path or in the query, not in both.
fn known(form: Form, in_path: bool) -> Vec<&'static str> {
    let mut known = match form {
        Form::Atom => vec!["before", "first"],
        _ => vec!["platform", "audience", "language", "initiative", "status", "after", "first"],
    };
    if matches!(form, Form::Json | Form::Jws) {
        known.push("since");
    }
    if !in_path {
        known.push("office");
    }
    known
}

impl Asked {
    /// Reads the query of an address.
    pub(super) fn read(query: &str, slug: Option<String>, form: Form, max: u32) -> Result<Self, Problem> {
        let known = known(form, slug.is_some());
        let mut given: Vec<(String, String)> = Vec::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()).into_owned() {
            if !known.contains(&name.as_str()) {
                return Err(Problem::bad(&name, "there is no such parameter here", &known));
            }
            if given.iter().any(|(other, _)| *other == name) {
                return Err(Problem::bad(&name, "give it once; several values are separated by commas", &[]));
            }
            let fits =
                !value.trim().is_empty() && value.chars().count() <= VALUE_CHARS && !value.contains('\0');
            if !fits {
                let detail = format!("a value has 1 to {VALUE_CHARS} characters");
                return Err(Problem::bad(&name, detail, &[]));
            }
            given.push((name, value));
        }
        let mut asked = Self {
            filter: DirectoryFilter { office: slug, ..DirectoryFilter::default() },
            first: u64::from(max),
            given_first: None,
            after: None,
            since: None,
            before: None,
        };
        for (name, value) in &given {
            asked.take(name, value, max)?;
        }
        if asked.since.is_some()
            && let Some((name, _)) =
                given.iter().find(|(name, _)| !matches!(name.as_str(), "since" | "office" | "first"))
        {
            return Err(Problem::bad(
                name,
                "changes are told whole: not together with since",
                &["office", "first"],
            ));
        }
        if asked.filter.statuses.is_empty() {
            asked.filter.statuses = form.statuses();
        }
        Ok(asked)
    }

    fn take(&mut self, name: &str, value: &str, max: u32) -> Result<(), Problem> {
        let filter = &mut self.filter;
        match name {
            "office" => filter.office = Some(value.to_owned()),
            "audience" => filter.audience = Some(value.to_owned()),
            "platform" => filter.platforms = platforms(name, value)?,
            "status" => filter.statuses = words(name, value, &Status::ALL.map(|one| (one.word(), one)))?,
            "language" => {
                let tag = value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
                if !tag {
                    return Err(Problem::bad(name, "a language is a BCP 47 tag, such as fr or fr-CA", &[]));
                }
                filter.language = Some(value.to_owned());
            }
            "initiative" => {
                let id = id::decode(&ID(value.to_owned()));
                let id = id.map_err(|_other| {
                    Problem::bad(name, "an initiative is named by its id, as the list gives it", &[])
                })?;
                filter.initiative = Some(id);
            }
            "after" => {
                let cursor = decode_cursor(BY_OFFICE_AND_HANDLE, value);
                self.after = Some(cursor.map_err(|error| Problem::bad(name, error.message, &[]))?);
            }
            "since" => self.since = Some(sequence(name, value)?),
            "before" => self.before = Some(sequence(name, value)?),
            _ => {
                let first = value.parse().ok().filter(|first| (1..=u64::from(max)).contains(first));
                let detail = || Problem::bad(name, format!("first is from 1 to {max}"), &[]);
                self.first = first.ok_or_else(detail)?;
                self.given_first = first;
            }
        }
        Ok(())
    }

    /// The address of the page after the one that was asked for; `address` names the office.
    pub(super) fn next(address: &str, query: &str, cursor: &str) -> String {
        let mut next = form_urlencoded::Serializer::new(String::new());
        let rest =
            form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != "after" && name != "office");
        next.extend_pairs(rest);
        next.append_pair("after", cursor);
        format!("{address}?{}", next.finish())
    }
}

fn sequence(name: &str, value: &str) -> Result<i64, Problem> {
    let read = value.parse().ok().filter(|number: &i64| *number >= 0);
    read.ok_or_else(|| {
        Problem::bad(name, "this directory never gave that cursor: read the whole list again", &[])
    })
}

/// Platforms by their words here, or as people call them.
fn platforms(name: &str, value: &str) -> Result<Vec<CalledPlatform>, Problem> {
    let of_word = |word: &str| Platform::items().iter().find(|item| item.name.eq_ignore_ascii_case(word));
    let one = |word: &str| {
        let known = of_word(word.trim()).map(|item| CalledPlatform::Known(item.value.into()));
        let allowed = || Platform::items().iter().map(|item| item.name).collect::<Vec<_>>();
        known.or_else(|| platform_called(word)).ok_or_else(|| {
            Problem::bad(
                name,
                "there is no such platform: give one of these words, a platform's name or its host",
                &allowed(),
            )
        })
    };
    value.split(',').map(one).collect()
}

/// The values of words that are separated by commas.
fn words<T: Copy>(name: &str, value: &str, known: &[(&'static str, T)]) -> Result<Vec<T>, Problem> {
    let one = |word: &str| {
        let found = known.iter().find(|(name, _)| name.eq_ignore_ascii_case(word.trim()));
        let allowed: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        found.map(|(_, value)| *value).ok_or_else(|| Problem::bad(name, "there is no such value", &allowed))
    };
    value.split(',').map(one).collect()
}
