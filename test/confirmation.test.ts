import { sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { paths } from '../src/paths'
import { minuteSeconds } from '../src/rules/time'
import { listRoutes } from './addresses'
import { deskCases } from './desk-cases'
import { anotherBrowser, member, memberPassword } from './member'
import { newBuyer, paymentWorld } from './payments'
import { course, give, type Person, person } from './people'
import { turnOn } from './two-factor'

const world = paymentWorld()
const { askedRefund, attachedFile, heldPayment, paidOrder, refusedRefund, wantingToTeach } = deskCases(world)
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
  [paths.adminAttachmentDelete.pattern]: async () => {
    const { id } = await course(world)
    return byAdmin(paths.adminAttachmentDelete(id, await attachedFile({ id })), { reason })
  },
  [paths.adminRefundRetry.pattern]: async () =>
    byAdmin(paths.adminRefundRetry(...(await refusedRefund())), { reason }),
  [paths.adminRefundDrop.pattern]: async () =>
    byAdmin(paths.adminRefundDrop(...(await refusedRefund())), { reason }),
  [paths.personTwoFactorDelete.pattern]: async () => {
    const someone = await member(world)
    await turnOn(world, someone.browser)
    return byAdmin(paths.personTwoFactorDelete(someone.id), { reason })
  },
  [paths.twoFactorDelete.pattern]: async () => {
    const by = await member(world)
    await turnOn(world, by.browser)
    return { by, path: paths.twoFactorDelete() }
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
  paths.adminJobRun,
  paths.adminJobDrop,
  paths.adminWebhookProcess,
  paths.adminHealthMail,
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
    sql`checksum table audit_events, refund_requests, purchases, courses, chapters, attachments, two_factors, users`,
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
      expect(answer.$(`main ${alert}`).text()).toContain('Sign out and back in')
      const fresh = await anotherBrowser(world, owner)
      expect(isDone(await fresh.post(path, fields))).toBe(true)
    }
    expect(await state()).not.toBe(before)
  })
})
