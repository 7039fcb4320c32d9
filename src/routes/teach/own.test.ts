import { beforeAll, describe, expect, it } from 'vitest'
import { give, type Person, person } from '../../../test/people'
import { studio } from '../../../test/studio'
import { fileWorld } from '../../../test/world'
import { attachments, chapters, courses } from '../../db/schema'
import { newId } from '../../ids'
import { paths } from '../../paths'

const world = fileWorld()
let mine: Awaited<ReturnType<typeof studio>>
let theirs: Awaited<ReturnType<typeof studio>>
const files = { mine: newId(), theirs: newId() }
beforeAll(async () => {
  mine = await studio(world)
  theirs = await studio(world)
  for (const [id, courseId] of [
    [files.mine, mine.id],
    [files.theirs, theirs.id],
  ] as const) {
    await world.services.db.insert(attachments).values({
      ...{ id, courseId, name: 'a.pdf', fileKey: id, sizeBytes: 1, contentType: 'application/pdf' },
    })
  }
})

const everything = async () => {
  const { db } = world.services
  return Promise.all([db.select().from(courses), db.select().from(chapters), db.select().from(attachments)])
}

/** Every address of the studio below a course, for these ids. */
const addresses = (course: string, chapter: string, file: string): string[] => [
  `GET ${paths.teachCourse(course)}`,
  `POST ${paths.teachCourse(course)}`,
  `POST ${paths.teachPublication(course)}`,
  `POST ${paths.teachPublicationDelete(course)}`,
  `POST ${paths.teachCourseDelete(course)}`,
  `POST ${paths.teachChapters(course)}`,
  `POST ${paths.teachChapterOrder(course)}`,
  ...below(course, chapter, file),
]
const below = (course: string, chapter: string, file: string): string[] => [
  `GET ${paths.teachChapter(course, chapter)}`,
  `POST ${paths.teachChapter(course, chapter)}`,
  `POST ${paths.teachChapterPublication(course, chapter)}`,
  `POST ${paths.teachChapterPublicationDelete(course, chapter)}`,
  `POST ${paths.teachChapterDelete(course, chapter)}`,
  `POST ${paths.teachAttachmentDelete(course, file)}`,
]
const ask = async ({ browser }: Pick<Person, 'browser'>, address: string) => {
  const [method = '', path = ''] = address.split(' ')
  // What was typed is wrong on purpose: nobody is to learn that first.
  return method === 'GET' ? browser.get(path) : browser.post(path, { title: '', price: 'x', isFree: 'x' })
}

describe('the studio of somebody else', () => {
  it('does not exist, whoever asks', async () => {
    const buyer = await person(world)
    await give(world, buyer, theirs)
    const people = {
      'another instructor': mine.owner,
      student: await person(world),
      buyer,
      administrator: await person(world, { role: 'admin' }),
    }
    const before = await everything()
    for (const [who, one] of Object.entries(people)) {
      for (const address of addresses(theirs.id, theirs.ids[0] ?? '', files.theirs))
        expect([who, address, (await ask(one, address)).status]).toEqual([who, address, 404])
    }
    expect(await everything()).toEqual(before)
  })

  it('cannot be reached through one’s own', async () => {
    const before = await everything()
    for (const address of [
      ...below(mine.id, theirs.ids[0] ?? '', files.theirs),
      ...below(theirs.id, mine.ids[0] ?? '', files.mine),
      ...addresses(newId(), mine.ids[0] ?? '', files.mine),
      ...addresses('nonsense', 'nonsense', 'nonsense'),
      ...below(mine.id, 'nonsense', 'कोर्स'),
    ])
      expect([address, (await ask(mine.owner, address)).status]).toEqual([address, 404])
    expect(await everything()).toEqual(before)
  })

  it('asks a visitor to sign in and comes back to a page that is there', async () => {
    const visitor = { browser: world.browser() }
    const before = await everything()
    const pages = new Set(
      addresses(mine.id, mine.ids[0] ?? '', files.mine)
        .filter((address) => address.startsWith('GET'))
        .map((address) => address.slice(4)),
    )
    for (const address of addresses(mine.id, mine.ids[0] ?? '', files.mine)) {
      const { status, location } = await ask(visitor, address)
      const next = new URL(location ?? '', world.origin).searchParams.get('next') ?? ''
      expect([address, status, pages.has(next)]).toEqual([address, 303, true])
    }
    const created = await visitor.browser.post(paths.teachCourses(), { title: 'Mine' })
    expect(created.location).toBe(paths.signIn({ next: paths.teach() }))
    expect(await everything()).toEqual(before)
  })

  it('is closed to other sites', async () => {
    const foreign = { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }
    const before = await everything()
    for (const address of addresses(mine.id, mine.ids[0] ?? '', files.mine)) {
      const [method, path = ''] = address.split(' ')
      if (method === 'POST') expect((await mine.browser.post(path, {}, foreign)).status).toBe(403)
    }
    expect(await everything()).toEqual(before)
  })
})
