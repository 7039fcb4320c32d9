import { asc, eq } from 'drizzle-orm'
import { invoices, payments } from '../../db/schema'
import type { PaidBy, Paper } from '../../rules/purchases/paper'
import type { Services } from '../../services'

export interface Papers {
  paper: Paper
  /** Credit notes, and the debit notes that cancel some of them, the oldest first. */
  notes: Paper[]
  /** Null for a payment that was made before payments were kept. */
  paidBy: PaidBy | null
}

/** The receipt or invoice of an order with its notes; null when nothing was granted. */
export async function findPapers({ db }: Pick<Services, 'db'>, orderId: string): Promise<Papers | null> {
  const list = await db.select().from(invoices).where(eq(invoices.orderId, orderId)).orderBy(asc(invoices.id))
  const paper = list.find(isPaper)
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
  return { paper, notes: list.filter((one) => !isPaper(one)), paidBy: paidBy ?? null }
}

const isPaper = ({ kind }: Pick<Paper, 'kind'>) => kind === 'receipt' || kind === 'invoice'
