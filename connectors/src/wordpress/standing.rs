//! How a post stands now, compared with the message that it was made from. It knows that editors and plugins write the same
//! words in other markup, and that a site answers a stranger as if there were nothing; it changes nothing.

use reqwest::Method;

use super::{
    content, media, post_route,
    site::{Body, Site},
    wire::{Edited, User},
};
use crate::{
    html::{self, Said},
    http::failure::Failure,
    message::Message,
    reading::{Difference, Standing},
};

pub(super) async fn read_back(site: &Site, remote_id: &str, message: &Message) -> Result<Standing, Failure> {
    let asked = site.call(Method::GET, &post_route(remote_id)?, &[("context", "edit")], Body::None).await;
    let post: Edited = match asked {
        Ok(answer) => answer.json()?,
        Err(failure) if failure.cause.code == "GONE" => {
            User::own(site).await?;
            return Ok(Standing::Gone);
        }
        Err(failure) => return Err(failure),
    };
    // Only an editor is told of the bin: no more proof of who we are is needed.
    if post.is_in_the_bin() {
        return Ok(Standing::Gone);
    }
    if !post.is_public() {
        return Ok(Standing::Changed(Difference::NotPublic));
    }
    if !same_words(&post.title.raw, &content::title(message)) {
        return Ok(Standing::Changed(Difference::Title));
    }
    // What is gone from the library is a broken picture on the page.
    let Some(media) = media::there(site, message).await? else {
        return Ok(Standing::Changed(Difference::Media));
    };
    let sent = content::html(message, &media);
    Ok(difference(&post.content.raw, &sent).map_or(Standing::AsSent, Standing::Changed))
}

pub(super) fn same_words(there: &str, sent: &str) -> bool {
    words(&html::said(there)) == words(&html::said(sent))
}

/// What a reader sees another of, in one piece of HTML than in the other.
fn difference(there: &str, sent: &str) -> Option<Difference> {
    if there.trim() == sent.trim() {
        return None;
    }
    let (there, sent) = (html::said(there), html::said(sent));
    if words(&there) != words(&sent) || !links(&there).eq(links(&sent)) {
        return Some(Difference::Words);
    }
    if !sources(&there).eq(sources(&sent)) {
        return Some(Difference::Media);
    }
    (!alts(&there).eq(alts(&sent))).then_some(Difference::AltText)
}

fn words(said: &[Said]) -> String {
    let words = said.iter().filter_map(|piece| match piece {
        Said::Words(words) => Some(words.as_str()),
        Said::Link(_) | Said::Shown { .. } => None,
    });
    words.collect::<Vec<_>>().join(" ")
}

fn links(said: &[Said]) -> impl Iterator<Item = &str> {
    said.iter().filter_map(|piece| match piece {
        Said::Link(to) => Some(to.as_str()),
        Said::Words(_) | Said::Shown { .. } => None,
    })
}

fn shown(said: &[Said]) -> impl Iterator<Item = (&str, &str)> {
    said.iter().filter_map(|piece| match piece {
        Said::Shown { source, alt } => Some((source.as_str(), alt.as_str())),
        Said::Words(_) | Said::Link(_) => None,
    })
}

/// Without the host: a site that has moved shows the same files.
fn sources(said: &[Said]) -> impl Iterator<Item = &str> {
    shown(said).map(|(source, _)| {
        let path = source.split_once("//").and_then(|(_, from)| Some(from.split_once('/')?.1));
        path.unwrap_or(source)
    })
}

fn alts(said: &[Said]) -> impl Iterator<Item = &str> {
    shown(said).map(|(_, alt)| alt.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENT: &str = "<p>Come &amp; see <a href=\"https://e.org/a\">https://e.org/a</a></p>\n\
                        <figure><img src=\"https://s.org/up/a.png\" alt=\"A door\" class=\"wp-image-7\" /></figure>\n";

    #[test]
    fn each_difference_has_its_name_and_markup_is_none() {
        let changed = |from: &str, to: &str| difference(&SENT.replace(from, to), SENT);
        let rows = [
            ("<p>Come", "<!-- wp:paragraph -->\n<p class=\"x\">Come", None),
            ("&amp;", "&#038;", None),
            ("https://s.org/up", "http://new.example/up", None),
            ("Come", "Come and", Some(Difference::Words)),
            ("href=\"https://e.org/a\"", "href=\"https://f.org/a\"", Some(Difference::Words)),
            ("<p>", "<p><script>x()</script>", Some(Difference::Words)),
            ("<p>", "<script src=\"https://f.org/x.js\"></script><p>", Some(Difference::Media)),
            ("a.png", "b.png", Some(Difference::Media)),
            ("<figure>", "<iframe src=\"https://f.org\"></iframe><figure>", Some(Difference::Media)),
            ("A door", "A closed door", Some(Difference::AltText)),
        ];
        for (from, to, expected) in rows {
            assert_eq!(changed(from, to), expected, "{from} to {to}");
        }
    }
}
