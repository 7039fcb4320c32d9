import { asc, count, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { courses, orders, payments, purchases, users, webhookEvents } from '../../db/schema'
import { noFigures } from '../../rules/teach/earnings'
import type { Services } from '../../services'
import { onSale } from '../access'
import { moneyFigures, selectMoney } from '../purchases/money'
import { findReconciliation } from '../purchases/reconciliation'
import { missingParts } from '../readiness'
import { findDesk } from './desk'
import { countJobStates } from './jobs'
import { findNextQuestions } from './open-orders'
import { isNotDeleted } from './users'

export type Overview = Awaited<ReturnType<typeof findOverview>>

const maxListed = 20

export async function findOverview(services: Services) {
  const [missing, desk, reconciliation, jobs, orders, webhooks, counts] = await Promise.all([
    missingParts(services),
    findDesk(services),
    findReconciliation(services),
    countJobStates(services),
    listOpenOrders(services),
    listWebhooks(services),
    countAll(services),
  ])
  return { missing, vendors: vendorsOf(services), desk, reconciliation, jobs, orders, webhooks, counts }
}

const vendorsOf = ({ video, payments, files, mail, otp, identity }: Services) => [
  { what: 'Video', vendor: 'Mux', isOn: video !== null },
  { what: 'Payments', vendor: 'Razorpay', isOn: payments !== null },
  { what: 'Files', vendor: 'UploadThing', isOn: files !== null },
  { what: 'Mail', vendor: 'SMTP', isOn: mail !== null },
  { what: 'Reset codes', vendor: 'MongoDB', isOn: otp !== null },
  { what: 'Google sign-in', vendor: 'Google', isOn: identity !== null },
]

/** An open order is one that has its key, which is indexed. */
async function listOpenOrders({ db }: Pick<Services, 'db'>) {
  const [[counted], list] = await Promise.all([
    db.select({ n: count() }).from(orders).where(isNotNull(orders.openKey)),
    db
      .select({
        id: orders.id,
        vendorOrderId: orders.vendorOrderId,
        amountPaise: orders.amountPaise,
        lastError: orders.lastError,
        createdAt: orders.createdAt,
        updatedAt: orders.updatedAt,
        /** When somebody last told of a payment. */
        toldAt: sql<Date | null>`(select max(${payments.updatedAt}) from ${payments}
          where ${payments.orderId} = ${orders.id})`.mapWith(orders.createdAt),
        buyer: { id: users.id, name: users.name },
        course: { title: courses.title, slug: courses.slug },
      })
      .from(orders)
      .innerJoin(users, eq(users.id, orders.userId))
      .innerJoin(courses, eq(courses.id, orders.courseId))
      .where(isNotNull(orders.openKey))
      .orderBy(asc(orders.id))
      .limit(maxListed),
  ])
  const next = await findNextQuestions(
    { db },
    list.map(({ id }) => id),
  )
  return {
    count: counted?.n ?? 0,
    list: list.map((order) => ({
      ...order,
      heardAt: order.toldAt ?? order.createdAt,
      nextAt: next.get(order.id) ?? null,
    })),
  }
}

const listWebhooks = ({ db }: Pick<Services, 'db'>) =>
  db
    .select({
      id: webhookEvents.id,
      source: webhookEvents.source,
      type: webhookEvents.type,
      eventId: webhookEvents.eventId,
      outcome: webhookEvents.outcome,
      receivedAt: webhookEvents.receivedAt,
    })
    .from(webhookEvents)
    .orderBy(desc(webhookEvents.receivedAt), desc(webhookEvents.id))
    .limit(maxListed)

async function countAll({ db }: Pick<Services, 'db'>) {
  const money = selectMoney(db)
  const [[people], [instructors], [offered], [owned], [sold]] = await Promise.all([
    db.select({ n: count() }).from(users).where(isNotDeleted),
    db.select({ n: count() }).from(users).where(eq(users.role, 'instructor')),
    db.select({ n: count() }).from(courses).where(onSale),
    db.select({ n: count() }).from(purchases).where(isNull(purchases.revokedAt)),
    db.select(moneyFigures(money)).from(money),
  ])
  return {
    people: people?.n ?? 0,
    instructors: instructors?.n ?? 0,
    coursesOnSale: offered?.n ?? 0,
    owned: owned?.n ?? 0,
    money: sold ?? noFigures,
  }
}
