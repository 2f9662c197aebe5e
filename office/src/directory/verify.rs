//! "Is this account really yours?": compares an address with every published record of the deployment. Whatever is not
//! surely ours is unknown.

use chrono::{DateTime, Utc};
use entity::ChannelId;
use entity::{
    channel,
    channel::{ChannelState, DirectoryRecord, Platform},
    office as table,
};
use sea_orm::{Condition, EntityTrait};

use super::{
    Status,
    address::Address,
    changes,
    entries::{self, Listed},
};
use crate::{Office, error::Result, rows::json_holds};

/// What an address is to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum VerificationStatus {
    /// An official channel in use.
    Official,
    /// Ours, at rest.
    Dormant,
    /// Was ours; closed, and whoever posts there now is not us.
    Retired,
    /// Not known here.
    Unknown,
}

/// The answer to "is this yours?".
#[derive(Debug, Clone)]
pub struct Verification {
    /// What the address is to us.
    pub status: VerificationStatus,
    /// Which channel, unless unknown.
    pub channel_id: Option<ChannelId>,
    /// Its record as it was approved last.
    pub record: Option<DirectoryRecord>,
    /// When that was.
    pub published_at: Option<DateTime<Utc>>,
    /// Since when it has been official.
    pub official_since: Option<DateTime<Utc>>,
    /// Until when it was; null while it is.
    pub official_until: Option<DateTime<Utc>>,
    /// Slug of the office that owns it.
    pub office_slug: Option<String>,
    /// Name of that office.
    pub office_name: Option<String>,
}

const UNKNOWN: Verification = Verification {
    status: VerificationStatus::Unknown,
    channel_id: None,
    record: None,
    published_at: None,
    official_since: None,
    official_until: None,
    office_slug: None,
    office_name: None,
};

/// Looks an address up. It may be a URL, one without scheme, or a handle such as `@name@host`.
pub async fn verify(office: &Office, url: &str) -> Result<Verification> {
    let Some(asked) = Address::read(url) else { return Ok(UNKNOWN) };
    let holding = asked.telling_words().into_iter().map(|word| json_holds(channel::Column::Published, &word));
    let holding = holding.fold(Condition::any(), Condition::add);
    let which = if holding.is_empty() { Condition::all() } else { holding };
    let rows = entries::listed(office, which).await?;
    let ours = rows.into_iter().filter(|row| is(&asked, &row.published));
    match ours.min_by_key(|row| status(row.state)) {
        Some(row) => found(office, row).await,
        None => Ok(UNKNOWN),
    }
}

async fn found(office: &Office, row: Listed) -> Result<Verification> {
    let owner = table::Entity::find_by_id(row.office_id).one(office.db.read()).await?;
    let spans = changes::spans(office.db.read(), &[row.office_id], Some(row.id)).await?;
    let span = spans.get(&row.id).copied().unwrap_or_default();
    Ok(Verification {
        status: status(row.state),
        channel_id: Some(row.id),
        record: Some(row.published),
        published_at: row.published_at,
        official_since: span.since,
        official_until: span.until,
        office_slug: owner.as_ref().map(|owner| owner.slug.clone()),
        office_name: owner.map(|owner| owner.name),
    })
}

fn status(state: ChannelState) -> VerificationStatus {
    match Status::of(state) {
        Some(Status::Active) => VerificationStatus::Official,
        Some(Status::Dormant) => VerificationStatus::Dormant,
        Some(Status::Retired) => VerificationStatus::Retired,
        None => VerificationStatus::Unknown,
    }
}

