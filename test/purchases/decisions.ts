import { eq } from 'drizzle-orm'
import { payments } from '../../src/db/schema'
import { acceptPayment, returnPayment } from '../../src/models/purchases/held-payment'
import { person } from '../people'
import type { Chance } from '../video/chance'
import type { World } from '../world'

/** An administrator looks at some of what is held; tells what came of it. */
export async function decideHeld(world: World, chance: Chance): Promise<string[]> {
  const { services } = world
  const admin = await person(world, { role: 'admin' })
  const held = await services.db
    .select({ id: payments.id })
    .from(payments)
    .where(eq(payments.outcome, 'held'))
  const told: string[] = []
  for (const { id } of held.filter(() => chance.happens(0.7))) {
    const decision = chance.happens(0.5) ? acceptPayment : returnPayment
    const decided = await decision(services, admin.id, id, 'As the history has it.')
    told.push(`${decision.name} ${id}: ${JSON.stringify(decided)}`)
  }
  return told
}
