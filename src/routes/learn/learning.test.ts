import type { EventEmitter } from 'node:events'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { learner } from '../../../test/learner'
import { type Course, course, give, type Person, person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { attachments, courses, purchases } from '../../db/schema'
import { newId } from '../../ids'
import { paths } from '../../paths'

const world = fileWorld()

const next = async (student: Person, owned: Course) =>
  (await student.browser.get(paths.learn(owned.slug))).location

describe('where a course continues', () => {
  it('follows the student', async () => {
    const { student, owned, ids } = await learner(world)
    const [one, two, three] = ids.map((id) => paths.chapter(owned.slug, id))
    expect(await next(student, owned)).toBe(one)
    await student.browser.post(paths.chapterPosition(owned.slug, ids[1]), { seconds: '5' })
    expect(await next(student, owned)).toBe(two)
    world.advance(5)
    await student.browser.post(paths.chapterProgress(owned.slug, ids[1]), { completed: 'on' })
    expect(await next(student, owned)).toBe(three)
    world.advance(5)
    await student.browser.post(paths.chapterProgress(owned.slug, ids[2]), { completed: 'on' })
    expect(await next(student, owned)).toBe(one)
    world.advance(5)
    await student.browser.post(paths.chapterProgress(owned.slug, ids[0]), { completed: 'on' })
    expect(await next(student, owned)).toBe(one)
  })

  it('leads others to the course page, and hides courses off sale', async () => {
    const { owned } = await learner(world)
    for (const browser of [world.browser(), (await person(world)).browser]) {
      const answer = await browser.get(paths.learn(owned.slug))
      expect(answer).toMatchObject({ status: 303, location: paths.course(owned.slug) })
      const draft = await course(world, { isPublished: false })
      expect((await browser.get(paths.learn(draft.slug))).status).toBe(404)
    }
  })

  it('lets the instructor in, and tells when there is nothing yet', async () => {
    const instructor = await person(world, { role: 'instructor' })
    const own = await course(world, { owner: instructor, chapters: 1, isPublished: false })
    expect(await next(instructor, own)).toBe(paths.chapter(own.slug, own.chapters[0]?.id ?? ''))
    const empty = await course(world, { owner: instructor, chapters: 0 })
    const student = await person(world)
    await give(world, student, empty)
    const answer = await student.browser.get(paths.learn(empty.slug))
    expect(answer).toMatchObject({ status: 303, location: paths.course(empty.slug) })
    expect((await student.browser.get(paths.course(empty.slug))).$('[role="status"]').text()).toContain(
      'no lessons yet',
    )
  })
})

describe('files', () => {
  it('are for buyers and the instructor', async () => {
    const instructor = await person(world, { role: 'instructor' })
    const owned = await course(world, { owner: instructor, previews: 1 })
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
    const path = paths.attachment(owned.slug, id)
    for (const { browser } of [buyer, instructor]) {
      const page = await browser.get(paths.chapter(owned.slug, owned.chapters[1]?.id ?? ''))
      expect(page.$(`a[href="${path}"]`).text()).toContain('Exercises.pdf')
      const answer = await browser.get(path)
      expect(answer.status).toBe(303)
      expect(answer.location).toContain(fileKey)
      expect(answer.headers.get('Cache-Control')).toContain('no-store')
    }
    for (const { browser } of [stranger, refunded]) {
      const answer = await browser.get(path)
      expect(answer.status).toBe(404)
      const page = await browser.get(paths.chapter(owned.slug, owned.chapters[0]?.id ?? ''))
      expect(page.html + answer.html).not.toContain(fileKey)
      expect(page.html).not.toContain('Exercises.pdf')
    }
    expect((await world.browser().get(path)).location).toBe(paths.signIn({ next: path }))
    expect((await buyer.browser.get(paths.attachment(other.slug, id))).status).toBe(404)
    expect((await buyer.browser.get(paths.attachment(owned.slug, newId()))).status).toBe(404)
    expect((await buyer.browser.get(paths.attachment(owned.slug, 'nonsense'))).status).toBe(404)
  })
})

describe('my learning', () => {
  it('needs an account, and leads to the catalogue while it is empty', async () => {
    expect((await world.browser().get(paths.learning())).location).toBe(
      paths.signIn({ next: paths.learning() }),
    )
    for (const role of ['student', 'instructor'] as const) {
      const { $, status } = await (await person(world, { role })).browser.get(paths.learning())
      expect(status).toBe(200)
      expect($(`main a[href="${paths.courses()}"]`).length).toBe(1)
    }
  })

  it('puts the chapter where I left off on top, then every course with its progress', async () => {
    const { student, owned, ids } = await learner(world)
    const later = await course(world, { title: 'Heaps' })
    const gone = await course(world, { title: 'Withdrawn' })
    const none = await course(world, { title: 'Refunded' })
    for (const each of [later, gone, none]) await give(world, student, each)
    const { db, now } = world.services
    await db.update(courses).set({ isPublished: false, archivedAt: now() }).where(eq(courses.id, gone.id))
    await db.update(purchases).set({ revokedAt: now() }).where(eq(purchases.courseId, none.id))
    await student.browser.post(paths.chapterProgress(owned.slug, ids[0]), { completed: 'on' })
    world.advance(5)
    await student.browser.post(paths.chapterPosition(owned.slug, ids[1]), { seconds: '20' })

    const { $ } = await student.browser.get(paths.learning())
    const card = $('section[aria-labelledby="continue"]')
    expect(card.text()).toContain('Lesson 2')
    expect(card.text()).toContain('20 s')
    expect(card.find('a').attr('href')).toBe(paths.chapter(owned.slug, ids[1]))
    expect(card.find('a').text()).toBe('Continue learning')
    const links = $('.course-card a')
      .toArray()
      .map((link) => $(link).attr('href'))
    expect(links[0]).toBe(paths.learn(owned.slug))
    expect(links.sort()).toEqual([owned, later, gone].map(({ slug }) => paths.learn(slug)).sort())
    expect($('.course-card').first().text()).toContain('33% complete')
  })

  it('offers what is unfinished before what is done, and to watch again only when all is', async () => {
    const { student, owned: left, ids } = await learner(world)
    const done = await course(world, { title: 'Heaps', chapters: 1 })
    await give(world, student, done)
    const top = async () => {
      const card = (await student.browser.get(paths.learning())).$('section[aria-labelledby="continue"] a')
      return [card.text(), card.attr('href')]
    }
    const complete = async (slug: string, id = '') => {
      world.advance(5)
      await student.browser.post(paths.chapterProgress(slug, id), { completed: 'on' })
    }
    await complete(left.slug, ids[0])
    await complete(done.slug, done.chapters[0]?.id)
    expect(await top()).toEqual(['Continue learning', paths.chapter(left.slug, ids[1])])
    for (const id of ids) await complete(left.slug, id)
    expect(await top()).toEqual(['Watch again', paths.chapter(left.slug, ids[0])])
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

  it('takes three statements and the session for a chapter, and for any number of courses', async () => {
    const { student, owned, ids } = await learner(world)
    await student.browser.post(paths.chapterPosition(owned.slug, ids[0]), { seconds: '3' })
    expect(await statements(() => student.browser.get(paths.chapter(owned.slug, ids[0])))).toBe(4)
    const few = await statements(() => student.browser.get(paths.learning()))
    for (let each = 0; each < 4; each++) await give(world, student, await course(world))
    expect(await statements(() => student.browser.get(paths.learning()))).toBe(few)
    expect(few).toBe(3)
  })
})
