//! Whole posts as people write them, read by every rule of the room.

use super::marked;

const RULES: [&str; 4] = ["GP6b.secret", "GP6b.internal-link", "GP6a.quoted-email", "GP6b.conf-marker"];

fn assert_all(texts: &[&str]) {
    let mut wrong = Vec::new();
    for text in texts {
        let expected: Vec<&str> =
            text.split("[[").skip(1).map(|part| part.split("]]").next().unwrap()).collect();
        let plain = text.replace("[[", "").replace("]]", "");
        let found: Vec<(&str, Vec<String>)> =
            RULES.iter().map(|rule| (*rule, marked(rule, &plain))).collect();
        let all: Vec<&String> = found.iter().flat_map(|(_, marks)| marks).collect();
        // Where a mark lies inside another rule's block, the block counts.
        let right = expected
            .iter()
            .all(|mark| all.iter().any(|found| found.contains(mark) || mark.contains(found.as_str())));
        if !right || (expected.is_empty() && !all.is_empty()) || all.len() < expected.len() {
            wrong.push(format!("{plain:?}\n    expected {expected:?}\n    found    {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), texts.len(), wrong.join("\n"));
}

const POSTS_THAT_GIVE_SOMETHING_AWAY: &[&str] = &[
    "We're hiring! Apply through the portal (user: applicant, pass: [[Jobs2027!]]). #HealthJobs",
    "Tonight's Zoom: ID 912 3345 6671, Passcode: [[heart77]] #eHealth",
    "🎉 The beta is live — username tester, password [[otter-Banff-9]]. Tell us what you think!",
    "Conference wifi: SSID \"BCHealth2027\" / [[winterclinic27]]",
    "Network: ForumGuest | Password: [[Kelowna!27]]",
    "Lost your badge? The door code is [[4821*]] until Friday.",
    "FYI the elevator code is [[77410]].",
    "Voicemail PIN [[5582]] if anyone needs to check messages over the holidays",
    "Les bénévoles peuvent entrer avec le code [[1357#]] à la porte arrière.",
    "Code de la porte : [[8642]]",
    "Connexion : utilisateur invite, mot de passe [[Cl1nique!]]",
    "Voici le Wi-Fi du colloque : réseau Colloque27, mot de passe [[sante2027]].",
    "Our dev key for the FHIR sandbox: [[sk_test_51Hx9aBcDeFgHiJkLmNoPqRs]]",
    "config: API_TOKEN=\"[[d41d8cd98f00b204e9800998ecf8427e]]\"",
    "Just paste this in your .env: SECRET_KEY=[[django-insecure-8#kd92jf0s9d8f7]]",
    "Mirror: https://[[reader:blue42sky]]@files.example.net/data.csv",
    "slack bot: [[xoxb-2048-4096-abcdEFGHijkl]] do not lose",
    "Email us the form, or use ftp (login: intake, pw: [[Form$2027]])",
    "Token for the survey export is [[f3a9c1d27b6e4850]].",
    "The REDCap password hasn't changed: [[Salish-Sea-2]]",
    "Presenter link + password [[Keynote#5]] in the invite",
    "The staging login is admin/[[P@ssw0rd1]]",
    "Poster source: [[\\\\uhs-nas\\comms\\2027\\poster final.ai]]",
    "Grab the photos from [[https://hearthealth.sharepoint.com/sites/Comms/Photos]]",
    "Comment on the draft here: [[https://docs.google.com/document/d/1xYz_AbC/edit]]",
    "Board package: [[https://www.dropbox.com/s/abc123/board.pdf?dl=0]]",
    "Ticket is [[https://ehealth.atlassian.net/browse/COMM-221]] if you want to follow",
    "Try the new site at [[https://new-staging.hearthub.example.ca]] and tell us",
    "Live numbers: [[http://10.0.8.21:8501]]",
    "Le calendrier est sur [[http://intranet.sante.local/calendrier]]",
    "Ébauche : [[https://sante-my.sharepoint.com/:w:/g/personal/anne/EabC]]",
    "Start the meeting with this link: [[https://zoom.us/s/99887766554?zak=abc]]",
    "[[https://wiki.office.example.org/display/COM/Crisis+plan]] has our crisis plan",
    "Thread with the vendor: [[https://coast-health.slack.com/archives/C09ABC/p17123]]",
    "The file's at [[Z:\\Projects\\HeartHub\\interim.xlsx]]",
    "[[DO NOT DISTRIBUTE]] – interim analysis shows 12% fewer readmissions",
    "[[Embargoed to 5 p.m. ET on Wednesday, January 6]]: new guidelines on hypertension",
    "[[EMBARGOED UNTIL 9:00 AM PST]] Trial stopped early!",
    "[[SOUS EMBARGO jusqu'au mardi 5 janvier à 9 h]] L'essai est concluant",
    "[[STRICTLY CONFIDENTIAL]]: site closures, April 2027",
    "[[For internal distribution only]] – please read before Monday",
    "[[Internal use only]]: talking points on the outage",
    "Here are the [[in camera]] minutes from Tuesday",
    "Réunion [[à huis clos]] : le conseil a voté la fusion.",
    "[[PROTECTED A]] Draft response to the auditor general",
    "[[TLP:AMBER]] Ransomware indicators seen at a partner clinic",
    "Slide 3 ([[not for circulation]]): revenue per site",
    "[[Privileged & confidential]] – advice on the lawsuit",
    "[[Draft – do not cite]]. Mortality fell by 8%.",
    "[[Ne pas diffuser]] : résultats intérimaires du projet",
    "[[Usage interne seulement]] - liste des fournisseurs",
    "[[This message is intended only for the addressee]] and may contain privileged information.",
    "From: Dana Wu <dana.wu@ehealth.example.ca>\nTo: Comms\nDate: Jan 4\nSubject: outage\n\n[[The outage was our fault.]]",
    "Per Dana's email: [[\"we knew about the outage since Monday\"]]",
    "Dana wrote in Slack, [[\"we should keep the outage quiet for now\"]]",
    "[[RE: FW: vendor contract\nDana, they want 20% more.]]",
    "[[Dana Wu (9:02 AM): it's down again\nSam Roy (9:03 AM): don't post anything]]",
    "[[Le lun. 4 janv. 2027 à 08:30, Dana Wu <dana@x.example> a écrit :]]\n> c'est notre faute",
    "[[Objet : panne\nBonjour à tous, la panne vient de chez nous.]]",
    "La directrice a écrit dans un courriel interne : [[« on savait depuis lundi »]]",
    "Quoting our VP's memo to staff: [[\"overtime ends on Friday, no exceptions\"]]",
];

#[test]
fn posts_that_give_something_away() {
    assert_all(POSTS_THAT_GIVE_SOMETHING_AWAY);
}

const POSTS_THAT_GIVE_NOTHING_AWAY: &[&str] = &[
    "Cyber Month tip: use a passphrase of 4 random words, like correct-horse-battery-staple.",
    "Phishing alert: we'll never e-mail you asking for your password or PIN.",
    "New on the blog: From passwords to passkeys. https://example.org/blog/passkeys",
    "Our Wi-Fi is free: connect to VGH-Public, accept the terms, done. No password.",
    "Password fatigue is real: the average person has 100 accounts!",
    "SHA-1 checksum: 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12",
    "Dataset DOI 10.5281/zenodo.1234567, release v2.1.0, commit 1a2b3c4",
    "UUID 123e4567-e89b-12d3-a456-426614174000 shows up in logs, ignore it.",
    "Key dates: abstracts 2027-01-15; posters 2027-03-01.",
    "The secret ingredient? Community.",
    "Access code not needed: dial 1-877-555-0123, then 4455661#.",
    "Conference ID: 662 118 903#. Toll-free: 1-855-555-0100",
    "Promo code HEART27 saves you $20",
    "Grant number PJT-195113, award 5R01HL126095-03",
    "Registration code: pick yours up at the desk",
    "We love tokens: bus tokens, that is. 12 free ones at the desk.",
    "Keynote: Dr. Wu, 9:00; Panel: 10:30",
    "Learn to set an API key in 5 minutes: https://docs.example.org/api-key",
    "How SharePoint saved our sanity, a thread 1/5",
    "Why we chose Google Docs for co-writing: https://medium.com/@ehealth/docs",
    "Join the Teams webinar: https://teams.microsoft.com/l/meetup-join/19%3ameeting_abc",
    "Register on Zoom: https://us06web.zoom.us/meeting/register/tZabc",
    "Slides: https://docs.google.com/presentation/d/e/2PACX-1vAbC/pub?start=false",
    "Survey: https://docs.google.com/forms/d/e/1FAIpQLSabc/viewform?usp=sf_link",
    "Public dashboard: https://app.powerbi.com/view?r=eyJrIjoiYWJj",
    "https://dropbox.tech/culture and https://slack.engineering/post",
    "We run on OpenMRS 2.6.0.1 and HAPI 7.2.0",
    "Release 10.0.3.2 adds dark mode",
    "Shop local, think local: farmersmarket.example.ca/local",
    "Confidential support line: 1-888-555-0199, 24/7.",
    "Your visit is confidential. Walk in any time.",
    "Counselling is free and strictly confidential for all students.",
    "Le service est gratuit, anonyme et confidentiel.",
    "Privacy 101: what counts as confidential information?",
    "The embargo lifted this morning, so here's our paper!",
    "Journalists: our embargo policy is at https://example.org/media",
    "Our camera club meets Tuesday.",
    "In-camera HDR vs. editing: a photo workshop for researchers",
    "Internal medicine rounds are open to all",
    "Please do not share food with the therapy dogs.",
    "Not for sale: our community garden tomatoes",
    "Protected bike lanes, protected time, protected health.",
    "Restricted diets explained by our dietitian",
    "How to forward an email safely: click FW, remove old addresses.",
    "Re: yesterday's outage, we are back online. Sorry!",
    "Subject matter experts wanted: cardiology",
    "From: our family. To: yours. Happy holidays!",
    "On Monday, Dr. Wu wrote: a new chapter for heart health begins https://example.org",
    "A reader wrote: \"your clinic guide saved me hours, thank you so much\"",
    "\"Virtual care saves rural patients 6 hours of driving,\" says Dr. Dana Wu.",
    "Thread 🧵 1/ Why sleep matters\n2/ What we did\n3/ What we found",
    "Mon 9:00 Clinic A\nTue 9:00 Clinic B\nWed 9:00 Clinic C",
    "9:00 AM - Registration\n9:30 AM - Welcome: Dana Wu\n10:00 AM - Keynote: Sam Roy",
    "Messages we sent this year: 12,000. Emails read: 11,500!",
    "Call, text, email or DM us: we answer within a day.",
    "BP > 140? See a doctor.\nPulse > 100? Rest.",
    "Pour vous inscrire, écrivez à accueil@ehealth.example.ca. Objet : inscription",
    "De : Vancouver\nÀ : Prince George\nNos infirmières voyagent!",
    "Secrétariat ouvert de 9 h à 16 h; code vestimentaire : décontracté",
    "Le code QR mène au sondage; le code postal est V6T 1Z3.",
    "Mot de passe oublié? Cliquez sur « Réinitialiser ».",
];

#[test]
fn posts_that_give_nothing_away() {
    assert_all(POSTS_THAT_GIVE_NOTHING_AWAY);
}

const MORE_GIVEN: &[&str] = &[
    "Reviewers: portal ehealth.example.ca/review, ID rev27, pwd [[Tofino*88]].",
    "Good morning, the guest wifi password is [[Heron2027]]",
    "Comme promis, le mot de passe est [[Heron2027]].",
    "See ehealth.example.ca/demo (password [[Heron2027]])",
    "Use our lab printer, its PIN is [[7720]]",
    "Room key code: [[2290#]]",
    "Guest login — guest / [[Okanagan_1]]",
    "Stats are live, key=[[AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY]]",
    "SFTP creds: hearts / [[Gz7$kkLp]]",
    "The password to the slides is [[bluebird27]].",
    "Passcode for the recording: [[^5kP!2aa]]",
    "Mot de passe Zoom : [[512904]]",
    "Zoom : ID 881 2234 5567, code secret [[220154]]",
    "pwd [[Tofino*88]]",
    "ID rev27, pwd [[Tofino*88]] ok",
    "mongodb+srv://[[app:Qw3rTy9]]@cluster0.abcde.mongodb.net/hearts",
    "curl -u [[intern:letmein22]] https://api.example.org/v1",
    "Authorization: token [[0a1b2c3d4e5f60718293a4b5c6d7e8f901234567]]",
    "Bot token [[MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs]]",
    "Here's the temp admin password → [[Vancouver2027#]]",
    "The password? [[Skookum!1]]",
    "the pass is [[maple99]] shh",
    "password: \"[[letmein]]\"",
    "PASSWORD = [[tulips]]",
    "Sign in with the shared account (comms@office.example.org / [[Lions&Gate3]])",
    "[[https://teams.microsoft.com/l/file/ABC?tenantId=1&fileType=docx]]",
    "[[https://docs.google.com/spreadsheets/d/1AbC]] for the numbers",
    "Pictures on the share: [[//uhs-nas/comms/2027/photos]]",
    "Notes at [[http://sharepoint/sites/comms/notes.docx]]",
    "[[https://qa.hearthub.example.ca/login]] works, prod doesn't",
    "[[https://hearthub.dev.example.ca/x]]",
    "[[https://10.33.2.1:8443]] is the appliance",
    "Timesheets: [[hr.corp.example.ca/time]]",
    "[[D:/exports/interim_2027.csv]] is the file",
    "[[https://onedrive.live.com/?authkey=%21AB&id=1]]",
    "[[https://us.webex.com/meet/start?host=1]]",
    "[[For staff eyes only]]: the rota",
    "[[Not for onward distribution]]. Q3 dashboards",
    "Heads-up, [[still embargoed]]: our Lancet paper says 40%",
    "News release ([[embargo: Jan. 12, 2027, 10 a.m. ET]])",
    "[[Under strict embargo until 6 January]]!",
    "[[Hold for release until Monday]]: new CEO named",
    "[[Document confidentiel]] : plan de relève",
    "[[Confidential draft]] of the strategy, thoughts?",
    "Marked '[[internal only]]' but you should see this chart",
    "[[Please keep this confidential until Friday]]: we won!",
    "The board approved it at the [[in-camera]] meeting.",
    "Discussed [[in camera]] on Monday: the lawsuit.",
    "Séance [[à huis clos]] du comité : deux congédiements",
    "[[The contents of this email are confidential and privileged]]. The vendor folds.",
];

#[test]
fn more_posts_that_give_something_away() {
    assert_all(MORE_GIVEN);
}

const MORE_KEPT: &[&str] = &[
    "What's your password hygiene like? Take our quiz: 10 questions!",
    "Two-factor login: 1) password 2) phone. Easy!",
    "Password rules have changed: no more expiry every 90 days.",
    "Password policy v2.1 is out.",
    "Passwords: love them or hate them?",
    "The password is dead, long live passkeys!",
    "Change your default router password (admin/admin is not one).",
    "Nurses hold the key: 2027 report",
    "Token gesture? No: $2.4M for rural care",
    "Code Blue drill on 4 West, 14:00",
    "Code of conduct updated 2027-01-01",
    "The access code is printed on your letter.",
    "Login problems? Call 604-555-0100.",
    "User testing / interviews: $50 gift card",
    "Account managers needed: apply by 2027-02-01",
    "Wi-Fi / power / coffee: all free at the forum.",
    "Network: nurses + doctors / patients2030 coalition",
    "PIN your location on our map! 4,500 pins so far",
    "Secret Santa: bring a $10 gift",
    "A secret garden: 1450 roses",
    "Signature: https://example.org/petition?sig=1",
    "R package v4.3.2, key: value pairs explained",
    "ssh-rsa keys, explained for beginners",
    "eyJ? That's how a JSON web token starts, our dev says.",
    "https://example.org/token/2027-awards",
    "Our app hearts://open opens the app",
    "The 192.168 address range, explained",
    "Meet at 10.30.2027? No, 30 Oct 2027!",
    "Section 10.1.2.3 of the act",
    "Visit staging.org: theatre sets for hospitals",
    "Confluence of rivers, confluence of ideas: https://confluence-festival.example.ca",
    "https://www.corp.ca/about and https://internalaudit.ca",
    "Preview our exhibit: https://museum.example.ca/preview",
    "https://example.ca/news?utm_source=dev&utm_medium=staging",
    "Do not forward, reply or click: that's how you stop phishing.",
    "Do not quote me, but cake is good for you.",
    "Keep this number handy: 1-888-555-0199",
    "Keep it between 2 and 8 degrees.",
    "Strictly for fun: trivia night",
    "For your information only the main door is open",
    "This document is available in French.",
    "Our report is under review.",
    "Internal bleeding: know the signs.",
    "Embargo, a novel by a local nurse, is out!",
    "Restricted mobility? We come to you.",
    "Off the record: vinyl night at the clinic",
    "Members only: no. Everyone welcome!",
    "Not for the faint of heart: our stair challenge",
    "Please share outside our network, too!",
    "Partagez sans modération!",
    "Ne pas oublier : vaccin le 3 mars",
    "Usage d'antibiotiques : interne en médecine explique",
    "En huis clos avec Sartre : théâtre à l'hôpital",
    "The note said \"thank you for looking after my father\".",
    "Message in a bottle: \"hope floats, and so do we\" art show",
    "Teams that sleep well, work well: \"rest is part of the job\"",
    "@ann wrote > @ben, and we love it",
];

#[test]
fn more_posts_that_give_nothing_away() {
    assert_all(MORE_KEPT);
}
