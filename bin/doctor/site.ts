import { mkdtemp, readFile, rm, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import { type Ask, type Check, ok, unasked, wrong } from '../../src/check'
import { type Config, isPublic } from '../../src/config'
import { parseJson } from '../../src/json'
import { paths } from '../../src/paths'
import type { Clock } from './ask'

const Ready = z.object({ missing: z.array(z.string()) })

export function checkOrigin({ APP_ORIGIN: origin }: Config): Check {
  if (origin.startsWith('https://')) return ok('APP_ORIGIN', origin)
  if (!isPublic(origin)) return ok('APP_ORIGIN', `${origin}, which does not leave this machine`)
  return wrong(
    'APP_ORIGIN',
    `${origin} is no https, so cookies and passwords travel open`,
    'put a proxy with a certificate in front, such as Caddy, and write APP_ORIGIN with https://',
  )
}

/** The running site, as strangers reach it. */
export async function checkReach({ APP_ORIGIN: origin }: Config, ask: Ask): Promise<Check[]> {
  const click = `start the site, and let ${origin} lead to it (name, proxy, certificate)`
  let answer: Response
  try {
    answer = await ask(origin + paths.healthReady())
  } catch (error) {
    const { cause } = error as { cause?: unknown }
    const said = cause instanceof Error ? cause.message : (error as Error).message
    return [wrong('reachable', `${origin} does not answer: ${said}`, click)]
  }
  const said = Ready.safeParse(parseJson(await answer.text())).data
  if (!said) return [wrong('reachable', `something else than this site answers (${answer.status})`, click)]
  const ready =
    said.missing.length === 0
      ? ok('reachable', 'the site answers, and is ready')
      : wrong('ready', said.missing.join('; '), mendFor(said.missing.join()))
  return [ready, await checkWebhookAddress(origin, ask)]
}

const mendFor = (missing: string) =>
  missing.includes('cache')
    ? 'npx wrangler hyperdrive update ID --caching-disabled'
    : missing.includes('migrate')
      ? 'npm run migrate'
      : `look at the log of the site, and at ${paths.adminHealth()}`

/** An unsigned message is refused by the site itself, and by nobody before it. */
async function checkWebhookAddress(origin: string, ask: Ask): Promise<Check> {
  const what = 'webhooks'
  const url = origin + paths.muxWebhook()
  const { status } = await ask(url, { method: 'POST', body: '{}' })
  if (status === 400 || status === 503) return ok(what, 'their addresses reach the site')
  return wrong(
    what,
    `${url} answers ${status}`,
    'let your proxy or firewall pass POST to /webhooks/ as it is',
  )
}

const patienceMs = 60_000

/** Signatures and codes live by the clock; the vendors agree with each other. */
export function checkClock(clocks: Clock[]): Check {
  const others = clocks.filter(({ host }) => host !== '')
  if (others.length === 0) return unasked('clock', 'no service has told its time')
  const worst = others.toSorted((a, b) => Math.abs(b.aheadMs) - Math.abs(a.aheadMs))[0] as Clock
  const seconds = Math.round(Math.abs(worst.aheadMs) / 1000)
  if (Math.abs(worst.aheadMs) < patienceMs)
    return ok('clock', `agrees with ${others.length} answers, to ${seconds} s`)
  const direction = worst.aheadMs > 0 ? 'behind' : 'ahead of'
  return wrong('clock', `${seconds} s ${direction} ${worst.host}`, 'timedatectl set-ntp true')
}

/** Uploads and logs need a little; databases beside it more. */
export async function checkDisk(folder = tmpdir()): Promise<Check> {
  try {
    const own = await mkdtemp(join(folder, 'doctor-'))
    try {
      const written = Buffer.alloc(64 * 1024, 7)
      await writeFile(join(own, 'probe'), written)
      if (!written.equals(await readFile(join(own, 'probe'))))
        return wrong('disk', `${folder} does not give back what was written`, 'look at the disk')
    } finally {
      await rm(own, { recursive: true, force: true })
    }
    const { bavail, blocks } = await statfs(folder)
    const percent = Math.floor((100 * bavail) / Math.max(1, blocks))
    if (percent >= 3) return ok('disk', `takes a write, ${percent} % free`)
    return wrong('disk', `${percent} % free`, `make room on the disk of ${folder}`)
  } catch (error) {
    const { code } = error as { code?: string }
    return wrong(
      'disk',
      `${folder} does not take a write (${code})`,
      `let this user write to ${folder}, or make room`,
    )
  }
}
