import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { mailsTo } from '../../../test/mailbox'
import { type Course, course, give, type Person, person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { auditEvents, courses, orders } from '../../db/schema'
import { paths } from '../../paths'

const world = fileWorld()
let admin: Person
beforeAll(async () => {
  admin = await person(world, { role: 'admin', name: 'Divya Rao' })
})

const suspend = (made: Course, reason = 'Two complaints about copied videos') =>
  admin.browser.post(paths.courseSuspension(made.id), { reason })
const rowOf = async ({ id }: Course) =>
  (await world.services.db.select().from(courses).where(eq(courses.id, id)))[0]
const auditOf = (id: string) =>
  world.services.db.select().from(auditEvents).where(eq(auditEvents.subjectId, id))

describe('a course that an administrator takes off sale', () => {
  it('is nowhere to be found or bought at once', async () => {
    const title = 'Zebrafinches and their songs'
    const made = await course(world, { title, previews: 1 })
    const student = await person(world)
    const [preview] = made.chapters
    const places = [
      paths.home(),
      paths.courses(),
      paths.courses({ q: 'zebrafinches' }),
      paths.sitemapFile('1.xml'),
    ]
    for (const place of places) expect((await student.browser.get(place)).html).toContain(made.slug)

    const answer = await suspend(made)
    expect(answer).toMatchObject({ status: 303, location: paths.adminCourse(made.id) })
    for (const place of places) expect((await student.browser.get(place)).html).not.toContain(made.slug)
    for (const path of [paths.course(made.slug), paths.chapter(made.slug, preview?.id ?? '')]) {
      expect((await world.browser().get(path)).status).toBe(404)
      expect((await student.browser.get(path)).status).toBe(404)
    }
    expect((await student.browser.post(paths.buy(made.slug))).status).toBe(404)
    expect(await world.services.db.select().from(orders).where(eq(orders.courseId, made.id))).toEqual([])
  })

  it('opens no second order where one was begun before', async () => {
    const made = await course(world)
    const student = await person(world)
    expect((await student.browser.post(paths.buy(made.slug))).status).toBeLessThan(400)
    await suspend(made)
    expect((await student.browser.post(paths.buy(made.slug))).status).toBe(404)
  })

  it('cannot be joined when it is free', async () => {
    const made = await course(world, { pricePaise: 0 })
    await suspend(made)
    const student = await person(world)
    expect((await student.browser.post(paths.buy(made.slug))).status).toBe(404)
    expect((await student.browser.get(paths.learn(made.slug))).status).toBe(404)
  })

  it('goes on as before for who owns it, and its page says that it is not on sale', async () => {
    const made = await course(world)
    const buyer = await person(world)
    await give(world, buyer, made)
    await suspend(made)
    const page = await buyer.browser.get(paths.course(made.slug))
    expect(page.status).toBe(200)
    expect(page.html).toContain('no longer on sale')
    const lesson = await buyer.browser.get(paths.chapter(made.slug, made.chapters[1]?.id ?? ''))
    expect(lesson.$('mux-player')).toHaveLength(1)
    expect((await buyer.browser.get(paths.learning())).html).toContain(made.title)
  })

  it('tells its instructor why, on its page and by one mail, and does not let them publish it', async () => {
    const owner = await person(world, { role: 'instructor' })
    const made = await course(world, { owner, title: 'Copied from elsewhere' })
    await suspend(made)
    await suspend(made, 'Another reason')
    await world.runJobs()
    const mails = await mailsTo(world, owner)
    expect(mails.map(({ subject }) => subject)).toEqual(['Taken off sale: Copied from elsewhere'])
    expect(mails[0]?.text).toContain('Two complaints about copied videos')

    const page = await owner.browser.get(paths.teachCourse(made.id))
    expect(page.$('#course-state').text()).toContain('Two complaints about copied videos')
    expect((await owner.browser.get(paths.teach())).$('tbody').text()).toContain('Taken off sale')
    await owner.browser.post(paths.teachPublicationDelete(made.id))
    const refused = await owner.browser.post(paths.teachPublication(made.id))
    expect(refused.status).toBe(422)
    expect(refused.$('[role=alert]').text()).toContain('Only an administrator can put it back.')
    expect(await rowOf(made)).toMatchObject({ isPublished: false, suspendedAt: expect.any(Date) })
  })

  it('is back when it is lifted, and both are kept with who and why', async () => {
    const made = await course(world)
    await suspend(made)
    await admin.browser.post(paths.courseSuspensionDelete(made.id))
    await admin.browser.post(paths.courseSuspensionDelete(made.id))
    expect((await world.browser().get(paths.course(made.slug))).status).toBe(200)
    expect(await auditOf(made.id)).toMatchObject([
      { action: 'suspend-course', actorId: admin.id, reason: 'Two complaints about copied videos' },
      { action: 'lift-course-suspension', actorId: admin.id },
    ])
    const page = await admin.browser.get(paths.adminCourse(made.id))
    expect(page.$('.audit li').first().text()).toContain(`Divya Rao put ${made.title} back on sale.`)
  })

  it('needs a reason: the form comes back with the message at the field', async () => {
    const made = await course(world)
    for (const reason of ['', '  ', 'x'.repeat(501)]) {
      const answer = await suspend(made, reason)
      expect([answer.status, answer.$('#suspension-reason').attr('aria-invalid')]).toEqual([422, 'true'])
    }
    expect((await suspend(made, 'x'.repeat(501))).$('#suspension-reason').text()).toBe('x'.repeat(501))
    expect((await rowOf(made))?.suspendedAt).toBeNull()
  })
})

describe('the list of courses', () => {
  it('finds by title, instructor, email and address, in every state', async () => {
    const owner = await person(world, { role: 'instructor', name: 'Pankhuri Quillfeather' })
    const draft = await course(world, { owner, title: 'Unfinished draft of weaving', isPublished: false })
    const sold = await course(world, { owner, title: 'Weaving for beginners' })
    const find = async (query: Record<string, string>) => {
      const page = await admin.browser.get(paths.adminCourses(query))
      return page
        .$('tbody tr td:first-child a')
        .map((_, a) => page.$(a).attr('href'))
        .get()
    }
    const [draftPage, soldPage] = [paths.adminCourse(draft.id), paths.adminCourse(sold.id)]
    expect(await find({ q: 'weaving' })).toEqual([soldPage, draftPage])
    expect(await find({ q: 'QUILLFEATHER' })).toEqual([soldPage, draftPage])
    expect(await find({ q: 'weaving quill begin' })).toEqual([soldPage])
    expect(await find({ q: owner.email.slice(4, 30) })).toEqual([soldPage, draftPage])
    expect(await find({ q: draft.slug })).toEqual([draftPage])
    expect(await find({ q: 'weaving', state: 'draft' })).toEqual([draftPage])
    expect(await find({ q: 'weaving', state: 'suspended' })).toEqual([])
    await suspend(sold)
    expect(await find({ q: 'weaving', state: 'suspended' })).toEqual([soldPage])
    expect(await find({ q: '100%' })).toEqual([])
  })

  it('shows the facts and the lessons of a course that is not on sale', async () => {
    const draft = await course(world, { isPublished: false })
    const page = await admin.browser.get(paths.adminCourse(draft.id))
    expect(page.$('h1').text()).toBe(draft.title)
    for (const { title } of draft.chapters) expect(page.$('#lessons').text()).toContain(title)
  })
})
