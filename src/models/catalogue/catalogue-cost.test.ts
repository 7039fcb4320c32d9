import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { person } from '../../../test/people'
import { fileWorld, type World } from '../../../test/world'
import { type Connection, connect } from '../../db/connect'
import { categories, chapters, courses } from '../../db/schema'
import { newId } from '../../ids'
import type { CatalogueFilter } from '../../rules/catalogue/filter'
import { searchWords } from '../../rules/catalogue/search'
import { listCourses } from './catalogue'
import { listFeatured, listRelated, listSuggestions } from './featured'

const world = fileWorld()
let connection: Connection
let ownerId: string
const [large, small] = [newId(), newId()]

/** Half of the courses are free, one in 200 is of the small category. */
async function addCourses(count: number, from: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, i) => {
    const number = from + i
    const title = `Course ${number} on ${number % 50 === 0 ? 'glassblowing' : 'weaving'}`
    return {
      id: newId(),
      ownerId,
      categoryId: number % 200 === 0 ? small : large,
      title,
      slug: `course-${number}`,
      description: 'Threads and patience.',
      searchWords: searchWords(title, ''),
      pricePaise: number % 2 === 0 ? 0 : 10_000 + (number % 7) * 100,
      isPublished: true,
      publishedAt: new Date(1_700_000_000_000 + (number % 97) * 60_000),
      studentCount: number % 13,
    }
  })
  for (let at = 0; at < rows.length; at += 500) {
    const some = rows.slice(at, at + 500)
    await world.services.db.insert(courses).values(some)
    await world.services.db
      .insert(chapters)
      .values(
        some.map((row) => ({ id: newId(), courseId: row.id, title: 'One', position: 0, isPublished: true })),
      )
  }
  await world.services.db.execute(sql`analyze table courses, chapters`)
}

/** How many rows the server touched for this work. */
async function rowsRead(work: (services: World['services']) => Promise<unknown>): Promise<number> {
  await connection.db.execute(sql`flush status`)
  await work({ ...world.services, db: connection.db })
  const [rows] = await connection.db.execute(sql`show session status like 'Handler_read%'`)
  return (rows as unknown as { Value: string }[]).reduce((sum, { Value }) => sum + Number(Value), 0)
}

const list = (filter: CatalogueFilter) => (services: World['services']) => listCourses(services, filter, null)
const pages: Record<string, (services: World['services']) => Promise<unknown>> = {
  'the catalogue': list({}),
  'its last page': list({ page: 84 }),
  'popular courses': list({ sort: 'popular' }),
  'the cheapest': list({ sort: 'price' }),
  'a large category': list({ category: large }),
  'a large category by price': list({ category: large, sort: 'price' }),
  'free courses': list({ price: 'free' }),
  'paid courses, popular': list({ price: 'paid', sort: 'popular' }),
  'featured courses': (services) => listFeatured(services, 'popular', null),
  'related courses': (services) => listRelated(services, { id: newId(), categoryId: large }, null),
  'suggestions without words': (services) => listSuggestions(services, '', null),
}

beforeAll(async () => {
  connection = connect({ uri: world.services.config.DATABASE_URL, connectionLimit: 1 })
  ownerId = (await person(world, { role: 'instructor' })).id
  await world.services.db.insert(categories).values([
    { id: large, name: 'Large', slug: 'large' },
    { id: small, name: 'Small', slug: 'small' },
  ])
  await addCourses(2_200, 0)
})
afterAll(async () => {
  await connection.close()
})

describe('what a page of the catalogue costs', () => {
  it('counts courses up to 1,000', async () => {
    const found = await listCourses(world.services, {}, null)
    expect(found).toMatchObject({ count: 1_000, more: true, pages: 84 })
    expect((await listCourses(world.services, { category: 'small' }, null)).count).toBe(11)
    expect((await listCourses(world.services, { page: 84 }, null)).courses.length).toBe(12)
  })

  it('is a page’s worth of rows for a small category of a large catalogue, in every order', async () => {
    for (const sort of ['newest', 'popular', 'price'] as const)
      expect(await rowsRead(list({ category: small, sort })), sort).toBeLessThan(250)
  })

  it('does not grow with the catalogue', async () => {
    const before = new Map<string, number>()
    for (const [name, work] of Object.entries(pages)) before.set(name, await rowsRead(work))
    await addCourses(4_000, 2_200)
    for (const [name, work] of Object.entries(pages)) {
      const rows = before.get(name) ?? 0
      expect(rows, name).toBeGreaterThan(0)
      expect(rows, name).toBeLessThan(5_000)
      expect(await rowsRead(work), name).toBeLessThan(rows * 1.15 + 20)
    }
  })
})
