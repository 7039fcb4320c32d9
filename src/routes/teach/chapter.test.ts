import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { completeCourse } from '../../../test/complete-course'
import { give, person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { chapters, jobs, muxData, userProgress } from '../../db/schema'
import { newId } from '../../ids'
import { paths } from '../../paths'

const world = fileWorld()

async function lesson(given: Parameters<typeof completeCourse>[1] = {}) {
  const made = await completeCourse(world, given)
  const chapterId = made.ids[0] ?? ''
  const chapter = async () =>
    (await world.services.db.select().from(chapters).where(eq(chapters.id, chapterId)))[0]
  return { ...made, chapterId, chapter, address: paths.teachChapter(made.id, chapterId) }
}

describe('the page of a chapter', () => {
  it('lists what is missing and links to the course and the preview', async () => {
    const { browser, id, slug, order } = await lesson({ chapters: 0 })
    await browser.post(paths.teachChapters(id), { title: 'Bare' })
    const bare = (await order())[0] ?? ''
    const { $ } = await browser.get(paths.teachChapter(id, bare))
    expect($('h1').text()).toBe('Bare')
    expect(
      $('#chapter-state li')
        .toArray()
        .map((item) => $(item).text()),
    ).toEqual(['Title is there', 'Description is missing', 'Video is missing'])
    for (const link of $('#chapter-state li a').toArray())
      expect($($(link).attr('href') ?? 'none')).toHaveLength(1)
    expect($(`.breadcrumbs a[href="${paths.teachCourse(id)}"]`)).toHaveLength(1)
    expect($(`a[href="${paths.chapter(slug, bare)}"]`).text()).toContain('Preview as a student')
    expect((await browser.get(paths.chapter(slug, bare))).status).toBe(200)
    const ids = $('[id]')
      .toArray()
      .map((element) => $(element).attr('id'))
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('saves each setting on its own, without JavaScript and in place', async () => {
    const { browser, address, chapter } = await lesson()
    expect(await browser.post(address, { title: 'Renamed' })).toMatchObject({
      status: 303,
      location: address,
    })
    expect((await browser.get(address)).$('.site-notice').text()).toContain('Title saved.')
    const { $, html, trigger } = await browser.part.post(address, { description: 'With *words*.' })
    expect($('form#description-form [role=status]').text()).toBe('Saved')
    expect($('.teach-preview em').text()).toBe('words')
    expect(html).toContain('hx-target="#chapter-state"')
    expect(trigger).toEqual({ announce: { text: 'Description saved.' } })
    expect(await chapter()).toMatchObject({ title: 'Renamed', description: 'With *words*.' })
  })

  it('shows a problem at its field', async () => {
    const { browser, address, chapter } = await lesson()
    const before = await chapter()
    for (const [field, value] of [
      ['title', ''],
      ['description', 'x'.repeat(16_001)],
      ['isFree', 'maybe'],
    ] as const) {
      for (const way of [browser, browser.part]) {
        const { status, $ } = await way.post(address, { [field]: value })
        expect([status, $(`#${field}`).attr('aria-invalid')]).toEqual([422, 'true'])
      }
    }
    expect(await chapter()).toEqual(before)
  })

  it('opens and closes a free preview', async () => {
    const { browser, address, chapter, slug, chapterId } = await lesson()
    const visitor = world.browser()
    const buys = async () => (await visitor.get(paths.chapter(slug, chapterId))).html.includes('Buy course')
    const box = [
      ['isFree', 'off'],
      ['isFree', 'on'],
    ] as [string, string][]
    for (const on of [box, [['isFree', 'on']] as [string, string][]]) {
      await browser.post(address, on)
      expect([(await chapter())?.isFree, (await browser.get(address)).$('#isFree').attr('checked')]).toEqual([
        true,
        'checked',
      ])
      await browser.post(address, { isFree: 'off' })
      expect([(await chapter())?.isFree, await buys()]).toEqual([false, true])
    }
  })

  it('stores nothing else', async () => {
    const { browser, address, chapter } = await lesson()
    const before = await chapter()
    await browser.post(address, {
      title: 'Only this',
      position: '7',
      isPublished: 'off',
      courseId: newId(),
      id: newId(),
    })
    expect(await chapter()).toEqual({ ...before, title: 'Only this', updatedAt: expect.any(Date) })
  })
})

describe('publishing a chapter', () => {
  it('needs a title, a description and a video that is ready', async () => {
    const { browser, id, address, chapter, chapterId } = await lesson()
    await browser.post(paths.teachChapterPublicationDelete(id, chapterId))
    await browser.post(address, { description: '' })
    await world.services.db.delete(muxData).where(eq(muxData.chapterId, chapterId))
    for (const way of [browser, browser.part]) {
      const { status, $ } = await way.post(paths.teachChapterPublication(id, chapterId))
      expect([status, $('#chapter-state [role=alert]').text()]).toEqual([
        422,
        'This chapter still needs a description and a video that is ready.',
      ])
    }
    expect((await chapter())?.isPublished).toBe(false)
    await browser.post(address, { description: 'There.' })
    await world.services.db.insert(muxData).values({
      id: newId(),
      chapterId,
      assetId: newId(),
      playbackId: newId(),
      durationSeconds: 10,
    })
    expect((await browser.post(paths.teachChapterPublication(id, chapterId))).location).toBe(address)
    expect((await chapter())?.isPublished).toBe(true)
    expect((await browser.post(paths.teachChapterPublication(id, chapterId))).status).toBe(303)
  })

  it('keeps the description of a published one', async () => {
    const { browser, address, chapter } = await lesson()
    const { status, $ } = await browser.part.post(address, { description: '' })
    expect([status, $('#description-error').text()]).toEqual([
      422,
      expect.stringContaining('Unpublish it first'),
    ])
    expect((await chapter())?.description).toBe('About lesson 1.')
  })

  it('can be undone: nobody new sees the chapter, who owned the course keeps it, marked', async () => {
    const { browser, id, slug, row, chapterId, chapter, owner } = await lesson({ chapters: 2 })
    const [earlier, later] = [await person(world), await person(world)]
    const course = { id, slug } as Parameters<typeof give>[2]
    await give(world, earlier, course)
    const { status, $, trigger } = await browser.part.post(paths.teachChapterPublicationDelete(id, chapterId))
    expect([status, $('#publication').text(), trigger.toast]).toEqual([
      200,
      'Publish',
      {
        kind: 'success',
        text: 'The chapter is unpublished. 1 student keeps it, marked as withdrawn.',
      },
    ])
    expect((await row())?.isPublished).toBe(true)
    const kept = await earlier.browser.get(paths.chapter(slug, chapterId))
    expect([kept.status, kept.html.includes('<mux-player')]).toEqual([200, true])
    expect(kept.$('#chapter-curriculum').text()).toContain('(withdrawn by the instructor)')
    world.advance(1)
    await give(world, later, course)
    for (const { browser } of [later, await person(world)])
      expect((await browser.get(paths.chapter(slug, chapterId))).status).toBe(404)
    expect((await later.browser.get(paths.course(slug))).html).not.toContain(chapterId)
    expect((await owner.browser.get(paths.chapter(slug, chapterId))).status).toBe(200)

    await browser.post(paths.teachChapterPublication(id, chapterId))
    expect(await chapter()).toMatchObject({ isPublished: true, withdrawnAt: null })
    expect((await later.browser.get(paths.chapter(slug, chapterId))).status).toBe(200)
  })

  it('is withdrawn, not deleted, when somebody has bought it, and outside of the percentage', async () => {
    const { browser, id, slug, chapterId, ids } = await lesson({ chapters: 2 })
    const student = await person(world)
    await give(world, student, { id, slug } as Parameters<typeof give>[2])
    for (const _ of [1, 2]) {
      const { location } = await browser.post(paths.teachChapterDelete(id, chapterId))
      expect((await browser.get(location ?? '')).$('.site-notice').text()).toContain(
        'The chapter is withdrawn. 1 student keeps it',
      )
    }
    const lessonOf = (chapterId: string) => paths.chapter(slug, chapterId)
    expect((await student.browser.get(lessonOf(chapterId))).html).toContain('<mux-player')
    await student.browser.post(paths.chapterProgress(slug, ids[1] ?? ''), { completed: 'on' })
    expect((await student.browser.get(lessonOf(chapterId))).html).toContain('100% complete')
    expect((await browser.get(paths.teachCourse(id))).$(`#chapter-${chapterId}`).text()).toContain(
      'Withdrawn',
    )
  })

  it('is undone for the course with its last chapter, and this is shown', async () => {
    for (const action of [paths.teachChapterPublicationDelete, paths.teachChapterDelete]) {
      const { browser, id, row, chapterId } = await lesson({ chapters: 1 })
      const { location } = await browser.post(action(id, chapterId))
      expect((await row())?.isPublished).toBe(false)
      expect((await browser.get(location ?? '')).$('.site-notice').text()).toContain(
        'It was the last published chapter, so the course is unpublished, too.',
      )
    }
    const { browser, id, row, chapterId } = await lesson({ chapters: 1 })
    const part = await browser.part.post(paths.teachChapterPublicationDelete(id, chapterId))
    expect(part.$('#chapter-state').text()).toContain('so the course is unpublished, too')
    expect((await row())?.isPublished).toBe(false)
  })

  it('never leaves a course on sale without a chapter', async () => {
    for (let round = 0; round < 3; round++) {
      const { browser, id, row, ids } = await lesson({ chapters: 2 })
      const [first = '', second = ''] = ids
      await Promise.all([
        browser.post(paths.teachChapterPublicationDelete(id, first)),
        browser.post(paths.teachChapterDelete(id, second)),
        browser.post(paths.teachPublication(id)),
      ])
      expect((await row())?.isPublished).toBe(false)
    }
  })
})

describe('deleting a chapter', () => {
  it('that nobody has bought deletes its video and all progress, too', async () => {
    const { browser, owner, id, slug, chapterId, order, ids } = await lesson({ chapters: 3 })
    await browser.post(paths.chapterProgress(slug, chapterId), { completed: 'on' })
    const answer = await browser.post(paths.teachChapterDelete(id, chapterId))
    expect(answer).toMatchObject({ status: 303, location: paths.teachCourse(id) })
    expect(await order()).toEqual(ids.slice(1))
    const { db } = world.services
    expect(await db.select().from(userProgress).where(eq(userProgress.userId, owner.id))).toEqual([])
    const waiting = await db.select().from(jobs).where(eq(jobs.kind, 'delete-asset'))
    expect(waiting.map(({ payload }) => payload)).toContainEqual({ assetId: `asset-${chapterId}` })
    expect((await browser.post(paths.teachChapterDelete(id, chapterId))).status).toBe(404)
    const part = await browser.part.post(paths.teachChapterDelete(id, ids[1] ?? ''))
    expect([part.status, part.headers.get('HX-Redirect')]).toEqual([204, paths.teachCourse(id)])
  })
})
