import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditEvents, users } from '../src/db/schema'
import { mailsTo } from '../test/mailbox'
import { memberPassword } from '../test/member'
import { person } from '../test/people'
import { twoFactorMember } from '../test/two-factor'
import { fileWorld } from '../test/world'
import { admin } from './admin'

const world = fileWorld()
let dir = ''
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'lms-admin-'))
})
afterAll(async () => {
  rmSync(dir, { recursive: true })
})

const nowhere = () => join(dir, 'nowhere')
const database = () => ({ DATABASE_URL: world.environment.DATABASE_URL })

describe('npm run admin', () => {
  it('makes an account an administrator, and says when it is one', async () => {
    const someone = await person(world, { name: 'Asha Verma' })
    const run = (email: string) => admin([email], database(), nowhere())
    expect(await run(` ${someone.email.toUpperCase()} `)).toBe(
      `Asha Verma <${someone.email}> is an administrator now.`,
    )
    const [row] = await world.services.db.select().from(users).where(eq(users.id, someone.id))
    expect(row?.role).toBe('admin')
    expect(await run(someone.email)).toBe(`Asha Verma <${someone.email}> is an administrator already.`)
    expect((await someone.browser.get('/admin')).status).toBe(200)
  })

  it('lifts a suspension, and says so', async () => {
    const someone = await person(world)
    await world.services.db.update(users).set({ suspendedAt: new Date() }).where(eq(users.id, someone.id))
    expect(await admin([someone.email], database(), nowhere())).toContain(
      'The suspension of the account is lifted.',
    )
    expect((await someone.browser.get('/admin')).status).toBe(200)
  })

  it('ends the two-factor sign-in of who lost the phone, with their sessions, and tells them', async () => {
    const someone = await twoFactorMember(world, { name: 'Asha Verma' })
    const run = () => admin([someone.email.toUpperCase(), '--reset-two-factor'], database(), nowhere())
    expect(await run()).toBe(
      `Two-factor sign-in of Asha Verma <${someone.email}> is off, they are signed out everywhere, and an email tells them.`,
    )
    expect((await someone.browser.get('/account')).status).toBe(303)
    const browser = world.browser()
    await browser.post('/sign-in', { email: someone.email, password: memberPassword })
    expect((await browser.get('/account')).status).toBe(200)
    expect((await browser.get('/admin')).status).toBe(404)
    await world.runJobs()
    expect((await mailsTo(world, someone))[0]?.subject).toContain('Two-factor sign-in was reset')
    const { db } = world.services
    const events = await db.select().from(auditEvents).where(eq(auditEvents.subjectId, someone.id))
    expect(events.map(({ action, actorId }) => [action, actorId])).toEqual([['reset-two-factor', null]])
    expect(await run()).toBe(`Asha Verma <${someone.email}> has no two-factor sign-in.`)
    expect((await browser.get('/account')).status).toBe(200)
  })

  it('uses the database that development runs when none is named', async () => {
    const someone = await person(world)
    const file = join(dir, 'url')
    writeFileSync(file, `${world.environment.DATABASE_URL}\n`)
    expect(await admin([someone.email], {}, file)).toContain('is an administrator now.')
    await expect(admin([someone.email], { NODE_ENV: 'production' }, file)).rejects.toThrow(
      'DATABASE_URL is missing',
    )
  })

  it('refuses with what is wrong', async () => {
    await expect(admin(['nobody@example.com'], database(), nowhere())).rejects.toThrow('There is no account')
    await expect(admin(['nobody@example.com', '--reset-two-factor'], database(), nowhere())).rejects.toThrow(
      'There is no account',
    )
    await expect(admin(['nobody@example.com'], {}, nowhere())).rejects.toThrow('DATABASE_URL is missing')
    for (const args of [
      ...[[], ['asha'], ['a@example.com', 'b@example.com'], ['a@example.com', '--reset']],
      ...[['--reset-two-factor'], ['a@example.com', '--reset-two-factor', '--reset-two-factor']],
    ])
      await expect(admin(args, database(), nowhere())).rejects.toThrow('Usage')
  })
})
