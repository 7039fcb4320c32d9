import { and, desc, eq, exists, inArray, isNotNull, isNull, like, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../../db/connect'
import { courses, disputes, invoices, orders, payments, refunds, users } from '../../db/schema'
import { type OrderQuery, type OrderStateFilter, type Sought, soughtBy } from '../../rules/admin/order-query'
import type { Services } from '../../services'

export type FoundOrders = Awaited<ReturnType<typeof searchOrders>>

const maxListed = 50
/** A part of a name is on no index: that many people at most are looked for. */
const maxPeople = 200

/** Newest first, 50 at most; `more` when there are more, or more people of such a name. */
export async function searchOrders({ db }: Pick<Services, 'db'>, { q, state }: OrderQuery) {
  const sought = q ? await lookUp(db, soughtBy(q)) : null
  const where = and(sought?.matches, state ? inState(db, state) : undefined)
  const list = await db
    .select({
      id: orders.id,
      vendorOrderId: orders.vendorOrderId,
      amountPaise: orders.amountPaise,
      state: orders.state,
      lastError: orders.lastError,
      createdAt: orders.createdAt,
      paidAt: orders.paidAt,
      /** The payment that got furthest. */
      outcome: sql<string | null>`(select ${payments.outcome} from ${payments}
        where ${payments.orderId} = ${orders.id} and ${payments.outcome} is not null
        order by field(${payments.outcome}, 'held', 'lost', 'granted', 'returning', 'returned') limit 1)`,
      buyer: { id: users.id, name: users.name, email: users.email },
      course: { title: courses.title },
    })
    .from(orders)
    .innerJoin(users, eq(users.id, orders.userId))
    .innerJoin(courses, eq(courses.id, orders.courseId))
    .where(where)
    .orderBy(desc(orders.id))
    .limit(maxListed + 1)
  return {
    list: list.slice(0, maxListed),
    more: list.length > maxListed || (sought?.hasMorePeople ?? false),
    /** Payments of this id that belong to no order. */
    stray: sought?.stray ?? [],
  }
}

async function lookUp(db: Db, { id, phone, words }: Sought) {
  const people = await findPeople(db, phone, words)
  const [byNumber, stray] = id ? await findByNumber(db, id) : [[], []]
  const userIds = people.slice(0, maxPeople)
  const matches = or(
    id ? or(inArray(orders.id, [id.toLowerCase()]), eq(orders.vendorOrderId, id)) : undefined,
    id ? eq(orders.paymentId, id) : undefined,
    byNumber.length > 0 ? inArray(orders.id, byNumber) : undefined,
    userIds.length > 0 ? inArray(orders.userId, userIds) : undefined,
  )
  return { matches: matches ?? sql`false`, hasMorePeople: people.length > maxPeople, stray }
}

/** Each is the range of an index. */
async function findByNumber(db: Db, id: string): Promise<[orderIds: string[], stray: string[]]> {
  const [paid, returned, issued, disputed] = await Promise.all([
    db.select({ id: payments.id, orderId: payments.orderId }).from(payments).where(eq(payments.id, id)),
    db.select({ orderId: refunds.orderId }).from(refunds).where(eq(refunds.id, id)),
    db.select({ orderId: invoices.orderId }).from(invoices).where(numbered(id)),
    db
      .select({ orderId: payments.orderId })
      .from(disputes)
      .innerJoin(payments, eq(payments.id, disputes.paymentId))
      .where(eq(disputes.id, id)),
  ])
  const found = [...paid, ...returned, ...issued, ...disputed].flatMap(({ orderId }) => orderId ?? [])
  return [[...new Set(found)], paid.filter(({ orderId }) => orderId === null).map((one) => one.id)]
}

const numbered = (id: string) => {
  const isOfId = eq(invoices.id, id.toLowerCase())
  return id.length <= 16 ? or(isOfId, eq(invoices.number, id.toUpperCase())) : isOfId
}

const within = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

async function findPeople(db: Db, phone: string | null, words: string[]): Promise<string[]> {
  const eachWord = words.map((word) =>
    or(like(users.name, within(word)), like(users.email, within(word.toLowerCase()))),
  )
  const rows = await db
    .select({ id: users.id })
    .from(users)
    .where(or(phone ? eq(users.phoneNumber, phone) : undefined, and(...eachWord)))
    .orderBy(desc(users.id))
    .limit(maxPeople + 1)
  return rows.map(({ id }) => id)
}

function inState(db: Db, state: OrderStateFilter): SQL | undefined {
  if (state === 'open') return and(isNotNull(orders.openKey), isNull(orders.lastError))
  if (state === 'declined') return and(isNotNull(orders.openKey), isNotNull(orders.lastError))
  if (state === 'paid' || state === 'abandoned') return eq(orders.state, state)
  const ofOrder = db.select({ one: sql`1` }).from(payments)
  if (state === 'disputed')
    return exists(
      ofOrder.innerJoin(disputes, eq(disputes.paymentId, payments.id)).where(eq(payments.orderId, orders.id)),
    )
  const outcomes = state === 'held' ? (['held'] as const) : (['returning', 'returned'] as const)
  return exists(ofOrder.where(and(eq(payments.orderId, orders.id), inArray(payments.outcome, [...outcomes]))))
}
