import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { type ServedPart, servePart } from '../../sandbox/serve'
import { openUploadThingSandbox } from '../../sandbox/uploadthing/server'
import { readConfig, type UploadThingConfig } from '../../src/config'
import { AppError } from '../../src/errors'
import type { Files, StoredFile, UploadRoute, UploadRoutes } from '../../src/ports/files/files'
import { openUploadThing } from '../../src/ports/files/uploadthing'

export const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])
export const picture = () => new File([png], 'cat ünd dog.png', { type: 'image/png' })

export type Harness = Awaited<ReturnType<typeof openHarness>>

/**
 * The sandbox on a real port, the real adapter in front of it, an application with two routes of
 * uploads, and what a browser does with them.
 */
export async function openHarness() {
  const dataDir = await mkdtemp(join(tmpdir(), 'uploadthing-'))
  let origin = ''
  let files: Files | undefined
  const stored: { uploader: Record<string, string>; file: StoredFile }[] = []
  const application = { keeps: () => {} }

  const route = (access: 'public' | 'private'): UploadRoute<null> => ({
    types: ['image/png', 'text/plain'],
    maxBytes: 1000,
    maxCount: 2,
    access,
    async authorize(_caller, input) {
      if (input === null) throw new AppError('unauthenticated', 'Please sign in first.')
      if (typeof input !== 'object' || input === undefined || !('courseId' in input)) throw new Error('a bug')
      return { courseId: String(input.courseId), userId: 'asha' }
    },
    async save(_caller, uploader, file) {
      application.keeps()
      stored.push({ uploader, file })
    },
  })
  const routes: UploadRoutes<null> = { courseImage: route('public'), courseAttachment: route('private') }

  const open = () => servePart('/uploadthing', openUploadThingSandbox, { dataDir, appOrigin: () => origin })
  let served: ServedPart = await open()
  let app: ReturnType<typeof serve> | undefined
  await new Promise<void>((resolve) => {
    const answer = (request: Request) =>
      files?.handle(request, routes, null) ?? new Response(null, { status: 503 })
    app = serve({ port: 0, hostname: '127.0.0.1', fetch: answer }, ({ port }) => {
      origin = `http://127.0.0.1:${port}`
      resolve()
    })
  })
  const config = configure(origin, served)
  const adapter = openUploadThing(config, origin)
  files = adapter

  /** What a browser asks the application before it sends a file. */
  async function begin(slug: string, file: File, input: unknown = { courseId: '42' }) {
    const { name, size, type, lastModified } = file
    const answer = await fetch(`${origin}/api/uploadthing?actionType=upload&slug=${slug}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ files: [{ name, size, type, lastModified }], input }),
    })
    return { status: answer.status, body: await answer.json() }
  }
  const put = (url: string, file: Blob) => {
    const form = new FormData()
    form.append('file', file)
    return fetch(url, { method: 'PUT', body: form })
  }

  return {
    get base() {
      return served.base
    },
    get part() {
      return served.part
    },
    origin,
    config,
    files: adapter,
    /** What the application was given to keep; `application.keeps` may throw instead. */
    stored,
    application,
    begin,
    put,
    async upload(slug: string, file: File): Promise<{ key: string; ufsUrl: string; serverData: unknown }> {
      const [{ key, url }] = (await begin(slug, file)).body
      const answer = await put(url, file)
      if (answer.status !== 200) throw new Error(`The upload was answered ${answer.status}`)
      return { key, ...(await answer.json()) }
    },
    setDown: (down: boolean) =>
      fetch(`${served.base}/settings`, { method: 'POST', body: JSON.stringify({ down }) }),
    state: async (): Promise<{ files: { key: string; confirmed: boolean }[] }> =>
      (await fetch(`${served.base}/state`)).json(),
    /** The same data, another process as far as it can tell. */
    async restart() {
      await served.close()
      served = await open()
    },
    async close() {
      await served.close()
      await new Promise((resolve) => (app ? app.close(resolve) : resolve(undefined)))
      await rm(dataDir, { recursive: true })
    },
  }
}

function configure(origin: string, served: ServedPart): UploadThingConfig {
  const { uploadthing } = readConfig({
    APP_ORIGIN: origin,
    DATABASE_URL: 'mysql://127.0.0.1/x',
    APP_SECRET: 'x'.repeat(32),
    ...served.part.environment,
  })
  if (!uploadthing) throw new Error('The sandbox gave no configuration')
  return uploadthing
}
