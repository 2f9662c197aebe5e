//! Which addresses the directory has, what may be asked at each, and where its pages end.

use super::*;

#[test]
fn every_address_means_one_thing() {
    let of = |slug: &str, form| Some(Meant::Form(Some(slug.to_owned()), form));
    for (path, means) in [
        ("/directory", Some(Meant::Form(None, Form::Html))),
        ("/directory/", Some(Meant::Form(None, Form::Html))),
        ("/directory.json", Some(Meant::Form(None, Form::Json))),
        ("/directory.jsonld", Some(Meant::Form(None, Form::JsonLd))),
        ("/directory/embed", Some(Meant::Form(None, Form::Embed))),
        ("/directory/schema.json", Some(Meant::Schema)),
        ("/directory/press", of("press", Form::Html)),
        ("/directory/press.jws", of("press", Form::Jws)),
        ("/directory/press/embed", of("press", Form::Embed)),
        ("/directory.pdf", None),
        ("/directory/press.json.csv", None),
    ] {
        assert_eq!(meant(path), means, "{path}");
    }
}

#[test]
fn what_is_not_known_is_refused_with_what_is() {
    let read = |query: &str, form| Asked::read(query, None, form, 10);
    assert_eq!(read("", Form::Json).unwrap().first, 10);
    let asked = read("status=active,RETIRED&platform=X&language=fr&first=3&office=press", Form::Csv).unwrap();
    assert_eq!((asked.filter.statuses.len(), asked.first), (2, 3));
    assert_eq!(read("", Form::Opml).unwrap().filter.statuses.len(), 2);
    for (query, form) in [
        ("plattform=X", Form::Json),
        ("platform=MYSPACE", Form::Json),
        ("status=GONE", Form::Json),
        ("status=", Form::Json),
        ("first=0", Form::Json),
        ("first=11", Form::Json),
        ("first=1&first=2", Form::Json),
        ("language=fr_CA", Form::Json),
        ("initiative=x", Form::Json),
        ("after=x", Form::Json),
        ("since=-1", Form::Json),
        ("since=1&platform=X", Form::Json),
        ("since=1", Form::Csv),
        ("platform=X", Form::Atom),
    ] {
        assert!(read(query, form).is_err(), "{query}");
    }
    assert!(Asked::read("office=other", Some("press".to_owned()), Form::Json, 10).is_err());
}

#[test]
fn the_next_page_keeps_the_filter() {
    let next = Asked::next("https://m.example.org/directory.csv", "status=ACTIVE&after=a&first=2", "b c");
    assert_eq!(next, "https://m.example.org/directory.csv?status=ACTIVE&first=2&after=b+c");
}
