import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { users } from '../src/db/schema'
import { person } from '../test/people'
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
    await expect(admin(['nobody@example.com'], {}, nowhere())).rejects.toThrow('DATABASE_URL is missing')
    for (const args of [[], ['asha'], ['a@example.com', 'b@example.com']])
      await expect(admin(args, database(), nowhere())).rejects.toThrow('Usage')
  })
})
