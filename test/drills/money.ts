import { sql } from 'drizzle-orm'
import { payments, purchases, refunds } from '../../src/db/schema'
import { paymentState } from '../payments'
import type { World } from '../world'

export const paymentIds = async ({ services: { db } }: World): Promise<string[]> =>
  (await db.select({ id: payments.id }).from(payments)).map(({ id }) => id)

/** What is wrong when the vendor's books are laid beside what is kept here, but for what was `invented`. */
export async function listMoneyFaults(world: World, invented: string[] = []): Promise<string[]> {
  const { db } = world.services
  const books = await paymentState(world)
  const [kept, bought, back] = await Promise.all([
    db.select().from(payments),
    db.select().from(purchases),
    db.select().from(refunds),
  ])
  const faults: string[] = []
  for (const { id, status } of books.payments) {
    const isPaid = status === 'captured' || status === 'refunded'
    const rows = kept.filter((row) => row.id === id)
    const granted = bought.filter((row) => row.paymentId === id && row.revokedAt === null)
    if (isPaid && rows.length !== 1) faults.push(`${id} is ${status} and kept ${rows.length} times`)
    if (status === 'captured' && rows[0]?.outcome !== 'granted') faults.push(`${id} is ${rows[0]?.outcome}`)
    if (status === 'captured' && granted.length !== 1) faults.push(`${id} opens ${granted.length} courses`)
    if (status !== 'captured' && granted.length !== 0) faults.push(`${id} is ${status} and opens a course`)
  }
  const known = [...books.payments.map(({ id }) => id), ...invented]
  faults.push(...kept.flatMap(({ id }) => (known.includes(id) ? [] : [`nobody has paid ${id}`])))
  const gone = books.refunds.map(({ id }) => id).sort()
  const noted = back.map(({ id }) => id).sort()
  if (JSON.stringify(gone) !== JSON.stringify(noted)) faults.push(`refunds ${noted}, and really ${gone}`)
  return faults
}

/** As if a minute had passed for the work that waits: whoever has claimed some is long gone. */
export const passMinuteForJobs = ({ services: { db } }: World) =>
  db.execute(sql`update jobs set run_at = run_at - interval 61 second, due_at = due_at - interval 61 second,
    locked_until = locked_until - interval 61 second`)
