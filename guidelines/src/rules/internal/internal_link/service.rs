//! Services for documents, chat, tasks and meetings: which of their pages are for those who work there.
//! It does not know what an owner has shared with everybody beyond what an address shows.

use super::place::Class;

/// Hosts whose every page is internal; a leading point stands for any tenant.
const ALWAYS: &[&str] = &[
    ".sharepoint.com",
    "onedrive.live.com",
    "1drv.ms",
    "app.slack.com",
    "app.asana.com",
    "app.clickup.com",
    "linear.app",
    "web.yammer.com",
    "portal.azure.com",
    "dev.azure.com",
    ".visualstudio.com",
    "loop.microsoft.com",
    "planner.cloud.microsoft",
    "tasks.office.com",
    "web.microsoftstream.com",
    "outlook.office.com",
    "outlook.office365.com",
    "outlook.cloud.microsoft",
    "mail.google.com",
    "drive.proton.me",
    "app.hootsuite.com",
    ".service-now.com",
    ".lightning.force.com",
    "3.basecamp.com",
    ".egnyte.com",
    "share.1password.com",
    "admin.google.com",
    "admin.microsoft.com",
];

/// A host, pieces of which one must stand in the rest of the address, and pieces of which none may.
type Partly = (&'static str, &'static [&'static str], &'static [&'static str], Class);

const PARTLY: &[Partly] = &[
    (
        "teams.microsoft.com",
        &["/l/", "/_#", "/v2/", "/conversations/"],
        &["/l/meetup-join", "/l/app", "/meet/"],
        Class::Service,
    ),
    ("teams.cloud.microsoft", &["/l/", "/_#"], &["/l/meetup-join"], Class::Service),
    (
        "docs.google.com",
        &["/d/", "/edit", "/u/0"],
        &[
            "/d/e/",
            "/pub",
            "/viewform",
            "/preview",
            "/copy",
            "/view",
            "/export",
            "/template",
            "/closedform",
            "/htmlpresent",
        ],
        Class::Service,
    ),
    ("docs.google.com", &["/edit"], &[], Class::Service),
    ("drive.google.com", &["/drive/", "/edit"], &[], Class::Service),
    ("drive.google.com", &["/file/", "/open?", "/folderview"], &[], Class::Shared),
    ("calendar.google.com", &["/eventedit", "/r/", "/u/0/"], &["/render"], Class::Service),
    ("script.google.com", &["/d/", "/edit"], &["/exec"], Class::Service),
    ("sites.google.com", &["/edit", "/d/"], &[], Class::Service),
    ("lookerstudio.google.com", &["/edit"], &[], Class::Service),
    (
        "dropbox.com",
        &["/scl/", "/home", "/work", "/s/", "/sh/", "/ow/", "/request/", "/t/"],
        &[],
        Class::Service,
    ),
    (".box.com", &["/s/", "/folder/", "/file/", "/notes/", "/v/", "/f/"], &["/blog/"], Class::Service),
    (".atlassian.net", &["/"], &["/servicedesk/customer/portal"], Class::Service),
    (
        ".slack.com",
        &["/archives/", "/files/", "/client/", "/messages/", "/canvas/", "/docs/"],
        &[],
        Class::Service,
    ),
    ("discord.com", &["/channels/"], &[], Class::Service),
    (
        ".zoom.us",
        &["/s/", "zak=", "/start", "/wc/host", "/meeting/edit", "/host", "/meeting#/", "role=1"],
        &["/rec/"],
        Class::Service,
    ),
    (".webex.com", &["host", "/start", "/meetingseries", "mtgtype=start"], &[], Class::Service),
    (".gotomeeting.com", &["/host", "/start"], &[], Class::Service),
    ("trello.com", &["/b/", "/c/", "/w/"], &[], Class::Service),
    (".monday.com", &["/boards/", "/docs/"], &[], Class::Service),
    ("miro.com", &["/app/board"], &[], Class::Service),
    ("figma.com", &["/file/", "/design/", "/board/"], &[], Class::Shared),
    ("canva.com", &["/edit"], &[], Class::Service),
    ("airtable.com", &["/app", "/tbl", "/wsp"], &["/shr", "/form"], Class::Service),
    ("notion.so", &["/"], &["/product", "/blog", "/help", "/templates"], Class::Shared),
    ("app.smartsheet.com", &["/sheets/", "/folders/"], &["/b/form"], Class::Service),
    ("app.powerbi.com", &["/groups/", "/reports/", "/reportembed"], &["/view?r="], Class::Service),
    ("overleaf.com", &["/project/", "/read/"], &[], Class::Service),
    (
        ".qualtrics.com",
        &["/survey-builder", "/q/", "/controlpanel", "/homepage"],
        &["/jfe/form"],
        Class::Service,
    ),
    ("surveymonkey.com", &["/create", "/analyze", "/collect", "/summary/"], &["/r/"], Class::Service),
    ("forms.office.com", &["designpage", "/design", "analysis"], &["responsepage"], Class::Service),
    ("forms.cloud.microsoft", &["designpage", "/design"], &["responsepage"], Class::Service),
    (".mailchimp.com", &["/campaigns/edit", "/campaigns/show", "/audience/"], &[], Class::Service),
    ("hootsuite.com", &["/dashboard"], &[], Class::Service),
    (".office.com", &["/mail", "/owa", "/calendar/"], &[], Class::Service),
    (".officeapps.live.com", &["/"], &["/view.aspx"], Class::Service),
    ("evernote.com", &["/shard/", "/client/"], &["/pub"], Class::Service),
    ("whatsapp.com", &["/invite/staff"], &[], Class::Service),
];

/// Pieces that show a page for staff on whichever host.
const ANYWHERE: &[&str] = &[
    "/_layouts/15/",
    "/wp-admin",
    "/wp-login.php",
    "preview=true",
    "&preview_id=",
    "/redcap_v",
    "/owa/",
    "/intranet/",
    "/:w:/r/",
    "/:x:/r/",
    "/:p:/r/",
    "/:w:/s/",
    "/:x:/s/",
    "/:f:/s/",
];

/// Labels of hosts that people run for themselves, with what their working pages hold.
const OWN: &[(&str, &[&str])] = &[
    ("confluence", &["/display/", "/pages/", "/spaces/", "/x/"]),
    ("jira", &["/browse/", "/projects/", "/secure/", "/issues/"]),
    ("sharepoint", &["/sites/", "/teams/", "/documents"]),
    ("redcap", &["pid="]),
    ("mattermost", &["/pl/", "/channels/"]),
    ("chat", &["/channels/", "/group/", "/pl/"]),
];

/// What is internal about a page, if anything. The host is in lower case.
pub(super) fn class(host: &str, rest: &str) -> Option<Class> {
    let bare = host.strip_prefix("www.").unwrap_or(host);
    if ALWAYS.iter().any(|known| is_of(known, bare)) {
        return Some(Class::Service);
    }
    let rest = rest.to_ascii_lowercase();
    let partly = PARTLY.iter().filter(|(known, ..)| is_of(known, bare)).find(|(_, one, none, _)| {
        one.iter().any(|piece| rest.contains(piece)) && !none.iter().any(|piece| rest.contains(piece))
    });
    if let Some((.., class)) = partly {
        return Some(*class);
    }
    if rest.len() > 1 && ANYWHERE.iter().any(|piece| rest.contains(piece)) {
        return Some(Class::Service);
    }
    let labels = host.split('.').rev().skip(2);
    let own = labels.flat_map(|label| OWN.iter().filter(move |(known, _)| *known == label));
    own.into_iter()
        .any(|(_, pieces)| pieces.iter().any(|piece| rest.contains(piece)))
        .then_some(Class::Service)
}

/// `.box.com` covers every tenant and, as these pages also stand there, the name itself; any other entry itself alone.
fn is_of(known: &str, host: &str) -> bool {
    match known.strip_prefix('.') {
        Some("sharepoint.com" | "service-now.com" | "visualstudio.com" | "egnyte.com") => {
            host.strip_suffix(known).is_some_and(|tenant| !tenant.is_empty())
        }
        Some(name) => host == name || host.ends_with(known),
        None => host == known,
    }
}
