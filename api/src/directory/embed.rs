//! The directory as a short list to stand in other people's pages, in an `iframe`. Nothing runs in it. Knows HTML.

use office::directory::{Entry, Status};

use super::{
    Form, Listing,
    html::{head, platform},
    name,
};
use crate::http::{escape, web_address};

pub(super) const STYLE: &str = include_str!("../../assets/pages/directory.embed.css");

/// The list.
pub(super) fn render(listing: &Listing) -> String {
    let title = escape(&listing.place.title());
    let mut page = head(&title, "", STYLE);
    page.push_str(&format!("<h1 dir=\"auto\">{title}</h1>\n<ul>\n"));
    page.extend(listing.entries.iter().map(item));
    let all = escape(&listing.place.address(Form::Html));
    page.push_str(&format!(
        "</ul>\n<p><a target=\"_blank\" rel=\"noopener\" href=\"{all}\">The whole directory</a></p>\n</body></html>\n"
    ));
    page
}

fn item(entry: &Entry) -> String {
    let shown = escape(name(&entry.record));
    let mark = match entry.status {
        Status::Active => "",
        Status::Dormant => ", at rest",
        Status::Retired => ", closed",
    };
    let address = web_address(&entry.record.url).filter(|_| entry.status != Status::Retired);
    let linked = address.map_or_else(
        || shown.clone(),
        |at| format!("<a target=\"_blank\" rel=\"noopener\" href=\"{}\">{shown}</a>", escape(&at)),
    );
    format!("<li dir=\"auto\">{linked} <span class=\"soft\">{}{mark}</span></li>\n", platform(entry))
}
