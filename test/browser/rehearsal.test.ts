import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { buildServer } from '../../bin/build/server'
import { createDatabase } from '../../bin/database/server'
import { openAuthority } from '../../bin/rehearsal/authority'
import { openRehearsal, type Rehearsal } from '../../bin/rehearsal/rehearsal'
import { readConfig } from '../../src/config'
import { connect } from '../../src/db/connect'
import { openServices } from '../../src/services'
import { type Course, course } from '../people'
import type { World } from '../world'
import { openChromium, uploadClip } from './chromium'

/** The shipped server at https, with the vendors behind their own names. */
let rehearsal: Rehearsal
let browser: Browser
let offered: Course
let dir: string
const lines: string[] = []
const closing: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'lms-rehearsal-'))
  const name = `lms_test_${crypto.randomUUID().replaceAll('-', '')}`
  const [url, authority] = await Promise.all([
    createDatabase(inject('databaseUrl'), name),
    openAuthority(),
    buildServer(join(dir, 'dist')),
  ])
  rehearsal = await openRehearsal({
    ...{ dir, authority, database: { url }, port: 0, sandboxPort: 0 },
    output: (line) => lines.push(line),
  })
  closing.unshift(() => rehearsal.close())
  if ((await rehearsal.run([join(dir, 'dist/migrate.js')])) !== 0) throw new Error(lines.join('\n'))
  await rehearsal.start(join(dir, 'dist/server.js')).catch((error) => {
    throw new Error(`${error.message}\n${lines.join('\n')}`)
  })
  offered = await offerCourse(url)
  browser = await openChromium({ args: rehearsal.browserArguments })
  closing.unshift(() => browser.close())
})
afterAll(async () => {
  for (const close of closing) await close()
  await rm(dir, { recursive: true, force: true })
})

/** Written beside the application, as its own processes would; the video goes to Mux's own names. */
async function offerCourse(url: string): Promise<Course> {
  const connection = connect({ uri: url, connectionLimit: 2 })
  closing.unshift(() => connection.close())
  const services = openServices(readConfig(rehearsal.environment), connection.db)
  closing.unshift(async () => services.otp?.close())
  const world = { services, browser: () => ({ cookies: new Map() }) } as unknown as World
  const made = await course(world, { title: 'Curtains and cues', pricePaise: 99_900, chapters: 2 })
  await uploadClip(world, made, 0)
  return made
}

it('starts', async () => {
  expect(offered.slug).toBeTruthy()
  const page = await browser.newPage()
  await page.goto(rehearsal.origin)
  console.log(await page.title())
})
