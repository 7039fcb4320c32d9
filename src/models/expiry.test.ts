import { getTableColumns, getTableName, is } from 'drizzle-orm'
import { MySqlTable } from 'drizzle-orm/mysql-core'
import { describe, expect, it } from 'vitest'
import { course, person } from '../../test/people'
import { fileWorld } from '../../test/world'
import * as schema from '../db/schema'
import { newId } from '../ids'
import { daySeconds, hourSeconds, later } from '../rules/time'
import { claimCleanUp, deleteExpired, expiring } from './expiry'

const world = fileWorld()
const {
  jobs,
  knownDevices,
  limits,
  passwordResetRequests,
  sessions,
  verificationTokens,
  videoUploads,
  webhookEvents,
} = schema
const states = ['waiting', 'preparing', 'ready', 'errored', 'cancelled'] as const

/** One row of each kind that is over at `end`, and of uploads one in each state. */
async function addRows(mark: string, end: Date): Promise<void> {
  const { db } = world.services
  const owner = await person(world, { role: 'instructor' })
  const { chapters } = await course(world, { owner, chapters: 1 })
  await db.insert(sessions).values({
    id: newId(),
    tokenHash: mark,
    userId: owner.id,
    device: mark,
    expiresAt: end,
    lastSeenAt: end,
  })
  await db.insert(knownDevices).values({
    ...{ id: newId(), userId: owner.id, tokenHash: mark, device: mark },
    ...{ knownSince: end, lastUsedAt: end, expiresAt: end },
  })
  await db.insert(limits).values({ key: mark, count: 1, endsAt: end })
  await db.insert(passwordResetRequests).values({ id: newId(), email: mark, lastReset: end.getTime() })
  const token = { identifier: mark, tokenHash: mark, purpose: 'reset-link' }
  await db.insert(verificationTokens).values({ ...token, expiresAt: end })
  const event = { id: newId(), source: 'mux', eventId: mark, type: 'other', payload: {}, outcome: '' }
  await db.insert(webhookEvents).values({ ...event, receivedAt: end })
  await db.insert(jobs).values({ id: newId(), kind: mark, payload: {}, runAt: end, deadAt: end })
  for (const state of states) {
    const upload = { id: newId(), chapterId: chapters[0]?.id, vendorUploadId: `${mark}-${state}`, state }
    await db.insert(videoUploads).values({ ...upload, updatedAt: end })
  }
}

/** What is left of the rows with this mark, as table names and the states of uploads. */
async function rowsOf(mark: string): Promise<string[]> {
  const left: string[] = []
  for (const { table } of expiring) {
    for (const row of await world.services.db.select().from(table)) {
      if (Object.values(row).includes(mark)) left.push(getTableName(table))
      const upload = states.find((state) => Object.values(row).includes(`${mark}-${state}`))
      if (upload) left.push(upload)
    }
  }
  return left
}

const all = [
  'sessions',
  'known_devices',
  'limits',
  'password_reset_requests',
  'verification_tokens',
  'webhook_events',
  'jobs',
  ...states,
]

describe('what is over', () => {
  it('goes when its time has come, and nothing before', async () => {
    const now = world.services.now()
    await addRows('over', now)
    await addRows('later', later(now, 91 * daySeconds))
    await addRows('soon', later(now, hourSeconds / 2))
    await deleteExpired(world.services)
    expect(await rowsOf('over')).toEqual(all.slice(3))
    expect(await rowsOf('soon')).toEqual(all)
    world.advance(hourSeconds)
    await deleteExpired(world.services)
    expect(await rowsOf('over')).toEqual(['verification_tokens', 'webhook_events', 'jobs', ...states])
    world.advance(23 * hourSeconds)
    await deleteExpired(world.services)
    expect(await rowsOf('over')).toEqual(['webhook_events', 'jobs', ...states])
    world.advance(89 * daySeconds - hourSeconds)
    expect(await deleteExpired(world.services)).toMatchObject({ webhook_events: 0, video_uploads: 0 })
    world.advance(hourSeconds)
    await deleteExpired(world.services)
    expect(await rowsOf('over')).toEqual(['waiting', 'preparing'])
    expect(await rowsOf('later')).toEqual(all)
  })

  it('goes to the last row, however many there are', async () => {
    const endsAt = world.services.now()
    const key = (n: number) => `many-${n}`
    await world.services.db
      .insert(limits)
      .values(Array.from({ length: 450 }, (_, n) => ({ key: key(n), count: 1, endsAt })))
    const [one, other] = await Promise.all([deleteExpired(world.services), deleteExpired(world.services)])
    expect((one.limits ?? 0) + (other.limits ?? 0)).toBe(450)
    expect(await deleteExpired(world.services)).toMatchObject({ limits: 0 })
  })

  it('stays while its process is told to stop', async () => {
    const endsAt = world.services.now()
    await world.services.db.insert(limits).values({ key: 'stopped', count: 1, endsAt })
    expect(await deleteExpired(world.services, () => false)).toMatchObject({ limits: 0 })
    expect(await rowsOf('stopped')).toEqual(['limits'])
  })

  it('is known for every table whose rows end by themselves', () => {
    const ending = Object.values(schema).flatMap((one) =>
      is(one, MySqlTable) && ('expiresAt' in getTableColumns(one) || 'endsAt' in getTableColumns(one))
        ? [getTableName(one)]
        : [],
    )
    // The end of a Google token ends nothing here.
    const known = [...expiring.map(({ table }) => getTableName(table)), 'accounts']
    expect(ending.filter((table) => !known.includes(table))).toEqual([])
  })
})

describe('the clean-up', () => {
  it('is done once a day by one of those who could', async () => {
    const claims = async () => {
      const made = await Promise.all(Array.from({ length: 5 }, () => claimCleanUp(world.services)))
      return made.filter(Boolean).length
    }
    expect(await claims()).toBe(1)
    world.advance(23 * hourSeconds)
    expect(await claims()).toBe(0)
    world.advance(hourSeconds)
    expect(await claims()).toBe(1)
    expect(await claims()).toBe(0)
  })
})
