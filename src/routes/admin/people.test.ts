import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Course, course, give, type Person, person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { courses, users } from '../../db/schema'
import { newId } from '../../ids'
import { openSession } from '../../models/account/session'
import { paths } from '../../paths'

const world = fileWorld()
let admin: Person
beforeAll(async () => {
  admin = await person(world, { role: 'admin', name: 'Divya Rao' })
})

const rowOf = async (id: string) => (await world.services.db.select().from(users).where(eq(users.id, id)))[0]
const notice = async () => (await admin.browser.get(paths.people())).$('.site-notice').text()
const setRole = (who: Person, fields: Record<string, string>) =>
  admin.browser.post(paths.personRole(who.id), fields)

describe('giving a role', () => {
  it('changes at once what a person may do, and tells so', async () => {
    const someone = await person(world, { name: 'Arjun Das' })
    for (const [role, words] of [
      ['admin', 'Administrator'],
      ['instructor', 'Instructor'],
      ['student', 'Student'],
    ] as const) {
      const answer = await setRole(someone, { role })
      expect(answer).toMatchObject({ status: 303, location: paths.person(someone.id) })
      expect((await rowOf(someone.id))?.role).toBe(role)
      expect(await notice()).toBe(`Arjun Das now has the role ${words}.`)
    }
  })

  it('refuses a role that is none, keeping the form', async () => {
    const someone = await person(world)
    for (const fields of [{}, { role: '' }, { role: 'owner' }, { role: 'admin', handOver: 'yes' }]) {
      const answer = await setRole(someone, fields as Record<string, string>)
      expect([answer.status, answer.$('#role').attr('aria-invalid')]).toEqual([422, 'true'])
    }
    expect((await rowOf(someone.id))?.role).toBe('student')
  })

  it('never changes one’s own', async () => {
    const page = await admin.browser.get(paths.person(admin.id))
    expect(page.$('main form')).toHaveLength(0)
    for (const path of [paths.personRole(admin.id), paths.personSuspension(admin.id)])
      expect((await admin.browser.post(path, { role: 'student' })).status).toBe(403)
    const part = await admin.browser.part.post(paths.personSuspension(admin.id))
    expect([part.status, part.trigger]).toEqual([403, { toast: { kind: 'error', text: expect.any(String) } }])
    expect(await rowOf(admin.id)).toMatchObject({ role: 'admin', suspendedAt: null })
  })

  it('asks for the courses of an instructor whom students rely on, and takes them over', async () => {
    const instructor = await person(world, { role: 'instructor', name: 'Meera Iyer' })
    const student = await person(world)
    const sold = await course(world, { owner: instructor })
    await course(world, { owner: instructor, isPublished: false })
    await give(world, student, sold)
    const answer = await setRole(instructor, { role: 'student' })
    expect([answer.status, answer.$('#role option[selected]').attr('value')]).toEqual([422, 'student'])
    expect(answer.$('#role-error').text()).toContain('Students rely on 1 course')
    expect(answer.$('label[for=handOver]').text()).toBe('Make 2 courses mine')
    const part = await admin.browser.part.post(paths.personRole(instructor.id), { role: 'student' })
    expect([part.status, part.$('#handOver').length, part.$('h1').length]).toEqual([422, 1, 0])
    expect((await rowOf(instructor.id))?.role).toBe('instructor')

    expect((await setRole(instructor, { role: 'student', handOver: 'on' })).status).toBe(303)
    expect(await notice()).toBe('Meera Iyer now has the role Student. 2 courses now belong to you.')
    const owned = await world.services.db.select().from(courses).where(eq(courses.ownerId, admin.id))
    expect(owned.map(({ id }) => id)).toContain(sold.id)
    const lesson = paths.chapter(sold.slug, sold.chapters[0]?.id ?? '')
    expect((await student.browser.get(lesson)).$('mux-player')).toHaveLength(1)
    expect((await instructor.browser.get(lesson)).$('mux-player')).toHaveLength(0)
  })

  it('leaves courses alone where no student needs them or the person goes on teaching', async () => {
    const drafting = await person(world, { role: 'instructor' })
    const draft = await course(world, { owner: drafting, isPublished: false })
    expect((await setRole(drafting, { role: 'student', handOver: 'on' })).status).toBe(303)
    const [kept] = await world.services.db.select().from(courses).where(eq(courses.id, draft.id))
    expect(kept?.ownerId).toBe(drafting.id)
    const instructor = await person(world, { role: 'instructor' })
    const sold = await course(world, { owner: instructor })
    expect((await setRole(instructor, { role: 'admin', handOver: 'on' })).status).toBe(303)
    const [own] = await world.services.db.select().from(courses).where(eq(courses.id, sold.id))
    expect(own?.ownerId).toBe(instructor.id)
  })
})