/// Whether the asked address is the record's. Handles on social platforms know no case; paths of web sites do.
fn is(asked: &Address, record: &DirectoryRecord) -> bool {
    let knows_case = matches!(record.platform, Platform::Feed | Platform::Wordpress | Platform::Youtube);
    Address::read(&record.url).is_some_and(|ours| ours.covers(asked, !knows_case))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(platform: Platform, url: &str) -> DirectoryRecord {
        DirectoryRecord {
            platform,
            handle: "office".to_owned(),
            url: url.to_owned(),
            display_name: String::new(),
            purpose: String::new(),
            audience: String::new(),
            language: "en".to_owned(),
            bio_line: String::new(),
            monitored_hours: String::new(),
        }
    }

    fn ours(platform: Platform, url: &str, asked: &str) -> bool {
        Address::read(asked).is_some_and(|asked| is(&asked, &record(platform, url)))
    }

    #[test]
    fn the_many_ways_to_write_our_address_are_ours() {
        for asked in [
            "https://mastodon.example/@office",
            "http://mastodon.example/@office/",
            "HTTPS://WWW.Mastodon.Example/@Office",
            "mastodon.example/@office",
            "  https://mastodon.example/@office?utm_source=x#top ",
            "https://mastodon.example./@office",
            "https://mastodon.example:443/@office",
            "https://mastodon.example/%40office",
            "https://mastodon.example/users/office",
            "@office@mastodon.example",
        ] {
            assert!(ours(Platform::Mastodon, "https://mastodon.example/@office", asked), "{asked}");
        }
        assert!(ours(Platform::Wordpress, "https://example.org/blog", "https://www.example.org/blog/"));
        assert!(ours(Platform::Wordpress, "https://bücher.example/", "https://xn--bcher-kva.example"));
        assert!(ours(Platform::X, "https://x.com/office", "https://mobile.twitter.com/Office"));
    }

    #[test]
    fn an_attacker_s_address_is_not_ours() {
        for asked in [
            "https://mastodon.example.attacker.net/@office",
            "https://evil.example/@office",
            "https://evil.mastodon.example/@office",
            "https://mastodon.example@attacker.net/@office",
            "https://office:pw@mastodon.example/@office",
            "https://attacker.net@mastodon.example/@office",
            "https://@mastodon.example/@office",
            "https://attacker.net/https://mastodon.example/@office",
            "https://attacker.net/?u=https://mastodon.example/@office",
            "https://attacker.net#https://mastodon.example/@office",
            "https://attacker.net\\@mastodon.example/@office",
            "https://mastodon.example:8443/@office",
            "https://mastоdon.example/@office",
            "https://xn--mastdon-cfh.example/@office",
            "https://mastodon-example/@office",
            "https://mastodon.example/@office2",
            "https://mastodon.example/@0ffice",
            "https://mastodon.example/@office/../@attacker",
            "https://mastodon.example/@office%2f..%2f@attacker",
            "https://mastodon.example/@office@attacker.net",
            "https://mastodon.example/@оffice",
            "https://mastodon.example/redirect?to=/@office",
            "https://mastodon.example//@office",
            "https://mastodon.example",
            "@office@mastodon.example.attacker.net",
            "@office@attacker.net@mastodon.example",
            "office@mastodon.example",
            "@office",
            "ftp://mastodon.example/@office",
            "javascript://mastodon.example/@office",
            "javascript:alert(1)",
            "data:text/html,https://mastodon.example/@office",
            "https:///mastodon.example/@office",
            "https:mastodon.example/@office",
            "//mastodon.example/@office",
            "https://mastodon.example/@off\u{200b}ice",
            "https://mastodon.example/@off ice",
            "https://mastodon.example\u{2044}@office",
            "",
        ] {
            assert!(!ours(Platform::Mastodon, "https://mastodon.example/@office", asked), "{asked}");
        }
    }

    #[test]
    fn a_query_that_names_the_account_is_part_of_the_address() {
        let url = "https://facebook.com/profile.php?id=100";
        assert!(ours(Platform::Facebook, url, "https://m.facebook.com/profile.php?id=100&ref=share"));
        for asked in [
            "https://facebook.com/profile.php",
            "https://facebook.com/profile.php?id=666",
            "https://facebook.com/profile.php?id=100&id=666",
            "https://facebook.com/profile.php?id=666&id=100",
        ] {
            assert!(!ours(Platform::Facebook, url, asked), "{asked}");
        }
    }

    #[test]
    fn paths_of_web_sites_know_case_and_handles_do_not() {
        assert!(!ours(Platform::Wordpress, "https://example.org/Blog", "https://example.org/blog"));
        assert!(ours(
            Platform::Instagram,
            "https://instagram.com/Office",
            "https://www.instagram.com/office/"
        ));
    }
}
