import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { course, give, person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { transact } from '../../db/connect'
import { courses, purchases, users } from '../../db/schema'
import { newId } from '../../ids'
import { paths } from '../../paths'
import { countCoursesOf, countCoursesToHandOver, findSuccessorAdmin, handOverCourses } from './course-owner'

const world = fileWorld()

const handOver = (from: string, to: string) =>
  transact(world.services.db, (tx) => handOverCourses(tx, from, to))
const instructor = () => person(world, { role: 'instructor', name: 'Meera Iyer' })
const archive = (id: string) =>
  world.services.db
    .update(courses)
    .set({ archivedAt: new Date(), isPublished: false })
    .where(eq(courses.id, id))

describe('the courses of an instructor', () => {
  it('are needed while on sale or owned by somebody, deleted ones too', async () => {
    const owner = await instructor()
    const student = await person(world)
    expect(await countCoursesOf(world.services, owner.id)).toEqual({ total: 0, needed: 0 })
    await course(world, { owner, isPublished: false })
    expect(await countCoursesOf(world.services, owner.id)).toEqual({ total: 1, needed: 0 })
    await course(world, { owner })
    const sold = await course(world, { owner, isPublished: false })
    await give(world, student, sold)
    expect(await countCoursesOf(world.services, owner.id)).toEqual({ total: 3, needed: 2 })
    await archive(sold.id)
    expect(await countCoursesOf(world.services, owner.id)).toEqual({ total: 2, needed: 2 })
    await world.services.db
      .update(purchases)
      .set({ revokedAt: new Date() })
      .where(eq(purchases.courseId, sold.id))
    expect(await countCoursesOf(world.services, owner.id)).toEqual({ total: 2, needed: 1 })
    expect(await countCoursesToHandOver(world.services, owner.id)).toBe(3)
  })

  it('go to an administrator together, and buyers can still watch', async () => {
    const owner = await instructor()
    const other = await instructor()
    const admin = await person(world, { role: 'admin', name: 'Divya Rao' })
    const student = await person(world)
    const sold = await course(world, { owner })
    await give(world, student, sold)
    await course(world, { owner, isPublished: false })
    await archive((await course(world, { owner })).id)
    const theirs = await course(world, { owner: other })
    expect(await handOver(owner.id, admin.id)).toBe(3)
    expect(await handOver(owner.id, admin.id)).toBe(0)
    expect(await countCoursesToHandOver(world.services, owner.id)).toBe(0)
    expect(await countCoursesToHandOver(world.services, other.id)).toBe(1)
    const lesson = paths.chapter(sold.slug, sold.chapters[0]?.id ?? '')
    expect((await student.browser.get(lesson)).$('mux-player')).toHaveLength(1)
    expect((await owner.browser.get(lesson)).$('mux-player')).toHaveLength(0)
    expect((await world.browser().get(paths.course(sold.slug))).html).toContain('Divya Rao')
    expect((await world.browser().get(paths.course(theirs.slug))).html).toContain('Meera Iyer')
  })

  it('are handed over to nobody but another administrator who can sign in', async () => {
    const owner = await instructor()
    await course(world, { owner })
    const gone = await person(world, { role: 'admin' })
    await world.services.db.update(users).set({ suspendedAt: new Date() }).where(eq(users.id, gone.id))
    for (const successor of [owner.id, (await instructor()).id, gone.id, newId()])
      await expect(handOver(owner.id, successor)).rejects.toMatchObject({ code: 'conflict' })
    const admin = await person(world, { role: 'admin' })
    await expect(handOver(admin.id, admin.id)).rejects.toMatchObject({ code: 'conflict' })
    expect(await countCoursesToHandOver(world.services, owner.id)).toBe(1)
  })

  it('are offered to the administrator with the oldest account', async () => {
    await world.services.db.update(users).set({ role: 'student' })
    const first = await person(world, { role: 'admin' })
    expect(await findSuccessorAdmin(world.services, first.id)).toBeNull()
    const second = await person(world, { role: 'admin' })
    expect(await findSuccessorAdmin(world.services, first.id)).toBe(second.id)
    expect(await findSuccessorAdmin(world.services, newId())).toBe(first.id)
    await world.services.db.update(users).set({ suspendedAt: new Date() }).where(eq(users.id, first.id))
    expect(await findSuccessorAdmin(world.services, newId())).toBe(second.id)
  })
})
