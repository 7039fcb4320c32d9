import { beforeAll, describe, expect, it } from 'vitest'
import { type Course, course, give, type Person, person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { newId } from '../../ids'
import { paths } from '../../paths'

const world = fileWorld()
let admin: Person
beforeAll(async () => {
  admin = await person(world, { role: 'admin' })
})

const reason = 'A prize'
const giveTo = (who: Person, fields: Record<string, string>) =>
  admin.browser.post(paths.personPurchases(who.id), fields)
const mayWatch = async ({ browser }: Person, { slug, chapters }: Course) =>
  (await browser.get(paths.chapter(slug, chapters[1]?.id ?? ''))).$('mux-player').length === 1

describe('a course given to somebody', () => {
  it('opens at once, and stands on the page of the person with how they got it', async () => {
    const [student, made] = [await person(world), await course(world, { title: 'Beekeeping' })]
    const before = await admin.browser.get(paths.person(student.id))
    expect(before.$('#courses').text()).toContain('Owns no course.')
    expect(before.$(`#courseId option[value="${made.id}"]`).text()).toBe('Beekeeping')
    expect(await giveTo(student, { courseId: made.id, reason })).toMatchObject({ status: 303 })
    expect(await mayWatch(student, made)).toBe(true)
    const page = await admin.browser.get(paths.person(student.id))
    expect(page.$('#courses tbody').text()).toContain('Given by an administrator')
    expect(page.$(`#courses a[href="${paths.adminCourse(made.id)}"]`).text()).toBe('Beekeeping')
    expect(page.$(`#courseId option[value="${made.id}"]`)).toHaveLength(0)
  })

  it('is one that is published and not owned, with a reason; what was typed is kept', async () => {
    const [student, made] = [await person(world), await course(world)]
    const [owned, draft] = [await course(world), await course(world, { isPublished: false })]
    await give(world, student, owned)
    for (const courseId of ['', 'nonsense', newId(), owned.id, draft.id]) {
      const answer = await giveTo(student, { courseId, reason })
      expect([courseId, answer.status]).toEqual([courseId, 422])
      expect(answer.$('#courseId').attr('aria-invalid')).toBe('true')
      expect(answer.$('#gift-reason').text()).toBe(reason)
    }
    const answer = await giveTo(student, { courseId: made.id, reason: ' ' })
    expect([answer.status, answer.$('#gift-reason').attr('aria-invalid')]).toEqual([422, 'true'])
    expect(answer.$('#courseId option[selected]').attr('value')).toBe(made.id)
    expect(await mayWatch(student, made)).toBe(false)
  })

  it('can be taken back, with a reason, more than once', async () => {
    const [student, made] = [await person(world), await course(world, { title: 'Origami' })]
    await giveTo(student, { courseId: made.id, reason })
    const path = paths.personPurchaseDelete(student.id, made.id)
    const refused = await admin.browser.post(path, { reason: '' })
    expect([refused.status, refused.$('details[open] input[aria-invalid]').length]).toEqual([422, 1])
    expect(await mayWatch(student, made)).toBe(true)
    for (const _ of [1, 2]) expect((await admin.browser.post(path, { reason })).status).toBe(303)
    expect(await mayWatch(student, made)).toBe(false)
    const page = await admin.browser.get(paths.person(student.id))
    expect(page.$('#courses tbody').text()).toContain('taken back')
  })
})
