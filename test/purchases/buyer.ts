import { eq } from 'drizzle-orm'
import { orders } from '../../src/db/schema'
import type { PostedReceipt } from '../payments'
import { type Course, course, type Person, person } from '../people'
import type { World } from '../world'

export interface Buyer {
  person: Person
  course: Course
  /** The vendor's ids of every order that was opened, in ours or not any more. */
  orders: Set<string>
  /** Of these the rows are gone, as after a restore. */
  lost: Set<string>
  receipts: PostedReceipt[]
}

export async function newBuyers(world: World, count: number): Promise<Buyer[]> {
  const buyers: Buyer[] = []
  while (buyers.length < count)
    buyers.push({
      person: await person(world),
      course: await course(world, { chapters: 1 }),
      orders: new Set(),
      lost: new Set(),
      receipts: [],
    })
  return buyers
}

/** False when other rows keep it. */
export const loseOrder = (world: World, vendorOrderId: string): Promise<boolean> =>
  world.services.db
    .delete(orders)
    .where(eq(orders.vendorOrderId, vendorOrderId))
    .then(
      () => true,
      () => false,
    )
