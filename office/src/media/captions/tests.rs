//! Files as programs write them, and files that are wrong.

use proptest::prelude::*;

use super::*;

fn of(file: &str) -> Captions {
    read(file.as_bytes()).unwrap().unwrap()
}

fn wrong(file: &str) -> Malformed {
    read(file.as_bytes()).unwrap().unwrap_err()
}

#[test]
fn subrip_becomes_webvtt() {
    let file = "\u{feff}1\r\n00:00:01,000 --> 00:00:03,500 X1:40 Y1:20\r\n{\\an8}<i>Welcome</i> to the\r\nopen day & more.\r\n\r\n\
                2\r\n00:00:03,500 --> 01:00:05,000\r\n<font color=\"red\">Call</font> 604 555\r\n\r\n3\r\n01:00:05,000 --> 01:00:06,000\r\n0101 <laughs>\r\n";
    let told = of(file);
    assert_eq!(
        told.file,
        "WEBVTT\n\n00:00:01.000 --> 00:00:03.500\n<i>Welcome</i> to the\nopen day &amp; more.\n\n\
         00:00:03.500 --> 01:00:05.000\nCall 604 555\n\n01:00:05.000 --> 01:00:06.000\n0101 &lt;laughs&gt;\n"
    );
    assert_eq!(told.words, "Welcome to the open day & more.\nCall 604 555 0101 <laughs>");
    assert!(told.found.is_empty());
}

#[test]
fn webvtt_keeps_cues_and_where_they_are_shown_and_nothing_else() {
    let file = "WEBVTT - by A. Person\nKind: captions\n\nNOTE do not publish before Monday\n\nSTYLE\n::cue { color: red }\n\n\
                REGION\nid:top\n\nintro\n00:01.000 --> 00:02.000 line:0 region:top align:start\n<v.loud Dr. Jane Roe>Hello &lt;all&gt;</v> <00:01.500><c.x>there</c>\n\n\
                00:02.000 --> 00:03.000\n&nbsp;\n";
    let told = of(file);
    assert_eq!(
        told.file,
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000 line:0 align:start\n<v Dr. Jane Roe>Hello &lt;all&gt; there\n"
    );
    assert_eq!(told.words, "Dr. Jane Roe: Hello <all> there");
    assert_eq!(told.found, BTreeSet::from([MetadataKind::Description, MetadataKind::Other]));
    assert_eq!(of(&told.file), Captions { found: BTreeSet::new(), ..told }, "written again it is the same");
}

#[test]
fn what_is_wrong_is_told_with_its_line() {
    let rows = [
        ("WEBVTT\n\n00:01.000 --> 00:02\nHi\n", Malformed::Times(3)),
        ("WEBVTT\n\n00:01,000 --> 00:02,000\nHi\n", Malformed::Times(3)),
        ("WEBVTT\n\n00:61.000 --> 00:62.000\nHi\n", Malformed::Times(3)),
        ("WEBVTT\n\n00:02.000 --> 00:02.000\nHi\n", Malformed::Ends(3)),
        ("WEBVTT\n\n00:02.000 --> 00:03.000\nHi\n\n00:01.000 --> 00:03.000\nHo\n", Malformed::Order(6)),
        ("WEBVTT\n\n00:02.000 --> 00:03.000\nHi\n00:03.000 --> 00:04.000\nHo\n", Malformed::Stray(5)),
        ("1\n00:00:02,000 --> 00:00:03,000\nHi\n\nHo\n", Malformed::Stray(5)),
        ("1\n00:00:02,000 --> 00:00:03,000\nHi\u{1}\n", Malformed::Control(3)),
        ("WEBVTT", Malformed::Empty),
        ("WEBVTT\n\n00:02.000 --> 00:03.000\n<i></i>\n", Malformed::Empty),
    ];
    for (file, expected) in rows {
        assert_eq!(wrong(file), expected, "{file:?}");
    }
    let latin = b"1\n00:00:02,000 --> 00:00:03,000\nCaf\xe9\n";
    assert_eq!(read(latin), Some(Err(Malformed::NotUtf8(3))));
}

#[test]
fn what_is_no_caption_is_left_to_others() {
    for other in ["", "WEBVTTX\n", "{\"a\":1}", "Hello --> there", "1\nHello\n", "\u{89}PNG"] {
        assert_eq!(read(other.as_bytes()), None, "{other:?}");
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_as_the_same(said in "[ -~é\n\u{a0}]{0,80}", vtt in any::<bool>()) {
        let head = if vtt { "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n" } else { "00:00:01,000 --> 00:00:02,000\n" };
        if let Some(Ok(told)) = read(format!("{head}{said}\n").as_bytes()) {
            let again = of(&told.file);
            prop_assert_eq!(&again.file, &told.file);
            prop_assert_eq!(&again.words, &told.words);
            prop_assert!(!told.words.contains("\n\n"));
        }
    }

    #[test]
    fn whatever_bytes_come_nothing_breaks(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        drop(read(&bytes));
        drop(read(&[b"WEBVTT\n\n", bytes.as_slice()].concat()));
    }
}
