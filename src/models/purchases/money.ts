import { and, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm'
import { alias, unionAll } from 'drizzle-orm/mysql-core'
import type { Db } from '../../db/connect'
import { courses, disputes, invoices, orders, payments, purchases, refunds } from '../../db/schema'
import type { MoneyKind } from '../../rules/purchases/money'

const paper = alias(invoices, 'paper')
const note = alias(invoices, 'note')
const debit = alias(invoices, 'debit')

/** What the paper says; what was sold before papers were issued had the order's amount. */
const sold = sql`coalesce(${paper.totalPaise}, ${orders.amountPaise})`
const ofPaper = and(eq(paper.paymentId, orders.paymentId), inArray(paper.kind, ['receipt', 'invoice']))
const isSold = and(eq(orders.state, 'paid'), isNotNull(orders.paymentId))

/**
 * All money of the site, or of one instructor's courses, as lines: the one definition of a sale
 * (at the price really paid, when the course was opened), of what went back (on the day when a
 * refund was made or a dispute was lost, and again on the day when a refund had not arrived) and of a course that was joined for nothing.
 */
export function selectMoney(db: Db, ownerId?: string) {
  const owned = ownerId === undefined ? undefined : eq(courses.ownerId, ownerId)
  const number = (value: unknown) => sql`${value}`.mapWith(Number)
  const line = (given: {
    kind: MoneyKind
    at: unknown
    id: unknown
    soldPaise?: unknown
    backPaise?: unknown
    fee?: boolean
    number?: unknown
    taxPaise?: unknown
    of: typeof orders | typeof purchases
  }) => ({
    kind: sql<MoneyKind>`${given.kind}`.as('money_kind'),
    at: sql`${given.at}`.mapWith(orders.createdAt).as('money_at'),
    id: sql<string>`${given.id}`.as('money_id'),
    courseId: sql<string>`${given.of.courseId}`.as('money_course'),
    userId: sql<string>`${given.of.userId}`.as('money_user'),
    orderId: sql<string | null>`${given.of === orders ? orders.id : null}`.as('money_order'),
    paymentId: sql<string | null>`${given.of === orders ? orders.paymentId : null}`.as('money_payment'),
    soldPaise: number(given.soldPaise ?? sql`0`).as('money_sold'),
    backPaise: number(given.backPaise ?? sql`0`).as('money_back'),
    paidPaise: number(given.fee ? sql`coalesce(${payments.amountPaise}, ${orders.amountPaise})` : sql`0`).as(
      'money_paid',
    ),
    feePaise: number(given.fee ? sql`coalesce(${payments.feePaise}, 0)` : sql`0`).as('money_fee'),
    feeTaxPaise: number(given.fee ? sql`coalesce(${payments.taxPaise}, 0)` : sql`0`).as('money_fee_tax'),
    taxPaise: number(given.taxPaise ?? sql`0`).as('money_tax'),
    number: sql<string | null>`${given.number ?? null}`.as('money_number'),
  })
  const taxOf = (of: typeof paper | typeof note | typeof debit) =>
    sql`coalesce(${of.cgstPaise} + ${of.sgstPaise} + ${of.igstPaise}, 0)`
  const sales = db
    .select(
      line({
        ...{ kind: 'sale', at: orders.paidAt, id: orders.paymentId, soldPaise: sold, fee: true, of: orders },
        ...{ number: paper.number, taxPaise: taxOf(paper) },
      }),
    )
    .from(orders)
    .innerJoin(courses, eq(courses.id, orders.courseId))
    .leftJoin(payments, eq(payments.id, orders.paymentId))
    .leftJoin(paper, ofPaper)
    .where(and(isSold, owned))
  const back = db
    .select(
      line({
        ...{ kind: 'refund', id: refunds.id, of: orders, number: note.number },
        // What failed later was back until then.
        at: sql`if(${refunds.state} = 'failed', ${note.issuedAt}, ${refunds.updatedAt})`,
        backPaise: sql`if(${paper.id} is null, ${refunds.amountPaise}, coalesce(${note.totalPaise}, 0))`,
        taxPaise: taxOf(note),
      }),
    )
    .from(refunds)
    .innerJoin(orders, eq(orders.paymentId, refunds.paymentId))
    .innerJoin(courses, eq(courses.id, orders.courseId))
    .leftJoin(paper, ofPaper)
    .leftJoin(note, and(eq(note.refundId, refunds.id), eq(note.kind, 'credit-note')))
    .where(and(or(eq(refunds.state, 'processed'), isNotNull(note.id)), isSold, owned))
  const failed = db
    .select(
      line({
        ...{ kind: 'refund-failed', at: debit.issuedAt, id: debit.refundId, of: orders },
        backPaise: sql`-cast(${debit.totalPaise} as signed)`,
        ...{ number: debit.number, taxPaise: sql`-cast(${taxOf(debit)} as signed)` },
      }),
    )
    .from(debit)
    .innerJoin(orders, eq(orders.id, debit.orderId))
    .innerJoin(courses, eq(courses.id, orders.courseId))
    .where(and(eq(debit.kind, 'debit-note'), isSold, owned))
  const lost = db
    .select(
      line({
        ...{ kind: 'lost', at: disputes.updatedAt, id: disputes.id, of: orders },
        backPaise: sql`least(if(${disputes.deductedPaise} > 0, ${disputes.deductedPaise}, ${disputes.amountPaise}), ${sold})`,
      }),
    )
    .from(disputes)
    .innerJoin(orders, eq(orders.paymentId, disputes.paymentId))
    .innerJoin(courses, eq(courses.id, orders.courseId))
    .leftJoin(paper, ofPaper)
    .where(and(eq(disputes.status, 'lost'), isSold, owned))
  const joined = db
    .select(line({ kind: 'join', at: purchases.createdAt, id: purchases.id, of: purchases }))
    .from(purchases)
    .innerJoin(courses, eq(courses.id, purchases.courseId))
    .where(and(isNull(purchases.orderId), isNull(purchases.revokedAt), owned))
  return unionAll(sales, back, failed, lost, joined).as('money')
}
export type MoneyLines = ReturnType<typeof selectMoney>

/** The sums of these lines, as `rules/purchases/money` names them. */
export const moneyFigures = (money: MoneyLines) => ({
  sales: sql`coalesce(sum(${money.kind} = 'sale'), 0)`.mapWith(Number).as('sale_count'),
  soldPaise: sql`coalesce(sum(${money.soldPaise}), 0)`.mapWith(Number).as('sum_sold'),
  refundedPaise: sql`coalesce(sum(${money.backPaise}), 0)`.mapWith(Number).as('sum_back'),
  freeJoins: sql`coalesce(sum(${money.kind} = 'join'), 0)`.mapWith(Number).as('joins'),
})
