import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { untilWaiting } from '../../../test/locks'
import { course, type Person, person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { transact } from '../../db/connect'
import { categories, courses } from '../../db/schema'
import { newId } from '../../ids'
import { addCategory, deleteCategory } from '../../models/admin/categories'
import { paths } from '../../paths'

const world = fileWorld()
let admin: Person
beforeAll(async () => {
  admin = await person(world, { role: 'admin' })
})

const add = (name: string) => admin.browser.post(paths.categories(), { name })
const named = async (name: string) => {
  const [row] = await world.services.db.select().from(categories).where(eq(categories.name, name))
  if (!row) throw new Error(`no category ${name}`)
  return row
}
const slugs = async () => (await world.services.db.select().from(categories)).map(({ slug }) => slug)

describe('adding a category', () => {
  it('lists it and opens its page of the catalogue', async () => {
    expect(await add('  Cloud &  DevOps ')).toMatchObject({ status: 303, location: paths.categories() })
    const page = await admin.browser.get(paths.categories())
    expect(page.$('[role=status]').text()).toContain('Category Cloud & DevOps added.')
    expect(page.$('tbody').text()).toContain('Cloud & DevOps')
    expect((await named('Cloud & DevOps')).slug).toBe('cloud-and-devops')
  })

  it('refuses a name that differs in case or accents only, at the field', async () => {
    await add('Résumé writing')
    const answer = await add('RESUME WRITING')
    expect(answer.status).toBe(422)
    expect(answer.$('#name').attr('value')).toBe('RESUME WRITING')
    expect(answer.$('#name').attr('aria-invalid')).toBe('true')
    expect(answer.$('#name-error').text()).toContain('already')
  })

  it('refuses nothing, spaces and too much, and keeps what was typed', async () => {
    for (const name of ['', '   ', '\u200b', 'x'.repeat(61)]) {
      const answer = await add(name)
      expect([name, answer.status, answer.$('#name').attr('value')]).toEqual([name, 422, name])
    }
    expect((await admin.browser.post(paths.categories(), {})).status).toBe(422)
    expect((await add('y'.repeat(60))).status).toBe(303)
  })

  it('finds a slug for names without Latin letters and for names that share one', async () => {
    await add('गणित')
    expect((await named('गणित')).slug).toMatch(/^topic-[0-9a-f]{12}$/)
    await add('C')
    await add('C!')
    await add('C?')
    expect([(await named('C')).slug, (await named('C!')).slug, (await named('C?')).slug]).toEqual([
      'c',
      'c-2',
      'c-3',
    ])
  })

  it('shows names as text', async () => {
    await add('<b>Bold</b> & "co"')
    const page = await admin.browser.get(paths.categories())
    expect(page.$('tbody').text()).toContain('<b>Bold</b> & "co"')
    expect(page.$('tbody b')).toHaveLength(0)
  })

  it('makes one of many that are added at once', async () => {
    const results = await Promise.all(
      Array.from({ length: 6 }, () => addCategory(world.services, admin.id, 'At once')),
    )
    expect(results.filter((result) => 'id' in result)).toHaveLength(1)
    expect((await slugs()).filter((slug) => slug.startsWith('at-once'))).toHaveLength(1)
  })
})

describe('renaming a category', () => {
  it('keeps its slug and its courses', async () => {
    await add('Databses')
    const { id, slug } = await named('Databses')
    const inside = await course(world, { categoryId: id })
    expect((await admin.browser.post(paths.category(id), { name: 'Databases' })).status).toBe(303)
    expect(await named('Databases')).toMatchObject({ id, slug })
    const catalogue = await world.browser().get(paths.courses({ category: slug }))
    expect(catalogue.html).toContain(paths.course(inside.slug))
  })

  it('takes the same name in another case, and refuses another category’s', async () => {
    await add('machine learning')
    const { id } = await named('machine learning')
    expect((await admin.browser.post(paths.category(id), { name: 'Machine Learning' })).status).toBe(303)
    await add('Game Development')
    const answer = await admin.browser.post(paths.category(id), { name: 'gamé development' })
    expect([answer.status, answer.$('#name').attr('value')]).toEqual([422, 'gamé development'])
    expect(answer.$('#name-error').text()).toContain('already')
    expect((await named('machine learning')).name).toBe('Machine Learning')
  })
})

describe('deleting a category', () => {
  it('deletes an empty one', async () => {
    await add('Empty')
    const { id } = await named('Empty')
    expect(await admin.browser.post(paths.categoryDelete(id))).toMatchObject({
      status: 303,
      location: paths.categories(),
    })
    expect((await admin.browser.get(paths.category(id))).status).toBe(404)
    expect((await admin.browser.post(paths.categoryDelete(id))).status).toBe(404)
  })

  it('leads htmx to the list', async () => {
    await add('Empty too')
    const answer = await admin.browser.part.post(paths.categoryDelete((await named('Empty too')).id))
    expect([answer.status, answer.headers.get('HX-Redirect')]).toEqual([204, paths.categories()])
  })

  it('refuses while courses are in it, drafts too, and says how many', async () => {
    await add('Full')
    const { id } = await named('Full')
    await course(world, { categoryId: id })
    await course(world, { categoryId: id, isPublished: false })
    const page = await admin.browser.get(paths.category(id))
    expect(page.$('#deletion form')).toHaveLength(0)
    expect(page.$('#deletion').text()).toContain('2 courses are in this category')
    const answer = await admin.browser.post(paths.categoryDelete(id))
    expect([answer.status, answer.$('#deletion [role=alert]').text()]).toEqual([
      409,
      'This category has 2 courses. Nothing was deleted.',
    ])
    const part = await admin.browser.part.post(paths.categoryDelete(id))
    expect([part.status, part.$('#deletion').length, part.$('h1').length]).toEqual([409, 1, 0])
    expect((await named('Full')).id).toBe(id)
  })

  it('does not count deleted courses, which go on without it', async () => {
    await add('Left')
    const { id } = await named('Left')
    const deleted = await course(world, { categoryId: id })
    await world.services.db
      .update(courses)
      .set({ archivedAt: new Date(), isPublished: false })
      .where(eq(courses.id, deleted.id))
    expect((await admin.browser.post(paths.categoryDelete(id))).status).toBe(303)
    const [row] = await world.services.db.select().from(courses).where(eq(courses.id, deleted.id))
    expect(row?.categoryId).toBeNull()
  })

  it('waits for a course that is just being put into it', async () => {
    await add('Race')
    const { id } = await named('Race')
    const made = await course(world)
    let deletion: Promise<unknown> | undefined
    await transact(world.services.db, async (tx) => {
      await tx.update(courses).set({ categoryId: id }).where(eq(courses.id, made.id))
      deletion = deleteCategory(world.services, admin.id, id)
      await untilWaiting(world, 1)
    })
    expect(await deletion).toEqual({ courses: 1 })
    expect((await named('Race')).id).toBe(id)
  })

  it('is not there for an id that never was', async () => {
    expect((await admin.browser.get(paths.category(newId()))).status).toBe(404)
    expect((await admin.browser.get(paths.category("x' or 1=1"))).status).toBe(404)
  })
})
