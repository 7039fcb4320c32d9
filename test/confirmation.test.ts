import { eq, sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { transact } from '../src/db/connect'
import { refundRequests, users } from '../src/db/schema'
import { newId } from '../src/ids'
import { paths } from '../src/paths'
import { minuteSeconds } from '../src/rules/time'
import { listRoutes } from './addresses'
import { anotherBrowser, member, memberPassword } from './member'
import { newPaymentId, tell, toldPayment } from './payment-events'
import { newBuyer, owns, pay, paymentWorld } from './payments'
import { course, give, type Person, person } from './people'
import { until } from './until'

const world = paymentWorld()
const reason = 'Asked for by mail'
let admin: Person
let instructor: Person
beforeAll(async () => {
  admin = await member(world, { role: 'admin' })
  instructor = await member(world, { role: 'instructor' })
})

/** An act that waits to be done, by whom, with all it needs but the password. */
interface Act {
  by: Person
  path: string
  fields?: Record<string, string>
}

const byAdmin = (path: string, fields?: Record<string, string>): Act => ({ by: admin, path, fields })

async function paidOrder(owner?: Person) {
  const buyer = await newBuyer(world, { owner })
  await pay(world, buyer.vendorOrderId)
  await until(() => owns(world, buyer.student))
  return buyer
}

async function askedRefund(): Promise<[orderId: string, requestId: string]> {
  const buyer = await newBuyer(world)
  const { razorpay_payment_id: paymentId = '' } = await pay(world, buyer.vendorOrderId)
  await until(() => owns(world, buyer.student))
  const id = newId()
  const asked = { id, paymentId, amountPaise: 100, requestedBy: buyer.student.id, reason }
  // Its webhooks may still be read, and wait for each other with this.
  await transact(world.services.db, (tx) => tx.insert(refundRequests).values({ ...asked, state: 'asked' }))
  return [buyer.orderId, id]
}

async function heldPayment(): Promise<string> {
  const { vendorOrderId } = await newBuyer(world)
  const id = newPaymentId()
  const payment = toldPayment({ id, order_id: vendorOrderId, amount: 40_000, currency: 'USD' })
  await tell(world, 'payment.captured', { payment })
  return id
}

async function wantingToTeach(): Promise<string> {
  const { id } = await person(world)
  const asked = { teachingRequestedAt: world.services.now() }
  await world.services.db.update(users).set(asked).where(eq(users.id, id))
  return id
}

/** Every address that asks for the password again, and one act there. */
const asking: Record<string, () => Promise<Act>> = {
  [paths.personRole.pattern]: async () =>
    byAdmin(paths.personRole((await person(world)).id), { role: 'instructor' }),
  [paths.personTeaching.pattern]: async () => byAdmin(paths.personTeaching(await wantingToTeach())),
  [paths.personPurchases.pattern]: async () =>
    byAdmin(paths.personPurchases((await person(world)).id), { courseId: (await course(world)).id, reason }),
  [paths.personPurchaseDelete.pattern]: async () => {
    const [owner, owned] = [await person(world), await course(world)]
    await give(world, owner, owned)
    return byAdmin(paths.personPurchaseDelete(owner.id, owned.id), { reason })
  },
  [paths.adminOrderGrant.pattern]: async () =>
    byAdmin(paths.adminOrderGrant((await newBuyer(world)).orderId), { reason }),
  [paths.adminOrderRevoke.pattern]: async () =>
    byAdmin(paths.adminOrderRevoke((await paidOrder()).orderId), { reason }),
  [paths.adminOrderRefund.pattern]: async () =>
    byAdmin(paths.adminOrderRefund((await paidOrder()).orderId), { reason, amount: '1' }),
  [paths.adminRefundApprove.pattern]: async () =>
    byAdmin(paths.adminRefundApprove(...(await askedRefund())), { reason }),
  [paths.adminRefundDecline.pattern]: async () =>
    byAdmin(paths.adminRefundDecline(...(await askedRefund())), { reason }),
  [paths.adminPaymentAccept.pattern]: async () =>
    byAdmin(paths.adminPaymentAccept(await heldPayment()), { reason }),
  [paths.adminPaymentReturn.pattern]: async () =>
    byAdmin(paths.adminPaymentReturn(await heldPayment()), { reason }),
  [paths.adminChapterDelete.pattern]: async () => {
    const { id, chapters } = await course(world)
    return byAdmin(paths.adminChapterDelete(id, chapters[1]?.id ?? ''), { reason })
  },
  [paths.saleRefund.pattern]: async () => ({
    by: instructor,
    path: paths.saleRefund((await paidOrder(instructor)).orderId),
    fields: { reason, amount: '1' },
  }),
  [paths.teachCourseDelete.pattern]: async () => ({
    by: instructor,
    path: paths.teachCourseDelete((await course(world, { owner: instructor })).id),
  }),
  [paths.accountExport.pattern]: async () => ({ by: admin, path: paths.accountExport() }),
  [paths.accountDelete.pattern]: async () => ({ by: await member(world), path: paths.accountDelete() }),
}

/** What sounds alike and does not ask: it can be undone, gives nothing away, or takes only what is one's own. */
const silent: string[] = [
  paths.categories,
  paths.category,
  paths.categoryDelete,
  paths.personSessionsDelete,
  paths.personSuspension,
  paths.personSuspensionDelete,
  paths.personTeachingDelete,
  paths.courseSuspension,
  paths.courseSuspensionDelete,
  paths.adminOrderCheck,
  paths.adminOrderReceipt,
  paths.purchaseRefund,
  paths.googleUnlink,
  paths.accountImageDelete,
  paths.sessionDelete,
  paths.otherSessionsDelete,
  paths.teachAttachmentDelete,
  paths.teachChapterDelete,
  paths.teachChapterPublicationDelete,
  paths.teachPublicationDelete,
  paths.teachUploadDelete,
  paths.teachVideoDelete,
].map(({ pattern }) => pattern)

/** Of all that these acts change; late webhooks change other tables. */
async function state(): Promise<string> {
  const [sums] = await world.services.db.execute(
    sql`checksum table audit_events, refund_requests, purchases, courses, chapters, users`,
  )
  return JSON.stringify(sums)
}

const stale = 16 * minuteSeconds
const alert = '[role=alert]'
const isDone = ({ status, headers }: { status: number; headers: Headers }) =>
  status === 303 || headers.get('Content-Type')?.startsWith('application/json')

describe('the password is asked again', () => {
  it('at every address that is named here, and at no other one of that kind', () => {
    const ofKind = /^\/admin|\/(delete|refund|grant|revoke|role|export|purchases)$/
    const patterns = listRoutes('POST')
      .map(({ pattern }) => pattern)
      .filter((pattern) => ofKind.test(pattern))
    expect([...Object.keys(asking), ...silent].sort()).toEqual([...new Set(patterns)].sort())
  })

  it.each(Object.keys(asking))('before %s, and nothing happens without it', async (pattern) => {
    const act = await asking[pattern]?.()
    if (!act) throw new Error('no act')
    const { by, path, fields } = act
    const browser = await anotherBrowser(world, by)
    world.advance(stale)
    await world.runJobs()
    const before = await state()
    for (const password of [undefined, '', 'not this one']) {
      const answer = await browser.post(path, { ...fields, ...(password !== undefined && { password }) })
      expect([password, answer.status]).toEqual([password, 422])
      const field = answer.$('main input[name=password][aria-invalid=true]')
      const described = field.attr('aria-describedby')?.split(' ') ?? []
      expect(described.some((id) => answer.$(`[id="${id}"]${alert}`).text().includes('password'))).toBe(true)
      for (const [name, value] of Object.entries(fields ?? {}))
        expect(
          answer.$(`[name=${name}]`).filter((_, one) => [answer.$(one).val()].flat().includes(value)).length,
        ).toBeGreaterThan(0)
    }
    expect(await state()).toBe(before)
    expect(isDone(await browser.post(path, { ...fields, password: memberPassword }))).toBe(true)
  })

  const withoutDeletion = Object.keys(asking).filter((pattern) => pattern !== paths.accountDelete.pattern)

  it.each(withoutDeletion)('not before %s within 15 minutes of signing in', async (pattern) => {
    const act = await asking[pattern]?.()
    if (!act) throw new Error('no act')
    const browser = await anotherBrowser(world, act.by)
    expect(isDone(await browser.post(act.path, act.fields))).toBe(true)
  })
})

describe('who has no password', () => {
  let owner: Person
  beforeEach(async () => {
    owner = await person(world, { role: 'admin' })
  })

  it('signs in again instead, at each of them', async () => {
    world.advance(stale)
    const someone = await person(world)
    const before = await state()
    for (const [path, fields] of [
      [paths.personRole(someone.id), { role: 'admin' }],
      [paths.personPurchases(someone.id), { courseId: (await course(world)).id, reason }],
      [paths.accountExport(), {}],
    ] as [string, Record<string, string>][]) {
      const browser = await anotherBrowser(world, owner)
      world.advance(stale)
      const answer = await browser.post(path, fields)
      expect(answer.status).toBe(422)
      expect(answer.$(`main ${alert}`).text()).toContain('Sign out and in again')
      const fresh = await anotherBrowser(world, owner)
      expect(isDone(await fresh.post(path, fields))).toBe(true)
    }
    expect(await state()).not.toBe(before)
  })
})
