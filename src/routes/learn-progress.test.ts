import type { EventEmitter } from 'node:events'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Course, course, give, type Person, person } from '../../test/people'
import { openWorld, type World } from '../../test/world'
import { attachments, chapters, courses, muxData, purchases, userProgress } from '../db/schema'
import { newId } from '../ids'
import { urls } from '../urls'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

/** Somebody with a course of three lessons of a minute. */
async function learner(): Promise<{ student: Person; owned: Course; ids: [string, string, string] }> {
  const student = await person(world)
  const owned = await course(world, { chapters: 3 })
  await give(world, student, owned)
  const [one = '', two = '', three = ''] = owned.chapters.map(({ id }) => id)
  return { student, owned, ids: [one, two, three] }
}
const kept = (student: Person, chapterId: string) =>
  world.services.db
    .select()
    .from(userProgress)
    .where(and(eq(userProgress.userId, student.id), eq(userProgress.chapterId, chapterId)))
const next = async (student: Person, owned: Course) =>
  (await student.browser.get(urls.learn(owned.slug))).location

describe('the position', () => {
  it('is kept in whole seconds within the video, and is where the player begins', async () => {
    const { student, owned, ids } = await learner()
    const [id] = ids
    for (const [sent, expected] of [
      ['12', 12],
      ['40.75', 40],
      ['0', 0],
      ['999999', 60],
      ['31.5', 31],
    ] as const) {
      const answer = await student.browser.post(urls.position(owned.slug, id), { seconds: sent })
      expect(answer.status).toBe(204)
      expect((await kept(student, id))[0]?.positionSeconds).toBe(expected)
    }
    const { $ } = await student.browser.get(urls.lesson(owned.slug, id))
    expect($('mux-player').attr('start-time')).toBe('31')
    await student.browser.post(urls.position(owned.slug, id), { seconds: '58' })
    const again = await student.browser.get(urls.lesson(owned.slug, id))
    expect(again.$('mux-player').attr('start-time')).toBeUndefined()
  })

  it('refuses nonsense and keeps what was there', async () => {
    const { student, owned, ids } = await learner()
    const address = urls.position(owned.slug, ids[0])
    await student.browser.post(address, { seconds: '20' })
    for (const seconds of ['-1', 'ten', '', '1e3', 'NaN', 'Infinity', '0x10', '1,5', ' 5']) {
      expect((await student.browser.post(address, { seconds })).status, seconds).toBe(422)
    }
    expect((await student.browser.post(address)).status).toBe(422)
    const twice: [string, string][] = [
      ['seconds', '1'],
      ['seconds', '2'],
    ]
    expect((await student.browser.post(address, twice)).status).toBe(422)
    expect((await kept(student, ids[0]))[0]?.positionSeconds).toBe(20)
  })

  it('may come many times at once', async () => {
    const { student, owned, ids } = await learner()
    const all = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        index % 2
          ? student.browser.post(urls.position(owned.slug, ids[0]), { seconds: '9' })
          : student.browser.post(urls.progress(owned.slug, ids[0]), { completed: 'on' }),
      ),
    )
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([204, 303]))
    expect(await kept(student, ids[0])).toMatchObject([{ isCompleted: true, positionSeconds: 9 }])
  })

  it('is kept of no video as its beginning', async () => {
    const { student, owned, ids } = await learner()
    await world.services.db.delete(muxData).where(eq(muxData.chapterId, ids[0]))
    const answer = await student.browser.post(urls.position(owned.slug, ids[0]), { seconds: '5' })
    expect(answer.status).toBe(204)
    expect((await kept(student, ids[0]))[0]?.positionSeconds).toBe(0)
    const page = await student.browser.get(urls.lesson(owned.slug, ids[0]))
    expect(page.$('.player').text()).toContain('no video yet')
    expect((await student.browser.get(urls.player(owned.slug, ids[0]))).status).toBe(404)
  })

  it('is not taken from another site', async () => {
    const { student, owned, ids } = await learner()
    const headers = { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://elsewhere.example' }
    const answer = await student.browser.post(urls.position(owned.slug, ids[0]), { seconds: '5' }, headers)
    expect(answer.status).toBe(403)
    expect(await kept(student, ids[0])).toEqual([])
  })
})

