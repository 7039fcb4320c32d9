import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { course, type Person, person } from '../../../test/people'
import { openWorld, type World } from '../../../test/world'
import { users } from '../../db/schema'
import { paths } from '../../paths'

let open: World
let approval: World
let admin: Person
beforeAll(async () => {
  open = await openWorld()
  approval = await openWorld({ environment: { INSTRUCTOR_SIGNUP: 'approval' } })
  admin = await person(approval, { role: 'admin' })
})
afterAll(async () => {
  await open.close()
  await approval.close()
})

const rowOf = async (world: World, { id }: Person) =>
  (await world.services.db.select().from(users).where(eq(users.id, id)))[0]
const ask = (who: Person) => who.browser.post(paths.accountTeaching())
const text = async (who: Person) => (await who.browser.get(paths.teach())).$('main').text()

describe('becoming an instructor', () => {
  it('takes one click with a verified email address', async () => {
    const student = await person(open)
    const invitation = await student.browser.get(paths.teach())
    expect(invitation.$(`form[action="${paths.accountTeaching()}"] button`).text()).toBe(
      'Become an instructor',
    )
    expect(await ask(student)).toMatchObject({ status: 303, location: paths.teach() })
    expect((await rowOf(open, student))?.role).toBe('instructor')
    const page = await student.browser.get(paths.teach())
    expect(page.$('.site-notice').text()).toContain('You are an instructor now.')
    expect(page.$('h1').text()).toBe('Your courses')
  })

  it('is refused while the email address is not verified', async () => {
    for (const world of [open, approval]) {
      const student = await person(world, { isVerified: false })
      expect(
        (await student.browser.get(paths.teach())).$(`form[action="${paths.accountTeaching()}"]`),
      ).toHaveLength(0)
      const answer = await ask(student)
      expect([answer.status, answer.$('main [role=alert]').text()]).toEqual([
        403,
        'Verify your email address first, then come back here.',
      ])
      expect(answer.$(`main a[href="${paths.verifyEmail()}"]`)).toHaveLength(1)
      expect(await rowOf(world, student)).toMatchObject({ role: 'student', teachingRequestedAt: null })
    }
  })

  it('changes nothing for instructors and administrators', async () => {
    for (const role of ['instructor', 'admin'] as const) {
      const someone = await person(approval, { role, isVerified: false })
      expect(await ask(someone)).toMatchObject({ status: 303, location: paths.teach() })
      expect(await rowOf(approval, someone)).toMatchObject({ role, teachingRequestedAt: null })
    }
  })

  it('sends a visitor to sign in and on to a page', async () => {
    const visitor = open.browser()
    expect((await visitor.post(paths.accountTeaching())).location).toBe(paths.signIn({ next: paths.teach() }))
    expect((await visitor.get(paths.teach())).location).toBe(paths.signIn({ next: paths.teach() }))
  })

  it('happens once when requested many times at once', async () => {
    const student = await person(open)
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask(student)))
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 303, 303])
  })
})

describe('becoming an instructor with approval', () => {
  it('keeps the request and shows that it is waiting', async () => {
    const student = await person(approval, { name: 'Ravi Menon' })
    expect((await ask(student)).status).toBe(303)
    const since = (await rowOf(approval, student))?.teachingRequestedAt
    expect(since).not.toBeNull()
    expect((await rowOf(approval, student))?.role).toBe('student')
    expect(await text(student)).toContain('Your request is waiting')
    approval.advance(60)
    await ask(student)
    expect((await rowOf(approval, student))?.teachingRequestedAt).toEqual(since)
    expect((await admin.browser.get(paths.people())).$('#teaching-requests').text()).toContain('Ravi Menon')
    expect((await admin.browser.get(paths.person(student.id))).$('#teaching form')).toHaveLength(2)
  })

  it('is approved once', async () => {
    const student = await person(approval, { name: 'Sita Rao' })
    await ask(student)
    const answers = await Promise.all([
      admin.browser.post(paths.personTeaching(student.id)),
      admin.browser.post(paths.personTeaching(student.id)),
    ])
    expect(answers.map(({ status, location }) => [status, location])).toEqual([
      [303, paths.people()],
      [303, paths.people()],
    ])
    expect(await rowOf(approval, student)).toMatchObject({ role: 'instructor', teachingRequestedAt: null })
    expect((await student.browser.get(paths.teach())).$('h1').text()).toBe('Your courses')
    await admin.browser.post(paths.personTeachingDelete(student.id))
    expect((await rowOf(approval, student))?.role).toBe('instructor')
    expect((await admin.browser.get(paths.people())).$('.site-notice').text()).toContain(
      'Nothing has changed',
    )
  })

  it('is declined, and can be requested again', async () => {
    const student = await person(approval)
    await ask(student)
    expect((await admin.browser.post(paths.personTeachingDelete(student.id))).status).toBe(303)
    expect(await rowOf(approval, student)).toMatchObject({ role: 'student', teachingRequestedAt: null })
    expect(await text(student)).toContain('Become an instructor')
    await admin.browser.post(paths.personTeaching(student.id))
    expect((await rowOf(approval, student))?.role).toBe('student')
    await ask(student)
    expect(await text(student)).toContain('Your request is waiting')
  })

  it('needs a request', async () => {
    const student = await person(approval)
    await admin.browser.post(paths.personTeaching(student.id))
    expect((await rowOf(approval, student))?.role).toBe('student')
  })

  it('forgets the request when an administrator changes the role', async () => {
    const student = await person(approval)
    await ask(student)
    await admin.browser.post(paths.personRole(student.id), { role: 'instructor' })
    expect(await rowOf(approval, student)).toMatchObject({ role: 'instructor', teachingRequestedAt: null })
  })
})

describe('the page of an instructor', () => {
  it('lists their own courses, drafts too, and nobody else’s', async () => {
    const instructor = await person(open, { role: 'instructor' })
    await course(open, { owner: instructor, title: 'Mine on sale' })
    await course(open, { owner: instructor, title: 'Mine as draft', isPublished: false })
    await course(open, { title: 'Somebody else’s' })
    const page = await text(instructor)
    expect(page).toContain('Mine on sale')
    expect(page).toContain('Mine as draft')
    expect(page).not.toContain('Somebody else’s')
  })
})
