//! The two public questions. Open without sign-in, so that there is no permit to ask for: `office::directory` reads
//! published records only.

use async_graphql::{Context, Object};
use office::{
    directory::{self, Entry},
    paging::{Cursor, Direction, SortKey},
};

use super::object::{DirectoryRecord, Verification};
use crate::{
    error::{Field, nullable},
    graphql::{
        channel::Platform,
        context::ContextExt as _,
        paging::{Connection, PageArgs, page_of},
    },
};

/// The order of the directory, part of its cursors.
const BY_OFFICE_AND_HANDLE: &str = "directory.officeHandle";

/// Public queries.
#[derive(Debug, Default)]
pub(crate) struct DirectoryQuery;

#[Object]
impl DirectoryQuery {
    /// The official channels, by office and handle: of one office, or of every office here. Open to everybody without
    /// sign-in. The same list is at `/directory.json` and `/directory.csv`, with `ETag`.
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the field")]
    async fn directory(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 200; give this or `last`.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 200; give this or `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Slug of one office; `NOT_FOUND` when there is none of that name.")] office: Option<
            String,
        >,
        #[graphql(desc = "Only channels on this platform.")] platform: Option<Platform>,
        #[graphql(desc = "Only channels in this language: `fr` finds `fr-CA` too, `fr-CA` only itself.")]
        language: Option<String>,
    ) -> Field<Connection<DirectoryRecord>> {
        nullable(async {
            let max = ctx.services()?.settings.channels_page_size_max;
            let request = PageArgs { first, after, last, before }.within(BY_OFFICE_AND_HANDLE, max)?;
            let mut entries = directory::list(ctx.office()?, office.as_deref()).await?.entries;
            if let Some(platform) = platform {
                entries.retain(|entry| Platform::from(entry.record.platform) == platform);
            }
            if let Some(language) = language {
                entries.retain(|entry| speaks(&entry.record.language, &language));
            }
            let total = entries.len();
            let page = page_of(entries, cursor, Direction::Ascending, &request);
            let connection = Connection::new(page, BY_OFFICE_AND_HANDLE, cursor, DirectoryRecord::from);
            Ok(Some(connection.of_known(total)))
        })
        .await
    }

    /// Whether an address is an official channel of an office here. Open to everybody without sign-in; never an error:
    /// whatever is not surely ours is `UNKNOWN`.
    async fn verify(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The address: a URL, one without scheme, or a handle such as `@name@host`.")]
        url: String,
    ) -> Field<Verification> {
        nullable(async { Ok(Some(directory::verify(ctx.office()?, &url).await?.into())) }).await
    }
}

fn cursor(entry: &Entry) -> Cursor {
    // No slug has a bar.
    Cursor {
        key: SortKey::Text(format!("{}|{}", entry.office_slug, entry.record.handle)),
        id: entry.channel_id.into(),
    }
}

/// Whether a language tag is the wanted one or a variety of it.
fn speaks(tag: &str, wanted: &str) -> bool {
    let (tag, wanted) = (tag.to_ascii_lowercase(), wanted.trim().to_ascii_lowercase());
    tag.strip_prefix(&wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_finds_its_varieties_and_not_its_neighbours() {
        assert!(speaks("fr-CA", "fr"));
        assert!(speaks("fr-CA", "FR-ca"));
        assert!(!speaks("fr", "fr-CA"));
        assert!(!speaks("fro", "fr"));
    }
}
