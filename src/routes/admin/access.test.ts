import { beforeAll, describe, expect, it } from 'vitest'
import { course, type Person, person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { newId } from '../../ids'
import { paths } from '../../paths'

const world = fileWorld()
let someone: Person
const people: Record<string, Person> = {}
beforeAll(async () => {
  await course(world)
  someone = await person(world)
  for (const role of ['student', 'instructor', 'admin'] as const) people[role] = await person(world, { role })
})

const id = newId()
const forms: Record<string, string>[] = [{}, { name: 'Yoga', role: 'admin' }]
const pages = [paths.admin(), paths.categories(), paths.people()]
const actions = [
  paths.categories(),
  paths.category(id),
  paths.categoryDelete(id),
  paths.personRole(id),
  paths.personSessionsDelete(id),
  paths.personSuspension(id),
  paths.personSuspensionDelete(id),
  paths.personTeaching(id),
  paths.personTeachingDelete(id),
]

describe('the administrators’ area', () => {
  it('is not there for students and instructors, whatever they type', async () => {
    for (const role of ['student', 'instructor']) {
      const browser = people[role]?.browser
      for (const path of [...pages, paths.person(someone.id), paths.category(id), '/admin/unknown'])
        expect([role, path, (await browser?.get(path))?.status]).toEqual([role, path, 404])
      for (const path of actions)
        for (const fields of forms)
          expect([role, path, (await browser?.post(path, fields))?.status]).toEqual([role, path, 404])
    }
  })

  it('sends a visitor to sign in and back', async () => {
    for (const path of pages)
      expect(await world.browser().get(path)).toMatchObject({
        status: 303,
        location: paths.signIn({ next: path }),
      })
    for (const path of actions)
      expect((await world.browser().post(path, {})).location).toMatch(/^\/sign-in\?next=%2Fadmin%2F/)
  })

  it('comes back to a page that is there, although the browser keeps its referrer', async () => {
    const signInOf = async (path: string) => (await world.browser().post(path, {})).location
    expect(await signInOf(paths.personRole(id))).toBe(paths.signIn({ next: paths.person(id) }))
    expect(await signInOf(paths.personSessionsDelete(id))).toBe(paths.signIn({ next: paths.person(id) }))
    expect(await signInOf(paths.personSuspensionDelete(id))).toBe(paths.signIn({ next: paths.person(id) }))
    expect(await signInOf(paths.personTeaching(id))).toBe(paths.signIn({ next: paths.person(id) }))
    expect(await signInOf(paths.categoryDelete(id))).toBe(paths.signIn({ next: paths.category(id) }))
  })

  it('opens for administrators', async () => {
    for (const path of [...pages, paths.person(someone.id)])
      expect([path, (await people.admin?.browser.get(path))?.status]).toEqual([path, 200])
    expect((await people.admin?.browser.get('/admin/unknown'))?.status).toBe(404)
  })

  it('asks whether the person or category is there before what was typed', async () => {
    for (const path of actions.slice(1))
      for (const fields of forms)
        expect([path, (await people.admin?.browser.post(path, fields))?.status]).toEqual([path, 404])
  })

  it('does not take forms of another site', async () => {
    const headers = { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }
    for (const path of actions)
      expect((await people.admin?.browser.post(path, {}, headers))?.status).toBe(403)
  })

  it('closes at once for who is no administrator any more', async () => {
    const former = await person(world, { role: 'admin' })
    expect((await former.browser.get(paths.admin())).status).toBe(200)
    await people.admin?.browser.post(paths.personRole(former.id), { role: 'instructor' })
    expect((await former.browser.get(paths.admin())).status).toBe(404)
    expect((await former.browser.post(paths.categories(), { name: 'Chess' })).status).toBe(404)
  })
})
