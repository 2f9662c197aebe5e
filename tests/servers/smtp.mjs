// An SMTP server for the tests, with the real protocol (npm smtp-server). What it takes it keeps, and gives as JSON over
// HTTP. Recipients misbehave by their names, the part before the @ up to a plus sign:
//
//   tempfail      is told 451 twice, then taken          reject     is told 550
//   spam          is told 554 after the message          later      is told 451 after the message, once; then taken
//   hang          gets no answer to the message, once, and it is not kept; then taken
//   lost          the message is kept, but the connection breaks before its answer, once
//
//   GET /mail           all that was kept, oldest first: [{to, messageId, subject, raw}]
//   GET /tries          how many messages began for each recipient: {"cora@example.org": 2}
//   GET /messages       how many of these came to their end
//   POST /mode?is=...   open, or down: every connection is closed at once
//   POST /clear         forgets everything
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { SMTPServer } = createRequire(process.env.SMTP_APP + "/")("smtp-server");
const port = Number(process.env.SMTP_PORT);
const [user, password] = [process.env.SMTP_USER, process.env.SMTP_PASSWORD];
const tls = { key: readFileSync(process.env.SMTP_KEY), cert: readFileSync(process.env.SMTP_CERT) };

let kept = [];
let tries = {};
let messages = {};
let seen = {};
let mode = "open";

const told = (code, text) => Object.assign(new Error(text), { responseCode: code });
const name = (address) => address.split("@")[0].split("+")[0];
const times = (key) => (seen[key] = (seen[key] ?? 0) + 1);

const handlers = {
  onConnect(session, done) {
    done(mode === "down" ? told(421, "closed for now") : null);
  },
  onAuth(auth, session, done) {
    const right = auth.username === user && auth.password === password;
    done(right ? null : told(535, "not known"), { user });
  },
  onRcptTo({ address }, session, done) {
    tries[address] = (tries[address] ?? 0) + 1;
    if (name(address) === "tempfail" && times(address) <= 2) return done(told(451, `${address} is busy`));
    if (name(address) === "reject") return done(told(550, `${address} is not known here`));
    done();
  },
  onData(stream, session, done) {
    const pieces = [];
    stream.on("data", (piece) => pieces.push(piece));
    stream.on("end", () => {
      const raw = Buffer.concat(pieces).toString();
      const [to] = session.envelope.rcptTo.map(({ address }) => address);
      messages[to] = (messages[to] ?? 0) + 1;
      const header = (wanted) => raw.match(new RegExp(`^${wanted}: (.*)$`, "im"))?.[1].trim();
      const keep = () => kept.push({ to, messageId: header("Message-ID"), subject: header("Subject"), raw });
      if (name(to) === "spam") return done(told(554, "we do not like it"));
      if (name(to) === "later" && times(to) === 1) return done(told(451, "try again"));
      if (name(to) === "hang" && times(to) === 1) return;
      if (name(to) === "lost" && times(to) === 1) {
        keep();
        // This one alone: others speak with the server at the same time.
        return servers.forEach((server) =>
          server.connections.forEach((open) => open.session === session && open._socket?.destroy()),
        );
      }
      keep();
      done();
    });
  },
};

const base = { ...handlers, ...tls, disableReverseLookup: true, authOptional: true, logger: false, closeTimeout: 100 };
const servers = [
  new SMTPServer({ ...base, allowInsecureAuth: true }),
  new SMTPServer({ ...base, authOptional: false }),
  new SMTPServer({ ...base, authOptional: false, secure: true }),
];
servers.forEach((server, index) => {
  server.on("error", () => {});
  server.listen(port + index, "127.0.0.1");
});

createServer((request, response) => {
  const url = new URL(request.url, "http://127.0.0.1");
  const answer = (value) => response.end(JSON.stringify(value));
  if (url.pathname === "/mail") return answer(kept);
  if (url.pathname === "/tries") return answer(tries);
  if (url.pathname === "/messages") return answer(messages);
  if (url.pathname === "/mode") mode = url.searchParams.get("is") ?? "open";
  if (url.pathname === "/clear") [kept, tries, messages, seen, mode] = [[], {}, {}, {}, "open"];
  answer({ mode });
}).listen(port + 3, "127.0.0.1");
