// What bluesky.sh runs in Node: the directory of accounts, in memory; the server, set up by PDS_* as in production; and two
// accounts with app passwords. It knows nothing of the tests.
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { readFileSync } from 'node:fs'
import path from 'node:path'

function until_told(end) {
  process.on('SIGTERM', async () => { await end(); process.exit(0) })
}

async function directory() {
  const plc = createRequire(process.env.APP + '/package.json')('@did-plc/server')
  const server = plc.PlcServer.create({ db: plc.Database.mock(), port: Number(process.env.PORT) })
  await server.start()
  until_told(() => server.destroy())
}

async function server() {
  const folder = path.join(process.env.APP, 'node_modules/@atproto/pds')
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json')))
  const { PDS, envToCfg, envToSecrets, readEnv } =
    await import(pathToFileURL(path.join(folder, manifest.exports['.'].default)))
  const env = readEnv()
  const pds = await PDS.create(envToCfg(env), envToSecrets(env))
  await pds.start()
  until_told(() => pds.destroy())
}

async function call(method, body, token) {
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) }
  const answer = await fetch(`${process.env.URL}/xrpc/${method}`, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${method}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}

async function account(name) {
  const [email, handle, password] = [`${name}@example.test`, `${name}.test`, process.env.PASSWORD]
  const made = await call('com.atproto.server.createAccount', { email, handle, password })
  const app = await call('com.atproto.server.createAppPassword', { name: 'masthead tests' }, made.accessJwt)
  return { handle: made.handle, did: made.did, password: app.password }
}

async function seed() {
  const [press, reader] = [await account('commsdesk'), await account('reader-one')]
  console.log(JSON.stringify({ base_url: process.env.URL, identifier: press.handle, app_password: press.password,
    did: press.did, other_handle: reader.handle, other_app_password: reader.password, other_did: reader.did }, null, 1))
}

await { directory, server, seed }[process.argv[2]]()
