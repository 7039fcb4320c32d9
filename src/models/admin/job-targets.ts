import { eq, inArray } from 'drizzle-orm'
import { chapters, courses, payments, refundRequests, refunds, users, videoUploads } from '../../db/schema'
import type { Services } from '../../services'

/** What a job is about, where it has a page. */
export type JobTarget =
  | { type: 'order' | 'dispute'; id: string }
  | { type: 'person'; id: string; name: string }
  | { type: 'course'; id: string; name: string }
  | { type: 'chapter'; id: string; courseId: string; name: string }

type Payload = Record<string, string>
type Parts = Pick<Services, 'db'>
type Finder = (services: Parts, ids: string[]) => Promise<Map<string, JobTarget>>

const byId = <T extends { key: string }>(rows: T[], target: (row: T) => JobTarget | null) =>
  new Map(
    rows.flatMap((row) => {
      const found = target(row)
      return found ? [[row.key, found] as const] : []
    }),
  )
const orderOf = ({ orderId }: { orderId: string | null }): JobTarget | null =>
  orderId ? { type: 'order', id: orderId } : null

/** By the name of the id in the payload; what says most of the job comes first. */
const finders: Record<string, Finder> = {
  orderId: async (_, ids) => new Map(ids.map((id) => [id, { type: 'order', id }])),
  disputeId: async (_, ids) => new Map(ids.map((id) => [id, { type: 'dispute', id }])),
  requestId: async ({ db }, ids) =>
    byId(
      await db
        .select({ key: refundRequests.id, orderId: payments.orderId })
        .from(refundRequests)
        .innerJoin(payments, eq(payments.id, refundRequests.paymentId))
        .where(inArray(refundRequests.id, ids)),
      orderOf,
    ),
  refundId: async ({ db }, ids) =>
    byId(
      await db
        .select({ key: refunds.id, orderId: refunds.orderId })
        .from(refunds)
        .where(inArray(refunds.id, ids)),
      orderOf,
    ),
  paymentId: async ({ db }, ids) =>
    byId(
      await db
        .select({ key: payments.id, orderId: payments.orderId })
        .from(payments)
        .where(inArray(payments.id, ids)),
      orderOf,
    ),
  courseId: async ({ db }, ids) =>
    byId(
      await db.select({ key: courses.id, name: courses.title }).from(courses).where(inArray(courses.id, ids)),
      ({ key, name }) => ({ type: 'course', id: key, name }),
    ),
  uploadId: async ({ db }, ids) =>
    byId(
      await db
        .select({
          key: videoUploads.id,
          ...{ id: chapters.id, courseId: chapters.courseId, name: chapters.title },
        })
        .from(videoUploads)
        .innerJoin(chapters, eq(chapters.id, videoUploads.chapterId))
        .where(inArray(videoUploads.id, ids)),
      ({ key: _, ...chapter }) => ({ type: 'chapter', ...chapter }),
    ),
  userId: ({ db }, ids) => people({ db }, ids, 'id'),
  email: ({ db }, ids) => people({ db }, ids, 'email'),
}

const people = async ({ db }: Parts, keys: string[], by: 'id' | 'email') =>
  byId(
    await db
      .select({ key: users[by], id: users.id, name: users.name })
      .from(users)
      .where(inArray(users[by], keys)),
    ({ id, name }) => ({ type: 'person', id, name }),
  )

/** One question for each sort of thing that these jobs are about. */
export async function findTargets(
  services: Parts,
  jobs: { payload: Payload }[],
): Promise<(job: { payload: Payload }) => JobTarget | null> {
  const found = new Map<string, Map<string, JobTarget>>()
  for (const [name, find] of Object.entries(finders)) {
    const ids = jobs.flatMap(({ payload }) => payload[name] ?? [])
    if (ids.length > 0) found.set(name, await find(services, [...new Set(ids)]))
  }
  return ({ payload }) => {
    for (const name of Object.keys(finders)) {
      const target = found.get(name)?.get(payload[name] ?? '')
      if (target) return target
    }
    return null
  }
}
