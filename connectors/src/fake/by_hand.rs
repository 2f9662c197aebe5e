//! What people do on the fake platform, past any connector: they change posts, say things to the account, and let it have a
//! channel or not. It does not know how the platform is spoken to.

use serde_json::Value;
use url::Url;

use super::{AppliedPost, FakePlatform, Heard, Quoting, world::Others};

impl FakePlatform {
    /// Puts a post there that nobody sent through us.
    pub fn add_foreign_post(&self, text: &str) -> String {
        self.world().add(AppliedPost { text: text.to_owned(), ..AppliedPost::default() })
    }

    /// Somebody changes a post by hand, known to the connector by this name.
    pub fn change(&self, remote_id: &str, change: impl FnOnce(&mut AppliedPost)) {
        if let Some(post) = self.world().known_as(remote_id) {
            change(post);
        }
    }

    /// Somebody changes a post's words by hand.
    pub fn reword(&self, remote_id: &str, text: &str) {
        self.change(remote_id, |post| {
            text.clone_into(&mut post.text);
            let said = ["/text", "/message", "/commentary", "/snippet/description"];
            let words = |place| {
                post.record
                    .as_mut()
                    .and_then(|record| record.pointer_mut(place))
                    .map(|words| *words = text.into())
            };
            said.into_iter().filter_map(words).for_each(drop);
        });
    }

    /// Somebody changes what is said of an upload.
    pub fn retell(&self, media: usize, alt_text: &str) {
        self.world()
            .media
            .get_mut(media)
            .into_iter()
            .for_each(|media| media.alt_text = Some(alt_text.to_owned()));
    }

    /// Somebody says something to the account. Answers with the platform's name for it.
    pub fn hear(&self, said: Heard) -> String {
        let mut world = self.world();
        let (id, at) = (world.next_id(), world.clock());
        world.heard.push(Heard { id: id.clone(), at, ..said });
        id
    }

    /// Somebody takes back what they said.
    pub fn unsay(&self, id: &str) {
        self.world().heard.retain(|heard| heard.id != id);
    }

    /// On platforms that tell of it: whoever said something lets nobody answer it, from now on or no more.
    pub fn forbid_answers(&self, forbid: bool) {
        self.world().silent = forbid;
    }

    /// WordPress: after each of the next pages of comments that are read, the newest comment goes into the bin.
    pub fn unsay_after_pages(&self, pages: u32) {
        self.world().unsaying = pages;
    }

    /// What was said to the account and is still there.
    pub fn heard(&self) -> Vec<Heard> {
        self.world().heard.clone()
    }

    /// Somebody else publishes something, at this address.
    pub fn add_post_of_others(&self, text: &str) -> Url {
        let mut world = self.world();
        let id = world.next_id();
        let url = world.address_of_others(&id, &self.base_url);
        world.others.push(Others { id, url: url.clone(), text: text.to_owned() });
        url
    }

    /// Whether posts of others may be quoted from now on.
    pub fn let_quote(&self, quoting: Quoting) {
        self.world().quoting = quoting;
    }

    /// An address like those, where nothing is.
    pub fn address_of_nothing(&self) -> Url {
        self.world().address_of_others("999", &self.base_url)
    }

    /// The addresses of what the account passed on, once for each time.
    pub fn amplified(&self) -> Vec<String> {
        self.world().amplified.clone()
    }

    /// YouTube: what becomes of every film from now on, in the words of its `status`; `None`: the platform takes it.
    pub fn set_film_status(&self, status: Option<Value>) {
        self.world().studio.film_status = status;
    }

    /// YouTube: what becomes of a film that is there, in the words of its `status`.
    pub fn change_film(&self, id: &str, status: Value) {
        let mut world = self.world();
        if let Some(record) =
            world.post(id).and_then(|post| post.record.as_mut()).and_then(Value::as_object_mut)
        {
            record.insert("status".to_owned(), status);
        }
    }

    /// YouTube: the account has a channel (the default), or none.
    pub fn have_channel(&self, has: bool) {
        self.world().studio.without_channel = !has;
    }

    /// YouTube: lists the channel's films, and shows none of them, or each (the default).
    pub fn withhold_films(&self, withhold: bool) {
        self.world().studio.withholds = withhold;
    }

    /// YouTube: holds back the channel's answers from now on, and lists none of them, or takes each (the default).
    pub fn hold_answers(&self, hold: bool) {
        self.world().studio.holds = hold;
    }

    /// YouTube: of what stands below a comment, gives the first page for every other one, or each (the default).
    pub fn repeat_pages(&self, repeat: bool) {
        self.world().studio.repeats = repeat;
    }

    /// YouTube: method and target of what it was asked, with the parameters.
    pub fn asked(&self) -> Vec<String> {
        self.world().studio.asked.clone()
    }

    /// YouTube: tells another site for uploads; `None`: its own.
    pub fn set_upload_place(&self, place: Option<String>) {
        self.world().studio.upload_place = place;
    }
}
