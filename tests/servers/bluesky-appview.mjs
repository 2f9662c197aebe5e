// The AppView that bluesky.sh runs in Node beside the PDS: it reads what the PDS tells and answers how often posts were seen, and
// who said what. It keeps its index in a database of its own on the tests' PostgreSQL, which lives as long as it runs, and takes
// the name that the public one has, because that is the one that is asked for. It knows nothing of the tests.
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import http from 'node:http'
import path from 'node:path'

const { APP, DATABASE_URL, PDS_URL, PLC_URL } = process.env
const PORT = Number(process.env.PORT)
const DATABASE = `masthead_bluesky_${PORT}`

function load(name) {
  const folder = path.join(APP, 'node_modules', name)
  const { exports } = JSON.parse(readFileSync(path.join(folder, 'package.json')))
  return import(pathToFileURL(path.join(folder, exports['.'].default)))
}

async function on_postgres(...statements) {
  const { Client } = createRequire(APP + '/package.json')('pg')
  const client = new Client({ connectionString: DATABASE_URL })
  await client.connect()
  for (const one of statements) await client.query(one)
  await client.end()
}

const FORGET = `DROP DATABASE IF EXISTS ${DATABASE} WITH (FORCE)`

// The accounts live in the memory of the directory, so what was indexed of earlier ones is of nobody.
async function new_database() {
  await on_postgres(FORGET, `CREATE DATABASE ${DATABASE}`)
  const url = new URL(DATABASE_URL)
  url.pathname = DATABASE
  return url.href
}

function free_port() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => done(port))
    })
  })
}

// Handles end in .test, which no name server knows: the PDS says whose they are.
function whose(handle) {
  return new Promise((done) => {
    const asked = http.get(new URL('/.well-known/atproto-did', PDS_URL), { headers: { host: handle } }, (answer) => {
      let body = ''
      answer.on('data', (more) => { body += more })
      answer.on('end', () => done(answer.statusCode === 200 ? body.trim() : undefined))
    })
    asked.on('error', () => done(undefined))
  })
}

const { BskyAppView, BsyncSubscription, DataPlaneServer, Database, RepoSubscription, ServerConfig } = await load('@atproto/bsky')
const { BsyncService, envToCfg } = await load('@atproto/bsync')
const { Secp256k1Keypair } = await load('@atproto/crypto')
const url = await new_database()
const db = new Database({ url, schema: 'appview', poolSize: 10 })
await db.migrateToLatestOrThrow()
const [plane_port, sync_port] = [await free_port(), await free_port()]
const plane = await DataPlaneServer.create(db, plane_port, PLC_URL, globalThis.fetch)
Object.assign(process.env, {
  BSKY_SERVER_DID: 'did:web:api.bsky.app', BSKY_PORT: String(PORT), BSKY_PUBLIC_URL: `http://localhost:${PORT}`,
  BSKY_DID_PLC_URL: PLC_URL, BSKY_DATAPLANE_URLS: `http://localhost:${plane_port}`, BSKY_DATAPLANE_HTTP_VERSION: '1.1',
  BSKY_DISABLE_SSRF_PROTECTION: 'true', MOD_SERVICE_DID: 'did:example:nobody',
  // What accounts have set for themselves goes through it.
  BSKY_BSYNC_URL: `http://localhost:${sync_port}`, BSKY_BSYNC_HTTP_VERSION: '1.1', BSKY_BSYNC_API_KEY: 'tests',
})
const sync = await BsyncService.create(envToCfg({
  port: sync_port, dbUrl: url, dbSchema: 'bsync', dbPoolSize: 5, apiKeys: ['tests'],
}))
await sync.ctx.db.migrateToLatestOrThrow()
await sync.start()
const config = ServerConfig.readEnv()
const server = BskyAppView.create({ config, signingKey: await Secp256k1Keypair.create() })
for (const one of [server.ctx.idResolver, plane.idResolver]) one.handle.resolve = whose
await server.start()
const reading = new RepoSubscription({ service: PDS_URL.replace('http', 'ws'), db, idResolver: plane.idResolver })
void reading.start()
new BsyncSubscription({ config, db }).start()
// It has nothing to bring to an end, and no index to keep.
process.on('SIGTERM', () => on_postgres(FORGET).finally(() => process.exit(0)))
