//! Addresses that only work inside.

use super::assert_marks;

const PLACES_INSIDE: &[&str] = &[
    "Read it on [[https://wiki.office.example.org/x/Plan2027]].",
    "Or here: [[wiki.office.example.org/pages/12]]",
    "See [[https://hr.staff.example.org]] (staff only)",
    "[[http://intranet/comms/brand]]",
    "Schedule is at [[http://planner01:8080/week]]",
    "[[https://portal.hearts.corp/login]]",
    "[[nas.local/photos]] has the pictures",
    "[[https://apps.intranet.coast.example/forms]]",
    "[[https://portal.corp.coast.example/forms]]",
    "Dashboard: [[http://10.12.0.5/grafana]]",
    "Dashboard: [[172.20.4.9:9000/d/abc]]",
    "The server is at [[10.4.4.7]], ask IT",
    "[[192.168.0.14]] works for now",
    "[[http://localhost:3000/preview]]",
    "[[https://staging.hearts.example.ca/]]",
    "[[https://hearts-dev.example.ca/app?id=2]]",
    "New look! [[https://uat.booking.example.ca]]",
    "[[https://test.hearts.example.ca/start]]",
    "[[\\\\coast-fs1\\Research\\eHealth\\Budget 2027.xlsx]] has it",
    "Path: [[\\\\fs01.coast.example\\team$\\minutes]]",
    "Saved in [[S:\\Comms\\Drafts\\poster_v3.docx]] for all",
    "[[C:\\Users\\ann\\Desktop\\results.csv]]",
    "[[H:/projects/hearts/data.sav]]",
    "It is on the [[S: drive]].",
    "[[file:///home/ann/report.pdf]]",
    "[[smb://nas/shared/photos]]",
    "[[/Volumes/TeamShare/hearts/final.mp4]]",
    "[[https://hearts.example.ca/wp-admin/post.php?post=221&action=edit]]",
    "[[https://hearts.example.ca/?p=881&preview=true]]",
    "[[https://redcap.hearts.example.ca/redcap_v14.0.1/DataEntry/index.php?pid=42]]",
];

#[test]
fn places_inside() {
    assert_marks("GP6b.internal-link", PLACES_INSIDE);
}

const PAGES_OF_SERVICES: &[&str] = &[
    "Notes [[https://coast.sharepoint.com/:w:/s/team/EaBcD?e=4x]] :)",
    "[[https://coast-my.sharepoint.com/personal/ann_coast/Documents/x.docx]]",
    "[[https://1drv.ms/w/s!AbCdEf]]",
    "[[https://onedrive.live.com/edit.aspx?resid=1]]",
    "Agenda ([[https://docs.google.com/spreadsheets/d/1AbC/edit#gid=0]])",
    "[[https://docs.google.com/document/d/1AbC/edit?usp=sharing]]",
    "[[docs.google.com/presentation/d/1AbC/edit]]",
    "[[https://docs.google.com/forms/d/1AbC/edit]]",
    "[[https://drive.google.com/drive/folders/1AbC?usp=sharing]]",
    "[[https://www.dropbox.com/scl/fi/abc/minutes.pdf?rlkey=x&dl=0]]",
    "[[https://coast.app.box.com/folder/123]]",
    "[[https://coast.atlassian.net/wiki/spaces/COM/pages/12/Plan]]",
    "Ticket [[https://coast.atlassian.net/browse/HEART-12]]",
    "[[https://jira.coast.example.ca/browse/HEART-12]]",
    "[[https://confluence.coast.example.ca/display/COM/Plan]]",
    "[[https://coast.slack.com/archives/C0123/p1700000000]]",
    "[[https://app.slack.com/client/T01/C02]]",
    "[[https://teams.microsoft.com/l/channel/19%3Aabc%40thread.tacv2/General?groupId=1]]",
    "[[https://teams.microsoft.com/l/message/19:abc@thread.tacv2/170]] is the thread",
    "Host from here: [[https://us02web.zoom.us/s/84512345678?zak=eyJ0]]",
    "[[https://coast.webex.com/coast/j.php?MTID=m1&hostkey=1]]",
    "[[https://trello.com/b/AbC/comms]]",
    "[[https://app.asana.com/0/12/34]]",
    "[[https://miro.com/app/board/abc=/]]",
    "[[https://www.canva.com/design/DAF/x/edit]]",
    "[[https://discord.com/channels/1/2/3]]",
    "[[https://app.powerbi.com/groups/me/reports/1]]",
    "[here]([[https://coast.sharepoint.com/sites/hearts]]) it is",
];

#[test]
fn pages_of_services() {
    assert_marks("GP6b.internal-link", PAGES_OF_SERVICES);
}

const PUBLIC_PLACES: &[&str] = &[
    "https://office.example.org/news/intranet-relaunch",
    "Our new SharePoint training: https://www.microsoft.com/sharepoint",
    "https://docs.google.com/forms/d/e/1FAIpQLS/viewform",
    "https://docs.google.com/document/d/e/2PACX/pub",
    "https://docs.google.com/presentation/d/e/2PACX/pubhtml?start=true",
    "https://forms.office.com/r/AbC",
    "https://zoom.us/j/84512345678",
    "https://us02web.zoom.us/webinar/register/WN_abc",
    "https://teams.microsoft.com/l/meetup-join/19%3ameeting/0?context=x",
    "https://teams.microsoft.com/meet/123",
    "https://join.slack.com/t/hearts/shared_invite/zt-1",
    "https://slack.com/blog/news",
    "https://www.dropbox.com/business",
    "https://www.atlassian.com/software/jira",
    "https://redcap.hearts.example.ca/surveys/?s=ABC",
    "https://doi.org/10.1136/bmj.n71 and 10.2196/45075",
    "Version 10.1.2.3 fixes it; upgrade to v10.0.0.1",
    "iOS 17.4.1.2 and firmware 10.20.30.40",
    "https://jira.hl7.org/browse/FHIR-1 is open to anybody",
    "Eat local. Shop local. Stay.local",
    "Think global, act local!",
    "Our internal medicine residents",
    "https://internalmedicine.example.ca/apply",
    "https://www.development.example.ca/",
    "https://thetest.example.ca/quiz",
    "https://testing-centre.ca/covid",
    "https://dev.to/hearts/post",
    "Follow @hearts@mastodon.example.org",
    "comms@corp.example.ca is our address",
    "Mon/Wed/Fri, 9:00-10:00, and/or by phone",
    "C: drive your change! D: done.",
    "Q: Drive or fly? A: Drive.",
    "ratio 3:/4 \\o/ ¯\\_(ツ)_/¯",
    "https://youtu.be/abc?t=10",
    "https://www.youtube.com/watch?v=abc",
    "ehealth.example.ca/blog",
    "https://www.ubc.ca:443/x",
    "172.5 km and 10.10.2026",
    "The 8.8.8.8 resolver",
    "https://github.com/hearts/app/edit-history",
    "https://sites.google.com/view/hearts",
    "https://hearts.notion.site/Welcome",
    "https://www.figma.com/community/file2",
    "The local/corporate divide",
    "TCP/IP basics: http://example.org/ip/10.0.0.1",
];

#[test]
fn public_places() {
    assert_marks("GP6b.internal-link", PUBLIC_PLACES);
}
