import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { completeCourse } from '../../../test/complete-course'
import { fileWorld } from '../../../test/world'
import { chapters } from '../../db/schema'
import { newId } from '../../ids'
import { maxChapters } from '../../models/teach/chapter'
import { paths } from '../../paths'

const world = fileWorld()

type CompleteCourse = Awaited<ReturnType<typeof completeCourse>>
const fields = (ids: string[], more: [string, string][] = []): [string, string][] => [
  ...ids.map((id): [string, string] => ['chapter', id]),
  ...more,
]
const post = ({ browser, id }: CompleteCourse, ids: string[], more?: [string, string][]) =>
  browser.post(paths.teachChapterOrder(id), fields(ids, more))
const positions = async (id: string) =>
  (await world.services.db.select().from(chapters).where(eq(chapters.courseId, id)))
    .map(({ position }) => position)
    .sort((a, b) => a - b)

describe('a new chapter', () => {
  it('comes last, as a draft, and its page is linked', async () => {
    const made = await completeCourse(world)
    const answer = await made.browser.post(paths.teachChapters(made.id), { title: ' Third  one ' })
    expect(answer).toMatchObject({ status: 303, location: paths.teachCourse(made.id) })
    const id = (await made.order())[2] ?? ''
    const { $ } = await made.browser.get(paths.teachCourse(made.id))
    expect($(`#chapter-list a[href="${paths.teachChapter(made.id, id)}"]`).text()).toBe('Third one')
    expect($(`#chapter-${id} .badge`).text()).toBe('Draft')
    expect($('.site-notice').text()).toContain('Third one is added.')
  })

  it('is added in place, with the field ready for the next', async () => {
    const { browser, id } = await completeCourse(world, { chapters: 0 })
    const { status, $, trigger } = await browser.part.post(paths.teachChapters(id), { title: 'First' })
    expect([status, $('section#chapters #chapter-list li').length]).toEqual([200, 1])
    expect($('#chapter-title').attr('autofocus')).toBeDefined()
    expect($('#chapter-title').attr('value') ?? '').toBe('')
    expect(trigger).toEqual({ announce: { text: 'First is added.' } })
  })

  it('needs a title', async () => {
    const made = await completeCourse(world)
    for (const browser of [made.browser, made.browser.part]) {
      const { status, $ } = await browser.post(paths.teachChapters(made.id), { title: ' ' })
      expect([status, $('#chapter-title-error').text()]).toEqual([422, 'Enter a title.'])
    }
    expect(await made.order()).toEqual(made.ids)
  })

  it('has a place of its own, however many are added at once', async () => {
    const made = await completeCourse(world)
    await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        made.browser.post(paths.teachChapters(made.id), { title: `At once ${index}` }),
      ),
    )
    expect(await positions(made.id)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  })

  it('is refused in words when the course is full', async () => {
    const made = await completeCourse(world, { chapters: 0 })
    await world.services.db.insert(chapters).values(
      Array.from({ length: maxChapters }, (_, position) => ({
        id: newId(),
        courseId: made.id,
        title: 'One of many',
        position,
      })),
    )
    const { status, $ } = await made.browser.part.post(paths.teachChapters(made.id), { title: 'Too many' })
    expect([status, $('#chapter-title-error').text()]).toEqual([422, expect.stringContaining('300')])
  })
})

