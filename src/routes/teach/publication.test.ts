import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { completeCourse } from '../../../test/complete-course'
import { give, person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { attachments, chapters, courseSlugs, courses, jobs, orders, purchases } from '../../db/schema'
import { newId } from '../../ids'
import { paths } from '../../paths'

const world = fileWorld()

describe('publishing a course', () => {
  it.each([
    ['a description', { description: null }],
    ['an image', { imageKey: null }],
    ['a category', { categoryId: null }],
    ['a price', { pricePaise: null }],
  ])('needs %s', async (words, change) => {
    const { browser, id, row } = await completeCourse(world, { isPublished: false })
    await world.services.db.update(courses).set(change).where(eq(courses.id, id))
    for (const way of [browser, browser.part]) {
      const { status, $ } = await way.post(paths.teachPublication(id))
      expect([status, $('#course-state [role=alert]').text()]).toEqual([
        422,
        `This course still needs ${words}.`,
      ])
    }
    expect((await row())?.isPublished).toBe(false)
  })

  it('needs a published chapter, and names all that is missing', async () => {
    const { browser, id } = await completeCourse(world, { isPublished: false, chapters: 2 })
    await world.services.db.update(chapters).set({ isPublished: false }).where(eq(chapters.courseId, id))
    await browser.post(paths.teachCourse(id), { price: '' })
    const { status, $ } = await browser.post(paths.teachPublication(id))
    expect([status, $('#course-state [role=alert]').text()]).toEqual([
      422,
      'This course still needs a price and a published chapter.',
    ])
  })

  it('puts it on sale; a second time changes nothing', async () => {
    const { browser, id, slug, row, title } = await completeCourse(world, { isPublished: false })
    expect(await browser.post(paths.teachPublication(id))).toMatchObject({
      status: 303,
      location: paths.teachCourse(id),
    })
    expect((await browser.get(paths.teachCourse(id))).$('.site-notice [role=status]').text()).toBe(
      'The course is published. Everyone can find it now.',
    )
    const { publishedAt } = (await row()) ?? {}
    expect(publishedAt).not.toBeNull()
    world.advance(60)
    const part = await browser.part.post(paths.teachPublication(id))
    expect([part.status, part.$('#publication').text()]).toEqual([200, 'Unpublish'])
    expect((await row())?.publishedAt).toEqual(publishedAt)
    expect((await world.browser().get(paths.course(slug))).$('h1').text()).toBe(title)
  })

  it('can be undone: it is no longer listed, its students keep it, and its date stays', async () => {
    const made = await completeCourse(world)
    const { browser, id, slug, row, chapters: list } = made
    const student = await person(world)
    await give(world, student, made)
    const { publishedAt } = (await row()) ?? {}
    const part = await browser.part.post(paths.teachPublicationDelete(id))
    expect([part.status, part.$('#publication').text()]).toEqual([200, 'Publish'])
    expect((await world.browser().get(paths.course(slug))).status).toBe(404)
    expect((await student.browser.get(paths.chapter(slug, list[0]?.id ?? ''))).status).toBe(200)
    expect((await browser.post(paths.teachPublicationDelete(id))).status).toBe(303)
    await browser.post(paths.teachPublication(id))
    expect(await row()).toMatchObject({ isPublished: true, publishedAt })
  })
})

describe('deleting a course', () => {
  const remove = async (made: Awaited<ReturnType<typeof completeCourse>>) => {
    const answer = await made.browser.post(paths.teachCourseDelete(made.id))
    expect(answer).toMatchObject({ status: 303, location: paths.teach() })
    const page = await made.browser.get(paths.teach())
    expect(page.$('main').text()).not.toContain(made.title)
    expect((await made.browser.get(paths.teachCourse(made.id))).status).toBe(404)
    return page.$('.site-notice').text()
  }

  it('deletes everything of one without students', async () => {
    const made = await completeCourse(world, { title: `Nobody’s ${newId()}`, isPublished: false })
    const { db } = world.services
    await made.browser.post(paths.teachCourse(made.id), { title: `${made.title}, renamed` })
    await db.insert(attachments).values({
      id: newId(),
      courseId: made.id,
      name: 'notes.pdf',
      fileKey: `notes-${made.id}`,
      sizeBytes: 5,
      contentType: 'application/pdf',
    })
    expect(await remove(made)).toContain('The course is deleted.')
    expect(await made.row()).toBeUndefined()
    expect(await made.order()).toEqual([])
    expect(await db.select().from(courseSlugs).where(eq(courseSlugs.courseId, made.id))).toEqual([])
    const waiting = (await db.select().from(jobs)).map(({ kind, payload }) => ({ kind, ...payload }))
    for (const job of [
      { kind: 'delete-file', fileKey: made.imageKey },
      { kind: 'delete-file', fileKey: `notes-${made.id}` },
      ...made.ids.map((id) => ({ kind: 'delete-asset', assetId: `asset-${id}` })),
    ])
      expect(waiting).toContainEqual(job)
    expect((await made.browser.post(paths.teachCourseDelete(made.id))).status).toBe(404)
  })

  it('archives one that was bought, joined, refunded or ordered', async () => {
    const { db } = world.services
    const bought = async (id: string, slug: string) => {
      const student = await person(world)
      await give(world, student, { id, slug } as Parameters<typeof give>[2])
      return student
    }
    const ways: ((id: string, slug: string) => Promise<unknown>)[] = [
      bought,
      async (id, slug) => {
        const { id: userId } = await bought(id, slug)
        await db.update(purchases).set({ revokedAt: new Date() }).where(eq(purchases.userId, userId))
      },
      async (courseId) => {
        const { id: userId } = await person(world)
        await db.insert(orders).values({ id: newId(), userId, courseId, amountPaise: 49_900 })
      },
    ]
    for (const way of ways) {
      const made = await completeCourse(world, { title: `Sold ${newId()}` })
      await way(made.id, made.slug)
      expect(await remove(made)).toContain('Students who have it keep it.')
      expect(await made.row()).toMatchObject({ isPublished: false, archivedAt: expect.any(Date) })
      expect(await made.order()).toEqual(made.ids)
      expect((await world.browser().get(paths.course(made.slug))).status).toBe(404)
    }
  })

  it('keeps it for its students', async () => {
    const made = await completeCourse(world, { title: `Kept ${newId()}` })
    const student = await person(world)
    await give(world, student, made)
    await remove(made)
    const lesson = paths.chapter(made.slug, made.ids[0] ?? '')
    expect((await student.browser.get(lesson)).status).toBe(200)
    expect((await student.browser.get(paths.learning())).$('main').text()).toContain(made.title)
  })

  it('sends a page with scripts on to the list of courses', async () => {
    const { browser, id } = await completeCourse(world)
    const { $ } = await browser.get(paths.teachCourse(id))
    expect($(`form[action="${paths.teachCourseDelete(id)}"]`).attr('hx-confirm')).toContain(
      'are deleted with it',
    )
    const part = await browser.part.post(paths.teachCourseDelete(id))
    expect([part.status, part.headers.get('HX-Redirect')]).toEqual([204, paths.teach()])
  })
})
