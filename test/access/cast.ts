import { eq } from 'drizzle-orm'
import { purchases, users } from '../../src/db/schema'
import { newId } from '../../src/ids'
import { openPlace, type Place, paymentNumbers } from '../addresses'
import { member } from '../member'
import type { World } from '../world'

export const actors = [
  'visitor',
  'student',
  'buyer',
  'refundedBuyer',
  'suspendedBuyer',
  'instructor',
  'otherInstructor',
  'admin',
] as const
export type Actor = (typeof actors)[number]

export interface Cast {
  /** The cookie that each comes with. */
  sessions: Record<Actor, string>
  /** The course of `instructor`, bought by all three buyers. */
  here: Place
  /** The course of `otherInstructor`, bought by `refundedBuyer`. */
  elsewhere: Place
}

export async function openCast(world: World): Promise<Cast> {
  const { db, now } = world.services
  const buyer = await member(world)
  const refundedBuyer = await member(world)
  const suspendedBuyer = await member(world)
  const instructor = await member(world, { role: 'instructor' })
  const otherInstructor = await member(world, { role: 'instructor' })
  const others = { student: await member(world), admin: await member(world, { role: 'admin' }) }

  const here = await openPlace(world, { instructor, buyer })
  const elsewhere = await openPlace(world, { instructor: otherInstructor, buyer: refundedBuyer })
  for (const [{ id: userId }, revokedAt] of [
    [refundedBuyer, now()],
    [suspendedBuyer, null],
  ] as const) {
    const { id: courseId, pricePaise } = here.course
    const id = newId()
    await db.insert(purchases).values({
      id,
      userId,
      courseId,
      paymentId: paymentNumbers(id).paymentId,
      pricePaise,
      createdAt: now(),
      revokedAt,
    })
  }
  await db.update(users).set({ suspendedAt: now() }).where(eq(users.id, suspendedBuyer.id))

  const people = { buyer, refundedBuyer, suspendedBuyer, instructor, otherInstructor, ...others }
  const sessions = Object.fromEntries(
    Object.entries(people).map(([who, { browser }]) => [who, browser.cookies.get('session')]),
  ) as Omit<Cast['sessions'], 'visitor'>
  return { sessions: { ...sessions, visitor: '' }, here, elsewhere }
}
