//! What is ours in each way that it is written, and what an attacker would write.

use entity::channel::Platform;
use proptest::prelude::*;

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
        contact: None,
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
    assert!(ours(Platform::Instagram, "https://instagram.com/Office", "https://www.instagram.com/office/"));
}

#[test]
fn an_account_s_address_is_ours_in_each_of_its_ways() {
    for (platform, url, asked) in [
        (Platform::Facebook, "https://facebook.com/office", "fb.com/Office/about"),
        (Platform::Youtube, "https://www.youtube.com/@office", "https://m.youtube.com/@Office/videos"),
        (Platform::X, "https://twitter.com/office", "https://x.com/%6Fffice?lang=fr"),
        (
            Platform::Linkedin,
            "https://www.linkedin.com/company/office",
            "ca.linkedin.com/company/Office/posts/",
        ),
    ] {
        assert!(ours(platform, url, asked), "{asked}");
    }
    for (platform, url, asked) in [
        // A post's address leads to whoever wrote the post, whatever name stands in it.
        (Platform::X, "https://x.com/office", "https://x.com/office/status/1"),
        (Platform::Youtube, "https://www.youtube.com/@office", "https://www.youtube.com/c/office"),
        (Platform::Youtube, "https://www.youtube.com/channel/UCa", "https://www.youtube.com/channel/UCA"),
    ] {
        assert!(!ours(platform, url, asked), "{asked}");
    }
}

/// Letters, and others that look like them.
const ALIKE: &[(char, &str)] =
    &[('o', "0оοօ"), ('i', "1lіı"), ('c', "сϲ"), ('e', "3еҽ"), ('f', "ƒ"), ('l', "1Iӏ"), ('n', "ոп")];

proptest! {
    #[test]
    fn one_letter_that_only_looks_alike_is_never_ours(at in 0_usize..6, which in 0_usize..4) {
        let name: Vec<char> = "office".chars().collect();
        let (_, alike) = ALIKE.iter().find(|(letter, _)| *letter == name[at]).unwrap();
        let alike: Vec<char> = alike.chars().collect();
        let mut other = name.clone();
        other[at] = alike[which % alike.len()];
        let other: String = other.into_iter().collect();
        for (platform, url) in [
            (Platform::X, "https://x.com/"),
            (Platform::Mastodon, "https://mastodon.example/@"),
            (Platform::Youtube, "https://www.youtube.com/@"),
            (Platform::Facebook, "https://facebook.com/"),
            (Platform::Wordpress, "https://example.org/"),
        ] {
            let (real, asked) = (format!("{url}office"), format!("{url}{other}"));
            prop_assert!(!ours(platform, &real, &asked), "{asked}");
        }
    }

    #[test]
    fn the_usual_address_is_its_own_usual_address(name in "[a-z0-9_]{3,20}", path in 0_usize..6) {
        let ways = ["x.com/", "fb.com/pg/", "m.youtube.com/@", "reddit.com/u/", "threads.net/@", "bsky.app/profile/"];
        let read = |text: &str| platforms::read(&Address::read(text).unwrap());
        if let Named::Account(account) = read(&format!("{}{name}", ways[path])) {
            let usual = account.address().unwrap();
            let Named::Account(again) = read(&usual) else { panic!("{usual}") };
            prop_assert_eq!(&again, &account);
            prop_assert_eq!(again.address().unwrap(), usual);
        }
    }
}

#[test]
fn the_feed_of_our_account_is_ours() {
    for (platform, url, asked) in [
        (
            Platform::Feed,
            "https://masthead.example/feed/press/news",
            "https://masthead.example/feed/press/news.atom",
        ),
        (
            Platform::Feed,
            "https://masthead.example/feed/press/news",
            "https://masthead.example/feed/press/news.json",
        ),
        (Platform::Mastodon, "https://mastodon.example/@office", "https://mastodon.example/@office.rss"),
        (Platform::Wordpress, "https://blog.example.org/", "https://blog.example.org/feed"),
        (
            Platform::Bluesky,
            "https://bsky.app/profile/office.example",
            "https://bsky.app/profile/office.example/rss",
        ),
        (
            Platform::Youtube,
            "https://www.youtube.com/channel/UCabc",
            "https://www.youtube.com/feeds/videos.xml?channel_id=UCabc",
        ),
    ] {
        assert!(ours(platform, url, asked), "{asked}");
    }
    assert!(!ours(Platform::X, "https://x.com/office", "https://x.com/office.rss"));
}