describe('the order of chapters', () => {
  it('is taken as it is sent', async () => {
    const made = await completeCourse(world, { chapters: 4 })
    const [a = '', b = '', c = '', d = ''] = made.ids
    expect(await post(made, [c, a, d, b])).toMatchObject({
      status: 303,
      location: paths.teachCourse(made.id),
    })
    expect(await made.order()).toEqual([c, a, d, b])
    expect(await positions(made.id)).toEqual([0, 1, 2, 3])
  })

  it('moves one chapter a step, up or down, and no further than the ends', async () => {
    const made = await completeCourse(world, { chapters: 3 })
    const [a = '', b = '', c = ''] = made.ids
    const move = async (ids: string[], step: string, id: string) => {
      await post(made, ids, [[step, id]])
      return made.order()
    }
    expect(await move([a, b, c], 'up', c)).toEqual([a, c, b])
    expect(await move([a, c, b], 'down', a)).toEqual([c, a, b])
    expect(await move([c, a, b], 'up', c)).toEqual([c, a, b])
    expect(await move([c, a, b], 'down', b)).toEqual([c, a, b])
    expect(await move([b, c, a], 'up', a)).toEqual([b, a, c])
  })

  it('comes back in place, announced, with buttons that know the ends', async () => {
    const made = await completeCourse(world, { chapters: 2 })
    const [a = '', b = ''] = made.ids
    const { status, $, html, trigger } = await made.browser.part.post(
      paths.teachChapterOrder(made.id),
      fields([a, b], [['up', b]]),
    )
    expect(status).toBe(200)
    expect(trigger).toEqual({ announce: { text: 'Lesson 2 is now 1 of 2.' } })
    expect(
      $('li')
        .toArray()
        .map((item) => $(item).attr('data-id')),
    ).toEqual([b, a])
    expect([$(`#up-${b}`).attr('aria-disabled'), $(`#up-${a}`).attr('aria-disabled')]).toEqual([
      'true',
      undefined,
    ])
    expect(html).not.toContain('<html')
    const dragged = await made.browser.part.post(paths.teachChapterOrder(made.id), fields([a, b]))
    expect(dragged.trigger).toEqual({ announce: { text: 'The new order is saved.' } })
  })

  it('is refused with the present one when another tab added or deleted chapters', async () => {
    const made = await completeCourse(world, { chapters: 3 })
    const [a = '', b = '', c = ''] = made.ids
    await made.browser.post(paths.teachChapters(made.id), { title: 'From another tab' })
    const present = await made.order()
    const other = (await completeCourse(world)).ids[0] ?? ''
    for (const [ids, more] of [
      [[c, b, a]],
      [[]],
      [[a, a, b, c]],
      [[...present, other]],
      [[...present.slice(1), other]],
      [[...present, newId()]],
      [present, [['up', other]]],
      [present, [['down', 'nonsense']]],
    ] as [string[], [string, string][]?][]) {
      const whole = await post(made, ids, more)
      expect([whole.status, whole.$('#order-problem [role=alert]').text()]).toEqual([
        409,
        expect.stringContaining('The chapters were changed'),
      ])
      expect(whole.$('#chapter-list li')).toHaveLength(4)
      const part = await made.browser.part.post(paths.teachChapterOrder(made.id), fields(ids, more))
      expect([part.status, part.$('li').length]).toEqual([409, 4])
      expect(part.html).toContain('hx-target="#order-problem"')
      expect(await made.order()).toEqual(present)
    }
    const after = await made.browser.get(paths.teachCourse(made.id))
    expect(after.$('#order-problem').text()).toBe('')
  })

  it('stays a permutation when many tabs send at once', async () => {
    const made = await completeCourse(world, { chapters: 5 })
    const orders = Array.from({ length: 10 }, (_, index) => [
      ...made.ids.slice(index % 5),
      ...made.ids.slice(0, index % 5),
    ])
    const answers = await Promise.all(orders.map((order) => post(made, order)))
    expect(answers.map(({ status }) => status)).toEqual(orders.map(() => 303))
    expect(await positions(made.id)).toEqual([0, 1, 2, 3, 4])
    expect(orders).toContainEqual(await made.order())
  })

  it('stays whole when chapters come and go at the same moment', async () => {
    const made = await completeCourse(world, { chapters: 4 })
    const [first = ''] = made.ids
    const answers = await Promise.all([
      post(made, [...made.ids].reverse()),
      made.browser.post(paths.teachChapterDelete(made.id, first)),
      made.browser.post(paths.teachChapters(made.id), { title: 'New' }),
      post(made, made.ids),
    ])
    for (const { status } of answers) expect([303, 409]).toContain(status)
    const places = await positions(made.id)
    expect([places.length, new Set(places).size]).toEqual([4, 4])
  })
})
