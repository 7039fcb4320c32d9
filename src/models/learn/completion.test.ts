import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { course, give, type Person, person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { chapters, purchases, userProgress, users } from '../../db/schema'
import { newId } from '../../ids'
import { completionOf } from './completion'

const world = fileWorld()

describe('the completion of a course', () => {
  const finish = async (student: Person, done: { id: string }[]) => {
    for (const { id } of done)
      await world.services.db.insert(userProgress).values({
        id: newId(),
        userId: student.id,
        chapterId: id,
        isCompleted: true,
        updatedAt: world.services.now(),
      })
  }

  it('counts published chapters and students who own the course now', async () => {
    const { db } = world.services
    const sold = await course(world, { chapters: 4 })
    const [one, two, three, hidden] = sold.chapters
    if (!one || !two || !three || !hidden) throw new Error('Four chapters were made')
    await db.update(chapters).set({ isPublished: false }).where(eq(chapters.id, hidden.id))
    const [whole, part, none] = [await person(world), await person(world), await person(world)]
    for (const student of [whole, part, none]) await give(world, student, sold)
    await finish(whole, [one, two, three])
    await finish(part, [one, hidden])
    const refunded = await person(world)
    await give(world, refunded, sold)
    await db
      .update(purchases)
      .set({ revokedAt: world.services.now() })
      .where(eq(purchases.userId, refunded.id))
    await finish(refunded, [one, two, three])
    const gone = await person(world)
    await give(world, gone, sold)
    await db.update(users).set({ suspendedAt: world.services.now() }).where(eq(users.id, gone.id))
    expect(await completionOf(world.services, [sold.id])).toEqual(
      new Map([[sold.id, { students: 3, finishedPercent: 33, averagePercent: 44 }]]),
    )
  })

  it('is null without chapters, and left out without students', async () => {
    const empty = await course(world, { chapters: 0 })
    const unsold = await course(world)
    await give(world, await person(world), empty)
    expect(await completionOf(world.services, [empty.id, unsold.id])).toEqual(
      new Map([[empty.id, { students: 1, finishedPercent: 0, averagePercent: null }]]),
    )
    expect(await completionOf(world.services, [])).toEqual(new Map())
  })
})
