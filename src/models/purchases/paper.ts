import { asc, eq } from 'drizzle-orm'
import { invoices, payments } from '../../db/schema'
import type { PaidBy, Paper } from '../../rules/purchases/paper'
import type { Services } from '../../services'

export interface Papers {
  paper: Paper
  /** Oldest first. */
  notes: Paper[]
  /** Null for a payment that was made before payments were kept. */
  paidBy: PaidBy | null
}

/** The receipt or invoice of an order with its credit notes; null when nothing was granted. */
export async function findPapers({ db }: Pick<Services, 'db'>, orderId: string): Promise<Papers | null> {
  const list = await db.select().from(invoices).where(eq(invoices.orderId, orderId)).orderBy(asc(invoices.id))
  const paper = list.find(({ kind }) => kind !== 'credit-note')
  if (!paper) return null
  const [paidBy] = await db
    .select({
      amountPaise: payments.amountPaise,
      currency: payments.currency,
      method: payments.method,
      paidAt: payments.paidAt,
    })
    .from(payments)
    .where(eq(payments.id, paper.paymentId))
  return { paper, notes: list.filter(({ kind }) => kind === 'credit-note'), paidBy: paidBy ?? null }
}
