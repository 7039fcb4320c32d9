import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { nastyQueries } from '../../../test/nasty-queries'
import { course, give, type Person, person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { categories, courses, purchases, userProgress } from '../../db/schema'
import { newId } from '../../ids'
import type { CatalogueFilter } from '../../rules/catalogue/filter'
import { listCourses } from './catalogue'

const world = fileWorld()
let instructor: Person
const music = newId()

const titles = async (filter: CatalogueFilter, userId: string | null = null) =>
  (await listCourses(world.services, filter, userId)).courses.map(({ title }) => title)

beforeAll(async () => {
  instructor = await person(world, { role: 'instructor', name: 'Meera Iyer' })
  await world.services.db.insert(categories).values({ id: music, name: 'Music', slug: 'music' })
  const made = [
    { title: 'C++ from the ground up' },
    { title: 'C# and .NET services', description: 'Web services with ASP.NET.' },
    { title: 'Go for network programmers' },
    { title: 'Statistics with R' },
    { title: 'AI in practice', description: 'Also for those who go slowly: UI, UX and ML.' },
    { title: 'Node.js streams' },
    { title: 'हिन्दी में प्रोग्रामिंग', description: 'की-बोर्ड से कोड तक।' },
    { title: 'Naïve Bayes at the café' },
    { title: 'Don’t panic: debugging', description: 'It is the art of looking.' },
    { title: 'IT support basics' },
    { title: 'Java concurrency', pricePaise: 0 },
    { title: 'JavaScript patterns', description: 'A little Java at the end.' },
    { title: 'Front-end testing' },
  ]
  for (const given of made) await course(world, { owner: instructor, chapters: 1, ...given })
  await course(world, { owner: instructor, title: 'Ragas for beginners', pricePaise: 0, categoryId: music })
  await course(world, { owner: instructor, title: 'Zither secrets', isPublished: false })
  const archived = await course(world, { owner: instructor, title: 'Zither revealed' })
  await world.services.db.update(courses).set({ archivedAt: new Date() }).where(eq(courses.id, archived.id))
})

describe('searching the catalogue', () => {
  it.each([
    ['c++', ['C++ from the ground up']],
    ['C#', ['C# and .NET services']],
    ['.net', ['C# and .NET services']],
    ['asp.net', ['C# and .NET services']],
    ['R', ['Statistics with R']],
    ['ui', ['AI in practice']],
    ['node.js', ['Node.js streams']],
    ['nodejs', ['Node.js streams']],
    ['हिन्दी', ['हिन्दी में प्रोग्रामिंग']],
    ['की', ['हिन्दी में प्रोग्रामिंग']],
    ['प्रोग्', ['हिन्दी में प्रोग्रामिंग']],
    ['naive', ['Naïve Bayes at the café']],
    ['cafe', ['Naïve Bayes at the café']],
    ['CAFÉ', ['Naïve Bayes at the café']],
    ["don't panic", ['Don’t panic: debugging']],
    ['dont', ['Don’t panic: debugging']],
    ['it', ['IT support basics']],
    ['statistics with the r', ['Statistics with R']],
    ['front end', ['Front-end testing']],
    ['frontend', ['Front-end testing']],
    ['debug', ['Don’t panic: debugging']],
    ['zither', []],
    ['python', []],
  ])('finds for %j what people mean', async (q, expected) => {
    expect(await titles({ q })).toEqual(expected)
  })

  it('puts a course with the word in its title before one that mentions it', async () => {
    expect((await titles({ q: 'go' }))[0]).toBe('Go for network programmers')
    expect(await titles({ q: 'java' })).toEqual(['Java concurrency', 'JavaScript patterns'])
  })

  it('answers whatever is typed without an error', async () => {
    for (const q of nastyQueries) {
      const found = await listCourses(world.services, { q }, null)
      expect(found.courses.length + found.suggestions.length, q.slice(0, 20)).toBeGreaterThan(0)
    }
  })

  it('shows everything when there is no word in what was typed', async () => {
    const found = await listCourses(world.services, { q: '@@@' }, null)
    expect(found).toMatchObject({ searched: false, count: 14, sort: 'newest' })
  })

  it('suggests similar courses, then popular ones, when nothing fits', async () => {
    const found = await listCourses(world.services, { q: 'javascrpit', price: 'paid' }, null)
    expect(found.count).toBe(0)
    expect(found.suggestions[0]?.title).toMatch(/^Java/)
    expect(found.suggestions.length).toBe(3)
    expect(new Set(found.suggestions.map(({ id }) => id)).size).toBe(3)
  })
})

describe('the catalogue', () => {
  it('takes a category by slug, id or name, and ignores any other', async () => {
    for (const category of ['music', music, 'Music'])
      expect(await titles({ category })).toEqual(['Ragas for beginners'])
    for (const category of ['no-such', '\0', "' or 1=1", 'é'])
      expect((await listCourses(world.services, { category }, null)).count, category).toBe(14)
  })

  it('filters by price and sorts by it', async () => {
    expect((await titles({ price: 'free' })).sort()).toEqual(['Java concurrency', 'Ragas for beginners'])
    const cheapest = await listCourses(world.services, { sort: 'price' }, null)
    const prices = cheapest.courses.map(({ pricePaise }) => pricePaise ?? -1)
    expect(prices).toEqual([...prices].sort((a, b) => a - b))
  })

  it('shows every course once on its pages, in every order, and the last page for any later one', async () => {
    for (const sort of ['newest', 'popular', 'price', 'relevance'] as const) {
      const first = await listCourses(world.services, { sort }, null)
      const second = await listCourses(world.services, { sort, page: 2 }, null)
      expect(first.pages).toBe(2)
      const ids = [...first.courses, ...second.courses].map(({ id }) => id)
      expect(ids.length).toBe(14)
      expect(new Set(ids).size).toBe(14)
      expect(await listCourses(world.services, { sort, page: 999_999 }, null)).toEqual(second)
    }
  })

  it('shows what somebody owns and its progress, until the purchase is refunded', async () => {
    const student = await person(world)
    const owned = await course(world, {
      owner: instructor,
      title: 'Kept quilting',
      chapters: 3,
      pricePaise: 0,
    })
    await give(world, student, owned)
    const [done] = owned.chapters
    await world.services.db.insert(userProgress).values({
      id: newId(),
      userId: student.id,
      chapterId: done?.id ?? '',
      isCompleted: true,
      updatedAt: new Date(),
    })
    const card = async () => (await listCourses(world.services, { q: 'quilting' }, student.id)).courses[0]
    expect(await card()).toMatchObject({
      owned: { percent: 33 },
      chapterCount: 3,
      durationSeconds: 180,
      instructor: 'Meera Iyer',
      pricePaise: 0,
    })
    expect((await listCourses(world.services, { q: 'quilting' }, null)).courses[0]?.owned).toBeNull()
    await world.services.db
      .update(purchases)
      .set({ revokedAt: new Date() })
      .where(eq(purchases.courseId, owned.id))
    expect((await card())?.owned).toBeNull()
    await world.services.db.update(courses).set({ isPublished: false }).where(eq(courses.id, owned.id))
  })
})
