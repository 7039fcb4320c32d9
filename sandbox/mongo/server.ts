import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { type Document, EJSON } from 'bson'
import { Hono } from 'hono'
import { html } from 'hono/html'
import * as z from 'zod'
import { page } from '../page'
import type { SandboxOptions, SandboxPart } from '../sandbox'
import { addSettings } from '../settings'
import { openStore } from '../store'
import { listenLocally } from '../tcp-port'
import type { Collections } from './collection'
import { Documents, type Index } from './collection'
import { runCommand } from './commands'
import { speak } from './wire'

interface Kept {
  port?: number
  /** Documents as extended JSON, so that dates stay dates. */
  collections: Record<string, { documents: Document[]; indexes: Index[] }>
}

const reading = new Set([
  'hello',
  'isMaster',
  'ismaster',
  'ping',
  'endSessions',
  'buildInfo',
  'find',
  'count',
  'aggregate',
  'listIndexes',
  'listCollections',
])

const Settings = z.strictObject({
  sweepSeconds: z.number().positive().max(86_400).optional(),
  down: z.boolean().optional(),
})

export async function openMongoSandbox(options: SandboxOptions): Promise<SandboxPart> {
  const store = openStore<Kept>(join(options.dataDir, 'mongo.json'), { collections: {} })
  const settings = { sweepSeconds: 60, down: false }
  const sockets = new Set<Socket>()
  const collections: Collections = new Map()
  for (const [namespace, { documents, indexes }] of Object.entries(store.state.collections)) {
    collections.set(namespace, new Documents(namespace, EJSON.deserialize(documents) as Document[], indexes))
  }

  function keep() {
    store.state.collections = Object.fromEntries(
      Array.from(collections, ([namespace, { documents, indexes }]) => [
        namespace,
        { documents: documents.map((document) => EJSON.serialize(document, { relaxed: false })), indexes },
      ]),
    )
    store.save()
  }

  function run(request: Document): Document {
    const answer = runCommand(collections, request)
    if (!reading.has(Object.keys(request)[0] ?? '')) keep()
    return answer
  }

  function sweep() {
    if (settings.down) return
    let removed = 0
    for (const documents of collections.values()) removed += documents.sweep(Date.now())
    if (removed > 0) keep()
  }

  const server = createServer((socket) => {
    if (settings.down) return socket.destroy()
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    speak(socket, run)
  })
  const port = await listenLocally(server, (at, done) => server.listen(at, done), store.state.port)
  store.state.port = port
  store.save()
  let timer = setInterval(sweep, settings.sweepSeconds * 1000).unref()

  const app = new Hono()
  app.get('/', (c) => c.html(page('MongoDB', html`<h1>MongoDB</h1>${table(collections)}`)))
  addSettings(app, Settings, settings, () => {
    clearInterval(timer)
    timer = setInterval(sweep, settings.sweepSeconds * 1000).unref()
    if (settings.down) for (const socket of sockets) socket.destroy()
  })

  return {
    name: 'mongo',
    app,
    environment: {
      MONGODB_URI: `mongodb://127.0.0.1:${port}/${options.rehearsal ? 'lms' : 'sandbox'}?directConnection=true`,
    },
    panel: async () => `${await table(collections)}`,
    async close() {
      clearInterval(timer)
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
      await store.close()
    },
  }
}

function table(collections: Collections) {
  if (collections.size === 0) return html`<p>No collections yet.</p>`
  return html`<table>
    <thead><tr><th>Collection</th><th>Documents</th><th>Indexes</th></tr></thead>
    <tbody>${Array.from(
      collections.values(),
      ({ namespace, documents, indexes }) =>
        html`<tr><td>${namespace}</td><td>${documents.length}</td><td>${indexes.map(({ name }) => name).join(', ')}</td></tr>`,
    )}</tbody>
  </table>`
}
