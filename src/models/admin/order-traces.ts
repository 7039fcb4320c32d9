import { and, desc, eq, gte, inArray, lte, or, sql } from 'drizzle-orm'
import { auditEvents, jobs, users, webhookEvents } from '../../db/schema'
import { dayMs } from '../../rules/time'
import type { Services } from '../../services'

interface Traced {
  id: string
  userId: string
  courseId: string
  vendorOrderId: string | null
  createdAt: Date
  paymentIds: string[]
}

const maxListed = 60
/** Events of a payment come within days; those of its refunds stand in the refunds. */
const heardForMs = 30 * dayMs

/** What was heard, what is to be done and who did what. */
export async function findOrderTraces(services: Pick<Services, 'db'>, traced: Traced) {
  const [webhooks, waiting, acts] = await Promise.all([
    listEvents(services, traced),
    listJobs(services, traced.id),
    listActs(services, traced),
  ])
  return { webhooks, jobs: waiting, acts }
}

/** No index holds what an event is about, so the time bounds what is read. */
async function listEvents({ db }: Pick<Services, 'db'>, { vendorOrderId, paymentIds, createdAt }: Traced) {
  const ids = [...(vendorOrderId ? [vendorOrderId] : []), ...paymentIds]
  if (ids.length === 0) return []
  const isAbout = ids.map(
    (id) => sql`cast(${webhookEvents.payload} as char) like ${`%"${id.replace(/[\\%_]/g, '\\$&')}"%`}`,
  )
  return db
    .select({
      id: webhookEvents.id,
      type: webhookEvents.type,
      outcome: webhookEvents.outcome,
      receivedAt: webhookEvents.receivedAt,
    })
    .from(webhookEvents)
    .where(
      and(
        gte(webhookEvents.receivedAt, createdAt),
        lte(webhookEvents.receivedAt, new Date(createdAt.getTime() + heardForMs)),
        eq(webhookEvents.source, 'razorpay'),
        or(...isAbout),
      ),
    )
    .orderBy(webhookEvents.receivedAt)
    .limit(maxListed)
}

const listJobs = ({ db }: Pick<Services, 'db'>, orderId: string) =>
  db
    .select({ kind: jobs.kind, runAt: jobs.runAt, lastError: jobs.lastError, deadAt: jobs.deadAt })
    .from(jobs)
    .where(
      or(
        and(inArray(jobs.kind, ['mail-receipt', 'check-order']), isOfOrder(orderId)),
        eq(jobs.kind, 'check-open-orders'),
      ),
    )
    .orderBy(desc(jobs.createdAt))
    .limit(maxListed)

/** A job that carries the id of this order. */
export const isOfOrder = (orderId: string) =>
  sql`json_unquote(json_extract(${jobs.payload}, '$.orderId')) = ${orderId}`

async function listActs({ db }: Pick<Services, 'db'>, { id, userId, courseId, paymentIds }: Traced) {
  const isOf = (type: string, ids: string[]) =>
    and(eq(auditEvents.subjectType, type), inArray(auditEvents.subjectId, ids))
  const rows = await db
    .select({
      id: auditEvents.id,
      actor: users.name,
      action: auditEvents.action,
      reason: auditEvents.reason,
      details: auditEvents.details,
      subjectType: auditEvents.subjectType,
      at: auditEvents.createdAt,
    })
    .from(auditEvents)
    .leftJoin(users, eq(users.id, auditEvents.actorId))
    .where(
      or(
        isOf('order', [id]),
        paymentIds.length > 0 ? isOf('payment', paymentIds) : undefined,
        isOf('user', [userId]),
      ),
    )
    .orderBy(desc(auditEvents.createdAt))
    .limit(maxListed)
  return rows.filter(({ subjectType, details }) => subjectType !== 'user' || details?.course === courseId)
}
