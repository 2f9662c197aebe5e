//! The public questions. Open without sign-in, so that there is no permit to ask for: `office::directory` reads
//! published records only.

use async_graphql::{Context, ID, Object};
use office::{
    directory::{self, CalledPlatform, ChangesWanted, DirectoryFilter, Entry, Status},
    paging::{Cursor, Direction, SortKey},
};

use super::object::{DirectoryChange, DirectoryRecord, DirectoryStatus, Verification};
use crate::{
    error::{Field, nullable},
    graphql::{
        channel::Platform,
        context::ContextExt as _,
        id,
        paging::{Connection, PageArgs, page_of},
    },
};

/// The order of the directory, part of its cursors.
pub(crate) const BY_OFFICE_AND_HANDLE: &str = "directory.officeHandle";

/// The order of its changes, part of their cursors.
const BY_SEQUENCE: &str = "directoryChanges.sequence";

/// Public queries.
#[derive(Debug, Default)]
pub(crate) struct DirectoryQuery;

#[Object]
impl DirectoryQuery {
    /// The official channels, by office and handle: of one office, or of every office here. Open to everybody without
    /// sign-in. A closed channel stays listed, as `RETIRED`. The same list is at `/directory`, in more forms and signed.
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
        #[graphql(
            desc = "Only channels on the platform of this name or word, in any case, such as `TikTok`, or of this host."
        )]
        platform_name: Option<String>,
        #[graphql(desc = "Only channels in this language: `fr` finds `fr-CA` too, `fr-CA` only itself.")]
        language: Option<String>,
        #[graphql(desc = "Only channels whose audience holds these words, whatever their case.")]
        audience: Option<String>,
        #[graphql(desc = "Only channels that serve this initiative alone.")] initiative: Option<ID>,
        #[graphql(desc = "Only channels with one of these; all when left out or empty.")] statuses: Option<
            Vec<DirectoryStatus>,
        >,
    ) -> Field<Connection<DirectoryRecord>> {
        nullable(async {
            let max = ctx.services()?.settings.channels_page_size_max;
            let request = PageArgs { first, after, last, before }.within(BY_OFFICE_AND_HANDLE, max)?;
            let filter = DirectoryFilter {
                office,
                platforms: platforms(platform, platform_name.as_deref()),
                statuses: statuses.unwrap_or_default().into_iter().map(Status::from).collect(),
                audience,
                language,
                initiative: id::decode_opt(initiative.as_ref())?,
            };
            let entries = directory::list(ctx.office()?, &filter).await?;
            let total = entries.len();
            let page = page_of(entries, place, Direction::Ascending, &request);
            let connection = Connection::new(page, BY_OFFICE_AND_HANDLE, place, DirectoryRecord::from);
            Ok(Some(connection.of_known(total)))
        })
        .await
    }

    /// What changed in the directory, oldest first: of one office, or of every office here. Open to everybody without
    /// sign-in. Who has read all of it, and goes on from the last cursor, has a true copy of the directory.
    async fn directory_changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 200.")] first: i32,
        #[graphql(
            desc = "Only what follows this cursor, of `pageInfo` or of a change itself; from the beginning when left out."
        )]
        after: Option<String>,
        #[graphql(desc = "Slug of one office; `NOT_FOUND` when there is none of that name.")] office: Option<
            String,
        >,
    ) -> Field<Connection<DirectoryChange>> {
        nullable(async {
            let max = ctx.services()?.settings.channels_page_size_max;
            // A change's own cursor is its number in the row of changes, as JSON and Atom know it.
            let number =
                after.as_deref().and_then(|cursor| cursor.parse().ok()).filter(|number: &i64| *number >= 0);
            let after = after.filter(|_| number.is_none());
            let args = PageArgs { first: Some(first), after, ..PageArgs::default() };
            let request = args.within(BY_SEQUENCE, max)?;
            let after = number.or_else(|| {
                request.after.and_then(|cursor| match cursor.key {
                    SortKey::Number(sequence) => Some(sequence),
                    SortKey::Text(_) | SortKey::Time(_) => None,
                })
            });
            let wanted = ChangesWanted {
                office: office.as_deref(),
                after,
                limit: request.limit,
                ..ChangesWanted::default()
            };
            let page = directory::changes(ctx.office()?, wanted).await?;
            let key = |change: &directory::DirectoryChange| Cursor {
                key: SortKey::Number(change.sequence),
                id: change.id.into(),
            };
            Ok(Some(Connection::new(page, BY_SEQUENCE, key, DirectoryChange::from)))
        })
        .await
    }

    /// Whether an address is an official channel of an office here. Open to everybody without sign-in; never an error:
    /// whatever is not surely ours is not, and what could be taken for ours is `LOOKS_LIKE`.
    async fn verify(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The address: a URL, one without scheme, a handle such as `@name@host`, or a platform and a name such as `x:name`."
        )]
        url: String,
    ) -> Field<Verification> {
        nullable(async { Ok(Some(directory::verify(ctx.office()?, &url).await?.into())) }).await
    }
}

/// Where a channel stands in the directory.
pub(crate) fn place(entry: &Entry) -> Cursor {
    // No slug has a bar.
    Cursor {
        key: SortKey::Text(format!("{}|{}", entry.office_slug, entry.record.handle)),
        id: entry.channel_id.into(),
    }
}

/// Only what is on both; a name that is no platform's is on none.
fn platforms(platform: Option<Platform>, name: Option<&str>) -> Vec<CalledPlatform> {
    let word = platform.map(entity::channel::Platform::from);
    let Some(name) = name else { return word.map(CalledPlatform::Known).into_iter().collect() };
    let called = directory::platform_called(name);
    let called = called.filter(|called| word.is_none_or(|word| called.is(word)));
    // No channel is on a platform without a name.
    vec![called.unwrap_or_else(|| CalledPlatform::Elsewhere(String::new()))]
}