describe('marking a lesson', () => {
  it('works without scripts, back and forth', async () => {
    const { student, owned, ids } = await learner()
    const address = urls.lesson(owned.slug, ids[0])
    const mark = async () => {
      const { $ } = await student.browser.get(address)
      const form = $(`form[action="${urls.progress(owned.slug, ids[0])}"]`)
      const completed = form.find('input[name="completed"]').attr('value')
      const answer = await student.browser.post(form.attr('action') ?? '', completed ? { completed } : {})
      expect(answer).toMatchObject({ status: 303, location: address })
      return form.find('button').text()
    }
    expect(await mark()).toBe('Mark as complete')
    const done = await student.browser.get(address)
    expect(done.$('#lesson-progress').text()).toContain('33% complete')
    expect(done.$('#lesson-curriculum [data-state="completed"]').length).toBe(1)
    expect(await mark()).toBe('Mark as not complete')
    expect((await student.browser.get(address)).$('#lesson-progress').text()).toContain('0% complete')
  })

  it('gives htmx the part and the ticks, and not the player', async () => {
    const { student, owned, ids } = await learner()
    const answer = await student.browser.part.post(urls.progress(owned.slug, ids[1]), { completed: 'on' })
    expect(answer.status).toBe(200)
    expect(answer.$('#lesson-progress button').text()).toBe('Mark as not complete')
    expect(answer.$('hx-partial[hx-target="#lesson-curriculum"] #lesson-curriculum li').length).toBe(3)
    expect(answer.$('[data-state="completed"]').length).toBe(1)
    expect(answer.$('mux-player').length).toBe(0)
    expect(answer.trigger).toHaveProperty('announce')
  })

  it('says 100% only when every published lesson is done', async () => {
    const { student, owned, ids } = await learner()
    const percent = async () =>
      (await student.browser.get(urls.lesson(owned.slug, ids[2]))).$('#lesson-progress .progress').text()
    const seen = []
    for (const id of ids) {
      await student.browser.post(urls.progress(owned.slug, id), { completed: 'on' })
      await student.browser.post(urls.progress(owned.slug, id), { completed: 'on' })
      seen.push(await percent())
    }
    expect(seen).toEqual(['33% complete', '66% complete', '100% complete'])
    await world.services.db.update(chapters).set({ isPublished: false }).where(eq(chapters.id, ids[0]))
    expect(await percent()).toBe('100% complete')
    await world.services.db.update(chapters).set({ isPublished: true }).where(eq(chapters.id, ids[0]))
    await student.browser.post(urls.progress(owned.slug, ids[0]))
    expect(await percent()).toBe('66% complete')
  })

  it('refuses what the form never sends', async () => {
    const { student, owned, ids } = await learner()
    const answer = await student.browser.post(urls.progress(owned.slug, ids[0]), { completed: 'maybe' })
    expect(answer.status).toBe(422)
    expect(await kept(student, ids[0])).toEqual([])
  })
})

describe('where a course continues', () => {
  it('follows the student', async () => {
    const { student, owned, ids } = await learner()
    const [one, two, three] = ids.map((id) => urls.lesson(owned.slug, id))
    expect(await next(student, owned)).toBe(one)
    await student.browser.post(urls.position(owned.slug, ids[1]), { seconds: '5' })
    expect(await next(student, owned)).toBe(two)
    world.advance(5)
    await student.browser.post(urls.progress(owned.slug, ids[1]), { completed: 'on' })
    expect(await next(student, owned)).toBe(three)
    world.advance(5)
    await student.browser.post(urls.progress(owned.slug, ids[2]), { completed: 'on' })
    expect(await next(student, owned)).toBe(one)
    world.advance(5)
    await student.browser.post(urls.progress(owned.slug, ids[0]), { completed: 'on' })
    expect(await next(student, owned)).toBe(one)
  })

  it('leads who does not own the course to its page, and hides what is not on sale', async () => {
    const { owned } = await learner()
    for (const browser of [world.browser(), (await person(world)).browser]) {
      const answer = await browser.get(urls.learn(owned.slug))
      expect(answer).toMatchObject({ status: 303, location: urls.course(owned.slug) })
      const draft = await course(world, { isPublished: false })
      expect((await browser.get(urls.learn(draft.slug))).status).toBe(404)
    }
  })

  it('lets the teacher in, and says when there is nothing yet', async () => {
    const teacher = await person(world, { role: 'instructor' })
    const own = await course(world, { owner: teacher, chapters: 1, isPublished: false })
    expect(await next(teacher, own)).toBe(urls.lesson(own.slug, own.chapters[0]?.id ?? ''))
    const empty = await course(world, { owner: teacher, chapters: 0 })
    const student = await person(world)
    await give(world, student, empty)
    const answer = await student.browser.get(urls.learn(empty.slug))
    expect(answer).toMatchObject({ status: 303, location: urls.course(empty.slug) })
    expect((await student.browser.get(urls.course(empty.slug))).$('[role="status"]').text()).toContain(
      'no lessons yet',
    )
  })
})

