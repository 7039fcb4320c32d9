import { and, asc, eq, gte, lt, ne } from 'drizzle-orm'
import { courses, orders, users } from '../../db/schema'
import { AppError } from '../../errors'
import type { Span } from '../../rules/purchases/financial-year'
import type { ReportLine } from '../../rules/purchases/report'
import type { Services } from '../../services'
import { selectMoney } from './money'

/** Oldest first, without free joins; AppError `invalid` above `limit`. */
export async function listMoneyLines(
  { db }: Pick<Services, 'db'>,
  { from, until }: Span,
  ownerId?: string,
  limit = 100_000,
): Promise<ReportLine[]> {
  const money = selectMoney(db, ownerId)
  const list = await db
    .select({
      kind: money.kind,
      at: money.at,
      id: money.id,
      orderId: money.orderId,
      paymentId: money.paymentId,
      soldPaise: money.soldPaise,
      backPaise: money.backPaise,
      paidPaise: money.paidPaise,
      feePaise: money.feePaise,
      feeTaxPaise: money.feeTaxPaise,
      taxPaise: money.taxPaise,
      number: money.number,
      course: courses.title,
      buyer: users.name,
      state: orders.billingState,
    })
    .from(money)
    .innerJoin(courses, eq(courses.id, money.courseId))
    .innerJoin(users, eq(users.id, money.userId))
    .leftJoin(orders, eq(orders.id, money.orderId))
    .where(and(gte(money.at, from), lt(money.at, until), ne(money.kind, 'join')))
    .orderBy(asc(money.at), asc(money.id))
    .limit(limit + 1)
  if (list.length > limit)
    throw new AppError('invalid', 'There are too many lines for one file. Choose a shorter time.')
  return list
}
