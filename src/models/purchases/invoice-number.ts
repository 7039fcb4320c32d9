import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/connect'
import { invoiceSeries } from '../../db/schema'
import { invoiceNumber, type Series, seriesOf } from '../../rules/purchases/financial-year'

/** Counted under the lock of its row, so that one that is not used up leaves no gap. */
export async function takeNumber(db: Transaction, kind: Series, at: Date): Promise<string> {
  const series = seriesOf(kind, at)
  await db
    .insert(invoiceSeries)
    .values({ series, lastNumber: 1 })
    .onDuplicateKeyUpdate({ set: { lastNumber: sql`${invoiceSeries.lastNumber} + 1` } })
  const [row] = await db.select().from(invoiceSeries).where(eq(invoiceSeries.series, series)).for('update')
  if (!row) throw new Error(`The series ${series} has no row.`)
  return invoiceNumber(series, row.lastNumber)
}
