//! Where the office speaks: its news page, which works at once; a Mastodon account that nobody connected yet; a Bluesky
//! account that one of its two stewards leaves behind.

use office::entity::{
    ChannelId, WorkerId,
    channel::{self, Platform, Profile},
};
use office::{
    IdSource as _, Office, SystemIds,
    channels::{self, ConnectChannel, Looked, MatchChannels, RequestChannel},
    slots::{self, AddSlot},
    stewards::{self, AddSteward},
};

use secrecy::SecretString;

use super::{
    people::{Cast, Person},
    story::permit,
};

/// Handle of a news page.
pub(super) const NEWS: &str = "news";

/// Address of the Bluesky account.
pub(super) const BLUESKY_URL: &str = "https://bsky.app/profile/ehealth.pacific-ehealth.example";

/// The channels that posts go to.
pub(super) struct Channels {
    pub(super) news: ChannelId,
    pub(super) mastodon: ChannelId,
}

/// The words of a channel's record.
struct Account<'a> {
    platform: Platform,
    handle: &'a str,
    url: &'a str,
    name: &'a str,
    purpose: &'a str,
    audience: &'a str,
}

/// Requests, approves and sets up.
pub(super) async fn tell(office: &Office, cast: &Cast, news_page: &str) -> anyhow::Result<Channels> {
    let (noor, tomas, mei) = (&cast.coordinator, &cast.project_manager, &cast.member);
    let news = Account {
        platform: Platform::Feed,
        handle: NEWS,
        url: news_page,
        name: "Pacific eHealth News",
        purpose: "What the office's projects do, in plain words.",
        audience: "Patients, carers and clinicians",
    };
    let news = set_up(office, mei, noor, &[mei, tomas], &news).await?.id;
    channels::activate(office, &permit(office, noor).await?, news).await?;
    for (weekday, local_time) in [(2, "09:30"), (4, "16:00")] {
        let slot = AddSlot {
            client_key: None,
            channel_id: news,
            weekday,
            local_time: local_time.to_owned(),
            time_zone: None,
        };
        slots::add(office, &permit(office, mei).await?, slot).await?;
    }
    let mastodon = Account {
        platform: Platform::Mastodon,
        handle: "ehealth@social.pacific-ehealth.example",
        url: "https://social.pacific-ehealth.example/@ehealth",
        name: "Pacific eHealth",
        purpose: "News and answers in the open, for whoever follows from another server.",
        audience: "Researchers and open-source developers",
    };
    // Approved, but not connected: what is bound for it waits, and says why.
    let mastodon = set_up(office, tomas, noor, &[tomas, mei], &mastodon).await?.id;
    let bluesky = Account {
        platform: Platform::Bluesky,
        handle: "ehealth.pacific-ehealth.example",
        url: BLUESKY_URL,
        name: "Pacific eHealth",
        purpose: "Short notes from conferences.",
        audience: "Journalists who write on health technology",
    };
    let bluesky = set_up(office, tomas, noor, &[&cast.leaver, mei], &bluesky).await?;
    connect(office, noor, &bluesky).await?;
    channels::activate(office, &permit(office, noor).await?, bluesky.id).await?;
    Ok(Channels { news, mastodon })
}

/// The news page of the other office.
pub(super) async fn news_of_northern(
    office: &Office,
    lead: &Person,
    colleague: &Person,
    page: &str,
) -> anyhow::Result<()> {
    let news = Account {
        platform: Platform::Feed,
        handle: NEWS,
        url: page,
        name: "Northern Telehealth News",
        purpose: "Opening hours and outages of the video clinics.",
        audience: "Residents of remote settlements",
    };
    let id = set_up(office, colleague, lead, &[lead, colleague], &news).await?.id;
    channels::activate(office, &permit(office, lead).await?, id).await?;
    Ok(())
}

/// Asked for by one, approved by the coordinator, looked after by the stewards, the first of them on duty.
async fn set_up(
    office: &Office,
    asks: &Person,
    coordinator: &Person,
    stewards: &[&Person],
    account: &Account<'_>,
) -> anyhow::Result<channel::Model> {
    let wish =
        MatchChannels { platform: Some(account.platform), url: None, audience: account.audience.to_owned() };
    let matching = channels::matches(office, &permit(office, asks).await?, &wish).await?;
    let considered = matching.iter().map(|one| one.channel.id).collect();
    let request = request(account, considered);
    let id = channels::request(office, &permit(office, asks).await?, request).await?.id;
    let approved = channels::approve(office, &permit(office, coordinator).await?, id, None).await?;
    for (i, person) in stewards.iter().enumerate() {
        let steward = AddSteward { client_key: None, channel_id: id, member_id: person.id, on_duty: i == 0 };
        stewards::add(office, &permit(office, coordinator).await?, steward).await?;
    }
    Ok(approved)
}

/// Connects an account of which no server knows. It is taken as tried: nobody is there to be asked.
async fn connect(office: &Office, coordinator: &Person, channel: &channel::Model) -> anyhow::Result<()> {
    let input = ConnectChannel {
        channel_id: channel.id,
        expected_version: channel.version,
        base_url: Some("https://pds.pacific-ehealth.example".to_owned()),
        username: None,
        allow_private_host: false,
        honours_keys: false,
        secret: SecretString::from("made up"),
        expires_at: None,
    };
    let connected = channels::connect(office, &permit(office, coordinator).await?, input).await?;
    let profile = Profile {
        handle: channel.handle.clone(),
        display_name: Some(channel.display_name.clone()),
        url: Some(channel.url.clone()),
        bio: Some(channel.bio_line.clone()),
        bio_shown: true,
        abilities: None,
        read_at: office.now(),
    };
    let looked = Looked::Accepted(Box::new(profile));
    channels::record_look(office, WorkerId(SystemIds.next()), &connected, looked).await?;
    Ok(())
}

fn request(account: &Account<'_>, considered: Vec<ChannelId>) -> RequestChannel {
    RequestChannel {
        client_key: None,
        initiative_id: None,
        platform: account.platform,
        handle: account.handle.to_owned(),
        url: account.url.to_owned(),
        display_name: account.name.to_owned(),
        purpose: account.purpose.to_owned(),
        audience: account.audience.to_owned(),
        language: "en-CA".to_owned(),
        bio_line: "Run by the office's communications team.".to_owned(),
        monitored_hours: "Monday to Friday, 9:00 to 17:00".to_owned(),
        contact: Some("hello@pacific-ehealth.example".to_owned()),
        signature: None,
        justification: "No channel of the office reaches these readers where they are.".to_owned(),
        considered,
    }
}