describe('files', () => {
  it('are for who owns the course and its teacher', async () => {
    const teacher = await person(world, { role: 'instructor' })
    const owned = await course(world, { owner: teacher, previews: 1 })
    const other = await course(world)
    const [buyer, stranger, refunded] = [await person(world), await person(world), await person(world)]
    await give(world, buyer, owned)
    await give(world, refunded, owned)
    const { db, now } = world.services
    await db.update(purchases).set({ revokedAt: now() }).where(eq(purchases.userId, refunded.id))
    const id = newId()
    const fileKey = `key-${id}`
    await db.insert(attachments).values({
      id,
      courseId: owned.id,
      name: 'Exercises.pdf',
      fileKey,
      sizeBytes: 12_000,
      contentType: 'application/pdf',
    })
    const address = urls.learnAttachment(owned.slug, id)
    for (const { browser } of [buyer, teacher]) {
      const page = await browser.get(urls.lesson(owned.slug, owned.chapters[1]?.id ?? ''))
      expect(page.$(`a[href="${address}"]`).text()).toContain('Exercises.pdf')
      const answer = await browser.get(address)
      expect(answer.status).toBe(303)
      expect(answer.location).toContain(fileKey)
      expect(answer.headers.get('Cache-Control')).toContain('no-store')
    }
    for (const { browser } of [stranger, refunded]) {
      const answer = await browser.get(address)
      expect(answer.status).toBe(404)
      const page = await browser.get(urls.lesson(owned.slug, owned.chapters[0]?.id ?? ''))
      expect(page.html + answer.html).not.toContain(fileKey)
      expect(page.html).not.toContain('Exercises.pdf')
    }
    expect((await world.browser().get(address)).location).toBe(urls.signIn(address))
    expect((await buyer.browser.get(urls.learnAttachment(other.slug, id))).status).toBe(404)
    expect((await buyer.browser.get(urls.learnAttachment(owned.slug, newId()))).status).toBe(404)
    expect((await buyer.browser.get(urls.learnAttachment(owned.slug, 'nonsense'))).status).toBe(404)
  })
})

describe('my learning', () => {
  it('needs an account, and says what to do where there is nothing', async () => {
    expect((await world.browser().get(urls.learning)).location).toBe(urls.signIn(urls.learning))
    for (const role of ['student', 'instructor'] as const) {
      const { $, status } = await (await person(world, { role })).browser.get(urls.learning)
      expect(status).toBe(200)
      expect($(`main a[href="${urls.courses()}"]`).length).toBe(1)
    }
  })

  it('puts the lesson where I stopped on top, then every course with its progress', async () => {
    const { student, owned, ids } = await learner()
    const later = await course(world, { title: 'Heaps' })
    const gone = await course(world, { title: 'Withdrawn' })
    const none = await course(world, { title: 'Refunded' })
    for (const each of [later, gone, none]) await give(world, student, each)
    const { db, now } = world.services
    await db.update(courses).set({ isPublished: false, archivedAt: now() }).where(eq(courses.id, gone.id))
    await db.update(purchases).set({ revokedAt: now() }).where(eq(purchases.courseId, none.id))
    await student.browser.post(urls.progress(owned.slug, ids[0]), { completed: 'on' })
    world.advance(5)
    await student.browser.post(urls.position(owned.slug, ids[1]), { seconds: '20' })

    const { $ } = await student.browser.get(urls.learning)
    const card = $('section[aria-labelledby="continue"]')
    expect(card.text()).toContain('Lesson 2')
    expect(card.text()).toContain('20 s')
    expect(card.find('a').attr('href')).toBe(urls.lesson(owned.slug, ids[1]))
    expect(card.find('a').text()).toBe('Continue learning')
    const links = $('.course-card a')
      .toArray()
      .map((link) => $(link).attr('href'))
    expect(links[0]).toBe(urls.learn(owned.slug))
    expect(links.sort()).toEqual([owned, later, gone].map(({ slug }) => urls.learn(slug)).sort())
    expect($('.course-card').first().text()).toContain('33% complete')
  })
})

describe('what a page costs', () => {
  /** Statements asked of the database while `work` runs, the session's among them. */
  const statements = async (work: () => Promise<unknown>) => {
    const pool = (world.services.db as unknown as { $client: EventEmitter }).$client
    let count = 0
    const one = () => {
      count += 1
    }
    pool.on('acquire', one)
    await work()
    pool.off('acquire', one)
    return count
  }

  it('is three statements and the session for a lesson, and for my learning however many courses', async () => {
    const { student, owned, ids } = await learner()
    await student.browser.post(urls.position(owned.slug, ids[0]), { seconds: '3' })
    expect(await statements(() => student.browser.get(urls.lesson(owned.slug, ids[0])))).toBe(4)
    const few = await statements(() => student.browser.get(urls.learning))
    for (let each = 0; each < 4; each++) await give(world, student, await course(world))
    expect(await statements(() => student.browser.get(urls.learning))).toBe(few)
    expect(few).toBe(3)
  })
})
