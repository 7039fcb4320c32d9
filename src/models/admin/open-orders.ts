import { and, eq, inArray, isNull, or, sql } from 'drizzle-orm'
import { jobs } from '../../db/schema'
import type { Services } from '../../services'

/** When each of these orders is asked about next; one that is not in it is not asked about. */
export async function findNextQuestions(
  { db }: Pick<Services, 'db'>,
  orderIds: string[],
): Promise<Map<string, Date>> {
  if (orderIds.length === 0) return new Map()
  const orderId = sql<string | null>`json_unquote(json_extract(${jobs.payload}, '$.orderId'))`
  const rows = await db
    .select({ kind: jobs.kind, orderId, runAt: jobs.runAt })
    .from(jobs)
    .where(
      and(
        isNull(jobs.deadAt),
        or(eq(jobs.kind, 'check-open-orders'), and(eq(jobs.kind, 'check-order'), inArray(orderId, orderIds))),
      ),
    )
  const all = rows.find(({ kind }) => kind === 'check-open-orders')?.runAt
  const nextOf = (id: string) => {
    const own = rows.filter((row) => row.orderId === id).map(({ runAt }) => runAt.getTime())
    const times = [...own, ...(all ? [all.getTime()] : [])]
    return times.length > 0 ? new Date(Math.min(...times)) : null
  }
  return new Map(
    orderIds.flatMap((id) => {
      const at = nextOf(id)
      return at ? [[id, at] as const] : []
    }),
  )
}
