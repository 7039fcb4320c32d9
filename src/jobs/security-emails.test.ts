import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { continueWithGoogle, googleUser, userWithPassword } from '../../test/google'
import { mailsTo } from '../../test/mailbox'
import { type Person, person } from '../../test/people'
import { fileWorld } from '../../test/world'
import { jobs, users } from '../db/schema'
import { makeAdmin } from '../models/admin/role'
import { addJob } from '../models/job'
import { paths } from '../paths'

const world = fileWorld()
let admin: Person
beforeAll(async () => {
  admin = await person(world, { role: 'admin' })
})

const told = async (who: { email: string }) => {
  await world.runJobs()
  return mailsTo(world, who)
}
const roleMails = async (who: { email: string }) =>
  (await told(who)).filter(({ subject }) => subject.startsWith('Your role'))

describe('an email about a role', () => {
  it('tells the person, what they may do now, and nothing when it stays as it was', async () => {
    const someone = await person(world)
    for (const role of ['instructor', 'instructor', 'admin'])
      await admin.browser.post(paths.personRole(someone.id), { role })
    const [second, first, ...others] = await roleMails(someone)
    expect(others).toEqual([])
    expect(first?.text).toContain('from Student to Instructor. You can create and sell courses.')
    expect(second?.text).toContain('from Instructor to Administrator.')
    expect(second?.text).toMatch(/When: \d+ \w+ \d{4}/)
    expect(await roleMails(admin)).toEqual([])
  })

  it('tells of an approved request to teach, and not of a declined one', async () => {
    const [approved, declined] = [await person(world), await person(world)]
    for (const { id } of [approved, declined])
      await world.services.db
        .update(users)
        .set({ teachingRequestedAt: world.services.now() })
        .where(eq(users.id, id))
    await admin.browser.post(paths.personTeaching(approved.id))
    await admin.browser.post(paths.personTeachingDelete(declined.id))
    expect(await roleMails(approved)).toHaveLength(1)
    expect(await roleMails(declined)).toEqual([])
  })

  it('tells who was made an administrator by a command', async () => {
    const someone = await person(world)
    for (let twice = 0; twice < 2; twice += 1) await makeAdmin(world.services, someone.email)
    const [mail, ...others] = await roleMails(someone)
    expect([mail?.text.includes('Administrator'), others]).toEqual([true, []])
  })
})

describe('an email about Google', () => {
  it('tells once that it was unlinked, which account, when and where', async () => {
    const someone = googleUser()
    const owner = await userWithPassword(world, { email: someone.email })
    const browser = world.browser()
    await continueWithGoogle(world, browser, someone)
    const agent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:131.0) Gecko/20100101 Firefox/131.0'
    for (let twice = 0; twice < 2; twice += 1)
      await browser.post(paths.googleUnlink(), {}, { 'User-Agent': agent })
    const mails = (await told(owner)).filter(({ subject }) => subject.includes('unlinked'))
    expect(mails).toHaveLength(1)
    for (const text of [mails[0]?.text, mails[0]?.html]) {
      expect(text).toContain(`The Google account ${someone.email} was just unlinked`)
      expect(text).toContain('Device: Firefox on Windows')
      expect(text).toContain('When: ')
    }
  })
})

describe('an email about an account', () => {
  it('is sent for a job that an earlier version has queued, without what it does not know', async () => {
    const someone = await person(world)
    await addJob(world.services, 'mail-password-changed', { email: someone.email })
    const [mail] = await told(someone)
    expect(mail?.text).toContain('Your password was just changed')
    expect(mail?.text).not.toMatch(/When|Device|undefined|null/)
  })

  it('is not sent once the account is deleted', async () => {
    const someone = await person(world)
    const event = { device: 'Test browser', at: world.services.now().toISOString() }
    await addJob(world.services, 'mail-new-device', { userId: someone.id, ...event })
    await someone.browser.post(paths.accountDelete(), { email: someone.email })
    expect(await told(someone)).toEqual([])
    expect(await world.services.db.select().from(jobs)).toEqual([])
  })
})
