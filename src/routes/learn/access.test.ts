import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Answer } from '../../../test/browser-session'
import { type Course, course, give, type Person, person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { chapters, courses, purchases } from '../../db/schema'
import { newId } from '../../ids'
import { paths } from '../../paths'

const world = fileWorld()
let instructor: Person
const people: Record<string, { browser: Person['browser'] }> = {}
const places: Record<string, { course: Course; chapter: Course['chapters'][number] }> = {}

/** Who watches where: `watch` 200 with the video, `locked` 200 without, `none` 404. */
const expected: Record<string, Record<string, 'watch' | 'locked' | 'none'>> = {
  visitor: { free: 'watch', locked: 'locked', draft: 'none', withdrawn: 'none', archived: 'none' },
  student: { free: 'watch', locked: 'locked', draft: 'none', withdrawn: 'none', archived: 'none' },
  refunded: { free: 'watch', locked: 'locked', draft: 'none', withdrawn: 'none', archived: 'none' },
  buyer: { free: 'watch', locked: 'watch', draft: 'none', withdrawn: 'watch', archived: 'watch' },
  joiner: { free: 'watch', locked: 'watch', draft: 'none', withdrawn: 'watch', archived: 'watch' },
  instructor: { free: 'watch', locked: 'watch', draft: 'watch', withdrawn: 'watch', archived: 'watch' },
  otherInstructor: { free: 'watch', locked: 'locked', draft: 'none', withdrawn: 'none', archived: 'none' },
  admin: { free: 'watch', locked: 'locked', draft: 'none', withdrawn: 'none', archived: 'none' },
}

beforeAll(async () => {
  const { db } = world.services
  instructor = await person(world, { role: 'instructor' })
  const open = await course(world, { owner: instructor, chapters: 3, previews: 1 })
  const withdrawn = await course(world, { owner: instructor, isPublished: false, previews: 1 })
  const archived = await course(world, { owner: instructor, previews: 1 })
  await db.update(courses).set({ archivedAt: world.services.now() }).where(eq(courses.id, archived.id))
  const [free, locked, draft] = open.chapters
  const [kept] = withdrawn.chapters
  const [old] = archived.chapters
  if (!free || !locked || !draft || !kept || !old) throw new Error('chapters are missing')
  await db.update(chapters).set({ isPublished: false }).where(eq(chapters.id, draft.id))
  Object.assign(places, {
    free: { course: open, chapter: free },
    locked: { course: open, chapter: locked },
    draft: { course: open, chapter: draft },
    withdrawn: { course: withdrawn, chapter: kept },
    archived: { course: archived, chapter: old },
  })

  const [buyer, joiner, refunded] = [await person(world), await person(world), await person(world)]
  for (const owned of [open, withdrawn, archived]) {
    await give(world, joiner, owned)
    for (const [who, revokedAt] of [
      [buyer, null],
      [refunded, world.services.now()],
    ] as const) {
      await db.insert(purchases).values({
        id: newId(),
        userId: who.id,
        courseId: owned.id,
        paymentId: `pay_${newId()}`,
        pricePaise: owned.pricePaise,
        createdAt: world.services.now(),
        revokedAt,
      })
    }
  }
  Object.assign(people, {
    visitor: { browser: world.browser() },
    student: await person(world),
    refunded,
    buyer,
    joiner,
    instructor,
    otherInstructor: await person(world, { role: 'instructor' }),
    admin: await person(world, { role: 'admin' }),
  })
})

const statuses = { watch: 200, locked: 200, none: 404 }
const saves = { watch: [204, 303], locked: [403, 403], none: [404, 404] }

function expectPage(page: Answer, outcome: keyof typeof statuses, title: string): void {
  expect(page.status).toBe(statuses[outcome])
  expect(page.$('mux-player').length).toBe(outcome === 'watch' ? 1 : 0)
  expect(page.headers.get('Cache-Control')).toContain(outcome === 'none' ? 'private' : 'no-store')
  if (outcome !== 'none') expect(page.$('h1').text()).toBe(title)
  if (outcome === 'locked') expect(page.headers.get('X-Robots-Tag')).toBe('noindex')
}

const bodyAndHeaders = (answer: { html: string; headers: Headers }) =>
  answer.html + JSON.stringify([...answer.headers]) + decodeURIComponent(JSON.stringify([...answer.headers]))

const cases = Object.entries(expected).flatMap(([who, row]) =>
  Object.entries(row).map(([where, outcome]) => ({ who, where, outcome })),
)

describe('who may watch', () => {
  it.each(cases)('answers $outcome to the $who for the $where chapter', async ({ who, where, outcome }) => {
    const { browser } = people[who] ?? { browser: world.browser() }
    const place = places[where]
    if (!place) throw new Error(where)
    const { slug } = place.course
    const { id, playbackId, title } = place.chapter

    const page = await browser.get(paths.chapter(slug, id))
    expectPage(page, outcome, title)
    // Search engines may keep what everybody may watch, and nothing else.
    if (who === 'visitor' && outcome === 'watch') expect(page.headers.has('X-Robots-Tag')).toBe(false)

    const fresh = await browser.get(paths.chapterPlayer(slug, id))
    expect(fresh.status).toBe({ watch: 200, locked: 403, none: 404 }[outcome])
    const posts = [
      await browser.post(paths.chapterPosition(slug, id), { seconds: '7' }),
      await browser.post(paths.chapterProgress(slug, id), { completed: 'on' }),
    ]
    const signIn = { status: 303, location: paths.signIn({ next: paths.chapter(slug, id) }) }
    if (who === 'visitor') expect(posts).toMatchObject([signIn, signIn])
    else expect(posts.map(({ status }) => status)).toEqual(saves[outcome])

    if (outcome === 'watch') {
      expect(bodyAndHeaders(page) + bodyAndHeaders(fresh)).toContain(playbackId)
      return
    }
    const start = await browser.get(paths.learn(slug))
    const part = await browser.part.get(paths.chapter(slug, id))
    for (const answer of [page, fresh, ...posts, start, part])
      expect(bodyAndHeaders(answer)).not.toContain(playbackId)
  })

  it('shows nothing of the other chapters with the one that is open', async () => {
    const { course: open, chapter } = places.free ?? {}
    const page = await people.student?.browser.get(paths.chapter(open?.slug ?? '', chapter?.id ?? ''))
    for (const other of open?.chapters.slice(1) ?? []) expect(page?.html).not.toContain(other.playbackId)
    expect(page?.html).not.toContain(open?.chapters[2]?.id)
  })

  it('shows what the course of a locked chapter costs and how to buy it', async () => {
    const { course: open, chapter } = places.locked ?? {}
    const { $ } =
      (await people.visitor?.browser.get(paths.chapter(open?.slug ?? '', chapter?.id ?? ''))) ?? {}
    expect($?.('.price').text()).toBe('₹499')
    const form = $?.(`form[action="${paths.buy(open?.slug ?? '')}"]`)
    expect(form?.attr('method')).toBe('post')
    expect(form?.find('button').text()).toBe('Buy course')
    expect($?.(`a[href="${paths.course(open?.slug ?? '')}"]`).length).toBeGreaterThan(0)
  })

  it('locks what was refunded while the page was open', async () => {
    const { db, now } = world.services
    const owned = await course(world)
    const student = await person(world)
    await give(world, student, owned)
    const [chapter] = owned.chapters
    if (!chapter) throw new Error('no chapter')
    expect((await student.browser.get(paths.chapterPlayer(owned.slug, chapter.id))).status).toBe(200)
    await db.update(purchases).set({ revokedAt: now() }).where(eq(purchases.courseId, owned.id))
    expect((await student.browser.get(paths.chapterPlayer(owned.slug, chapter.id))).status).toBe(403)
    const page = await student.browser.get(paths.chapter(owned.slug, chapter.id))
    expect(bodyAndHeaders(page)).not.toContain(chapter.playbackId)
    expect(page.$('form button').text()).toContain('Buy course')
  })
})