describe('suspending', () => {
  it('ends every session, keeps the person out until it is lifted', async () => {
    const instructor = await person(world, { role: 'instructor', name: 'Vikram Sen' })
    const answer = await admin.browser.post(paths.personSuspension(instructor.id))
    expect(answer).toMatchObject({ status: 303, location: paths.person(instructor.id) })
    expect(await notice()).toBe('Vikram Sen is suspended and signed out.')
    expect((await instructor.browser.get(paths.account())).location).toBe(
      paths.signIn({ next: paths.account() }),
    )
    const since = (await rowOf(instructor.id))?.suspendedAt
    world.advance(60)
    await admin.browser.post(paths.personSuspension(instructor.id))
    expect((await rowOf(instructor.id))?.suspendedAt).toEqual(since)

    // A sign-in that had passed the check just before must not come alive by the lifting.
    const late = await openSession(world.services, instructor.id, 'Late')
    instructor.browser.cookies.set('session', late)
    expect((await instructor.browser.get(paths.account())).status).toBe(303)
    expect((await admin.browser.post(paths.personSuspensionDelete(instructor.id))).status).toBe(303)
    expect((await rowOf(instructor.id))?.suspendedAt).toBeNull()
    instructor.browser.cookies.set('session', late)
    expect((await instructor.browser.get(paths.account())).status).toBe(303)
    instructor.browser.cookies.set('session', await openSession(world.services, instructor.id, 'Again'))
    expect((await instructor.browser.get(paths.account())).status).toBe(200)
    await admin.browser.post(paths.personSuspensionDelete(instructor.id))
    expect((await instructor.browser.get(paths.account())).status).toBe(200)
  })

  it('takes the courses of an instructor off sale unless asked to keep them, and lifting leaves them so', async () => {
    const isOnSale = async ({ slug }: Course) =>
      (await world.browser().get(paths.course(slug))).status === 200
    const instructor = await person(world, { role: 'instructor', name: 'Rekha Nair' })
    const [sold, draft] = [
      await course(world, { owner: instructor }),
      await course(world, { owner: instructor, isPublished: false }),
    ]
    const page = await admin.browser.get(paths.person(instructor.id))
    expect(page.$('input[name=courses][checked]').attr('value')).toBe('off-sale')
    const suspension = paths.personSuspension(instructor.id)
    expect((await admin.browser.post(suspension, { courses: 'burn' })).status).toBe(422)

    await admin.browser.post(suspension, { courses: 'keep' })
    expect(await isOnSale(sold)).toBe(true)
    await admin.browser.post(paths.personSuspensionDelete(instructor.id))
    await admin.browser.post(suspension, { reason: 'Chargebacks' })
    expect(await notice()).toBe('Rekha Nair is suspended and signed out. 1 course is off sale.')
    expect(await isOnSale(sold)).toBe(false)
    await admin.browser.post(paths.personSuspensionDelete(instructor.id))
    expect(await notice()).toContain('1 course stays off sale until you put it back.')
    expect(await isOnSale(sold)).toBe(false)
    const rows = await world.services.db.select().from(courses).where(eq(courses.ownerId, instructor.id))
    expect(rows.find(({ id }) => id === sold.id)?.suspensionReason).toBe('Chargebacks')
    expect(rows.find(({ id }) => id === draft.id)?.suspendedAt).toBeNull()
  })

  it('lets a person sign in with the password again only when it is lifted', async () => {
    const fields = { name: 'Neha', email: `${newId()}@new.example.com`, password: 'learn-by-doing' }
    await world.browser().post(paths.signUp(), fields)
    const [account] = await world.services.db.select().from(users).where(eq(users.email, fields.email))
    const signIn = async () => (await world.browser().post(paths.signIn(), fields)).status
    await admin.browser.post(paths.personSuspension(account?.id ?? ''))
    expect(await signIn()).toBe(403)
    await admin.browser.post(paths.personSuspensionDelete(account?.id ?? ''))
    expect(await signIn()).toBe(303)
  })

  it('says what is wrong with the reason at its field, also to htmx, and loses nothing', async () => {
    const instructor = await person(world, { role: 'instructor' })
    await course(world, { owner: instructor })
    const long = { reason: 'x'.repeat(501), courses: 'keep' }
    for (const send of [admin.browser.post, admin.browser.part.post]) {
      const { status, $ } = await send(paths.personSuspension(instructor.id), long)
      const reason = $('#suspension-reason')
      expect([status, reason.attr('value'), reason.attr('aria-invalid')]).toEqual([422, long.reason, 'true'])
      expect(reason.is('[autofocus]')).toBe(true)
      expect($('#suspension-reason-error[role=alert]').text()).toBe('Use at most 500 characters.')
      expect($('#courses-keep').is('[checked]')).toBe(true)
    }
    const part = await admin.browser.part.post(paths.personSuspension(instructor.id), long)
    const form = part.$('#suspension form')
    expect([form.attr('hx-target'), form.attr('hx-swap'), part.$('h1').length]).toEqual([
      '#suspension',
      'outerHTML',
      0,
    ])
    expect((await rowOf(instructor.id))?.suspendedAt).toBeNull()
  })

  it('answers htmx by leading on', async () => {
    const someone = await person(world)
    const answer = await admin.browser.part.post(paths.personSuspension(someone.id))
    expect([answer.status, answer.headers.get('HX-Redirect')]).toEqual([204, paths.person(someone.id)])
  })
})

describe('signing somebody out everywhere', () => {
  it('ends all sessions and nothing else', async () => {
    const someone = await person(world)
    const again = world.browser()
    again.cookies.set('session', await openSession(world.services, someone.id, 'Phone'))
    const page = await admin.browser.get(paths.person(someone.id))
    expect(page.html).toContain('Signed in on 2 browsers.')
    expect((await admin.browser.post(paths.personSessionsDelete(someone.id))).status).toBe(303)
    for (const browser of [someone.browser, again])
      expect((await browser.get(paths.account())).status).toBe(303)
    expect((await rowOf(someone.id))?.suspendedAt).toBeNull()
    expect((await admin.browser.get(paths.account())).status).toBe(200)
  })
})
