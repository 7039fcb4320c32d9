import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { load } from 'cheerio'
import { openGoogleSandbox } from '../../sandbox/google/server'
import { type ServedPart, servePart } from '../../sandbox/serve'
import { type GoogleConfig, readConfig } from '../../src/config'
import { openGoogle } from '../../src/ports/identity/google'

export const origin = 'http://localhost:3000'
export const asha = { sub: '1', email: 'asha@gmail.com', email_verified: true, name: 'Asha' }

export type Harness = Awaited<ReturnType<typeof openHarness>>

/** The sandbox on a real port, the real adapter, and a browser that follows no redirects. */
export async function openHarness() {
  const dataDir = await mkdtemp(join(tmpdir(), 'google-'))
  const open = () => servePart('/google', openGoogleSandbox, { dataDir, appOrigin: () => origin })
  let served: ServedPart = await open()
  const config = configure(served)
  let google = openGoogle(config, origin)

  const set = (settings: unknown) =>
    fetch(`${served.base}/settings`, { method: 'POST', body: JSON.stringify(settings) })
  /** Where the browser ends up after one address, without going there. */
  const visit = async (url: string) => {
    const answer = await fetch(url, { redirect: 'manual' })
    return { status: answer.status, to: answer.headers.get('location') ?? '', body: await answer.text() }
  }
  async function codeFor(person: object, url: string): Promise<string> {
    await set({ next: person })
    const { to } = await visit(url)
    return new URL(to).searchParams.get('code') ?? ''
  }

  return {
    get base() {
      return served.base
    },
    get part() {
      return served.part
    },
    get google() {
      return google
    },
    config,
    set,
    visit,
    codeFor,
    async signIn(person: object) {
      const { url, attempt } = google.begin()
      return google.finish(await codeFor(person, url), attempt, new Date())
    },
    /** Presses a button of the chooser: what its form would ask for. */
    async press(url: string, button: string, typed: Record<string, string> = {}) {
      const $ = load((await visit(url)).body)
      const chosen = $('button')
        .filter((_, one) => $(one).text().includes(button))
        .first()
      const form = chosen.closest('form')
      const query = new URLSearchParams(typed)
      for (const field of form.find('input[type=hidden]'))
        query.set($(field).attr('name') ?? '', $(field).attr('value') ?? '')
      const name = chosen.attr('name')
      if (name) query.set(name, chosen.attr('value') ?? '')
      return visit(`${form.attr('action')}?${query}`)
    },
    /** Restarts the sandbox on the same data. */
    async restart() {
      await served.close()
      served = await open()
      const addresses = {
        GOOGLE_AUTHORIZATION_ENDPOINT: `${served.base}/authorize`,
        GOOGLE_TOKEN_ENDPOINT: `${served.base}/token`,
        GOOGLE_ISSUER: served.base,
      }
      google = openGoogle({ ...config, ...addresses }, origin)
    },
    async close() {
      await served.close()
      await rm(dataDir, { recursive: true })
    },
  }
}

function configure(served: ServedPart): GoogleConfig {
  const { google } = readConfig({
    APP_ORIGIN: origin,
    DATABASE_URL: 'mysql://127.0.0.1/x',
    APP_SECRET: 'x'.repeat(32),
    ...served.part.environment,
  })
  if (!google) throw new Error('The sandbox gave no configuration')
  return google
}
