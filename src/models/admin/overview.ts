import { asc, count, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { courses, orders, payments, purchases, users, webhookEvents } from '../../db/schema'
import { noFigures } from '../../rules/teach/earnings'
import type { Services } from '../../services'
import { onSale } from '../access'
import { moneyFigures, selectMoney } from '../purchases/money'
import { findReconciliation } from '../purchases/reconciliation'
import { findQuarantine } from '../quarantine'
import { findDesk } from './desk'
import { askServices, findHealth } from './health'
import { countJobStates } from './jobs'
import { findNextQuestions } from './open-orders'
import { isNotDeleted } from './users'
import { countWebhooks } from './webhooks'

export type Overview = Awaited<ReturnType<typeof findOverview>>

const maxListed = 5
/** The overview waits for no service that hangs. */
const glanceMs = 500

export async function findOverview(services: Services) {
  const [health, quarantine, jobs, counts, desk, ...money] = await Promise.all([
    askServices(services, glanceMs).then(() => findHealth(services)),
    findQuarantine(services),
    countJobStates(services),
    countAll(services),
    findDesk(services),
    findReconciliation(services),
    listOpenOrders(services),
    listMoneyWebhooks(services),
    countWebhooks(services),
  ])
  const [reconciliation, orders, webhooks, webhookCounts] = money
  return { ...health, quarantine, jobs, counts, desk, reconciliation, orders, webhooks, webhookCounts }
}

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

/** Those of videos are many more, and would push these out of sight. */
const listMoneyWebhooks = ({ db }: Pick<Services, 'db'>) =>
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
    .where(eq(webhookEvents.source, 'razorpay'))
    .orderBy(desc(webhookEvents.id))
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
