import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { auditEvents, categories, jobs, users, webhookEvents } from '../src/db/schema'
import { newId } from '../src/ids'
import { addJobOnce } from '../src/models/job'
import { paths } from '../src/paths'
import { listRoutes } from './addresses'
import { deskCases } from './desk-cases'
import { newBuyer, paymentWorld } from './payments'
import { type Course, course, give, type Person, person } from './people'
import { turnOn } from './two-factor'

const world = paymentWorld()
const { askedRefund, attachedFile, heldPayment, paidOrder, refusedRefund, wantingToTeach } = deskCases(world)
let admin: Person
let instructor: Person
let student: Person
let sold: Course
beforeAll(async () => {
  admin = await person(world, { role: 'admin', name: 'Divya Rao' })
  instructor = await person(world, { role: 'instructor', name: 'Meera Iyer' })
  student = await person(world, { name: 'Asha Verma' })
  sold = await course(world, { owner: instructor, title: 'Queues', chapters: 3 })
  await give(world, student, sold)
})

const reason = 'Asked for by mail'
const post = (path: string, fields: Record<string, string> = {}) => admin.browser.post(path, fields)
const events = () => world.services.db.select().from(auditEvents)

async function category(): Promise<string> {
  const id = newId()
  await world.services.db.insert(categories).values({ id, name: id, slug: id })
  return id
}

async function waitingJob(): Promise<string> {
  const fileKey = newId()
  await addJobOnce(world.services, 'delete-file', { fileKey })
  const [job] = await world.services.db
    .select()
    .from(jobs)
    .where(eq(jobs.dedupeKey, `delete-file:${fileKey}`))
  return job?.id ?? ''
}

/** One successful use of each address at which an administrator does something. */
const uses: Record<string, () => Promise<unknown>> = {
  [paths.categories.pattern]: () => post(paths.categories(), { name: 'Beekeeping' }),
  [paths.category.pattern]: async () => post(paths.category(await category()), { name: 'Chess' }),
  [paths.categoryDelete.pattern]: async () => post(paths.categoryDelete(await category())),
  [paths.personRole.pattern]: async () =>
    post(paths.personRole((await person(world)).id), { role: 'instructor' }),
  [paths.personSessionsDelete.pattern]: async () =>
    post(paths.personSessionsDelete((await person(world)).id)),
  [paths.personSuspension.pattern]: async () => post(paths.personSuspension((await person(world)).id)),
  [paths.personSuspensionDelete.pattern]: async () => {
    const { id } = await person(world)
    await world.services.db.update(users).set({ suspendedAt: new Date() }).where(eq(users.id, id))
    return post(paths.personSuspensionDelete(id))
  },
  [paths.personTwoFactorDelete.pattern]: async () => {
    const someone = await person(world)
    await turnOn(world, someone.browser)
    return post(paths.personTwoFactorDelete(someone.id), { reason })
  },
  [paths.personTeaching.pattern]: async () => post(paths.personTeaching(await wantingToTeach())),
  [paths.personTeachingDelete.pattern]: async () => post(paths.personTeachingDelete(await wantingToTeach())),
  [paths.personPurchases.pattern]: async () =>
    post(paths.personPurchases((await person(world)).id), { courseId: sold.id, reason }),
  [paths.personPurchaseDelete.pattern]: async () => {
    const owner = await person(world)
    await give(world, owner, sold)
    return post(paths.personPurchaseDelete(owner.id, sold.id), { reason })
  },
  [paths.courseSuspension.pattern]: async () =>
    post(paths.courseSuspension((await course(world)).id), { reason }),
  [paths.courseSuspensionDelete.pattern]: async () => {
    const made = await course(world)
    await post(paths.courseSuspension(made.id), { reason })
    return post(paths.courseSuspensionDelete(made.id))
  },
  [paths.adminChapterDelete.pattern]: () =>
    post(paths.adminChapterDelete(sold.id, sold.chapters[2]?.id ?? ''), { reason }),
  [paths.adminAttachmentDelete.pattern]: async () =>
    post(paths.adminAttachmentDelete(sold.id, await attachedFile(sold)), { reason }),
  [paths.adminOrderCheck.pattern]: async () => post(paths.adminOrderCheck((await paidOrder()).orderId)),
  [paths.adminOrderGrant.pattern]: async () =>
    post(paths.adminOrderGrant((await newBuyer(world)).orderId), { reason }),
  [paths.adminOrderRevoke.pattern]: async () =>
    post(paths.adminOrderRevoke((await paidOrder()).orderId), { reason }),
  [paths.adminOrderRefund.pattern]: async () =>
    post(paths.adminOrderRefund((await paidOrder()).orderId), { reason, amount: '1' }),
  [paths.adminOrderReceipt.pattern]: async () => post(paths.adminOrderReceipt((await paidOrder()).orderId)),
  [paths.adminRefundApprove.pattern]: async () =>
    post(paths.adminRefundApprove(...(await askedRefund())), { reason }),
  [paths.adminRefundDecline.pattern]: async () =>
    post(paths.adminRefundDecline(...(await askedRefund())), { reason }),
  [paths.adminPaymentAccept.pattern]: async () =>
    post(paths.adminPaymentAccept(await heldPayment()), { reason }),
  [paths.adminJobRun.pattern]: async () => post(paths.adminJobRun(await waitingJob())),
  [paths.adminJobDrop.pattern]: async () => post(paths.adminJobDrop(await waitingJob())),
  [paths.adminPaymentReturn.pattern]: async () =>
    post(paths.adminPaymentReturn(await heldPayment()), { reason }),
  [paths.adminRefundRetry.pattern]: async () =>
    post(paths.adminRefundRetry(...(await refusedRefund())), { reason }),
  [paths.adminRefundDrop.pattern]: async () =>
    post(paths.adminRefundDrop(...(await refusedRefund())), { reason }),
  [paths.adminWebhookProcess.pattern]: async () => {
    await heldPayment()
    const [kept] = await world.services.db
      .select()
      .from(webhookEvents)
      .where(eq(webhookEvents.source, 'razorpay'))
    return post(paths.adminWebhookProcess(kept?.id ?? ''))
  },
  [paths.adminHealthMail.pattern]: () => post(paths.adminHealthMail()),
}

describe('what administrators do', () => {
  const patterns = listRoutes('POST')
    .map(({ pattern }) => pattern)
    .filter((pattern) => pattern.startsWith('/admin'))

  it('is known here, every address of it', () => {
    expect(Object.keys(uses).sort()).toEqual([...new Set(patterns)].sort())
  })

  it.each(patterns)('is kept with who did it: %s', async (pattern) => {
    const before = await events()
    expect(await uses[pattern]?.()).toMatchObject({ status: 303 })
    const added = (await events()).filter(({ id }) => !before.some((old) => old.id === id))
    expect(added.length).toBeGreaterThan(0)
    expect(added.map(({ actorId }) => actorId)).toEqual(added.map(() => admin.id))
    // A sentence about each stands on the page, newest first.
    const page = await admin.browser.get(paths.audit())
    const newest = page.$('.audit li').first().text()
    expect(newest).toMatch(/^Divya Rao (?!did “)/)
    expect(newest).not.toContain('undefined')
  })
})

describe('the page of what was done', () => {
  const sentences = async (query: Record<string, string>) => {
    const page = await admin.browser.get(paths.audit(query))
    expect(page.status).toBe(200)
    return page
      .$('.audit li p:first-child')
      .map((_, line) => page.$(line).text())
      .get()
  }

  it('finds by person, course, id and kind, and leaves out nonsense', async () => {
    const [other, someone] = [
      await person(world, { role: 'admin', name: 'Farida Khan' }),
      await person(world, { name: 'Tarun Bose' }),
    ]
    const made = await course(world, { title: 'Origami' })
    await other.browser.post(paths.personSuspension(someone.id), { reason: 'Spam' })
    await other.browser.post(paths.courseSuspension(made.id), { reason: 'Copied' })
    const [suspended, taken] = ['Farida Khan suspended Tarun Bose.', 'Farida Khan took Origami off sale.']
    expect(await sentences({ q: 'farida' })).toEqual([taken, suspended])
    expect(await sentences({ q: someone.email })).toEqual([suspended])
    expect(await sentences({ q: someone.id })).toEqual([suspended])
    expect(await sentences({ q: 'origami' })).toEqual([taken])
    expect(await sentences({ q: 'farida', action: 'suspend-user' })).toEqual([suspended])
    expect(await sentences({ q: 'farida', action: 'x'.repeat(50), page: '-3' })).toEqual([taken, suspended])
    expect(await sentences({ q: '%' })).toEqual([])
    const page = await admin.browser.get(paths.audit({ q: 'farida' }))
    expect(page.$('.audit').text()).toContain('Reason: Spam')
    expect(page.$(`.audit a[href="${paths.adminCourse(made.id)}"]`)).toHaveLength(1)
    expect(page.$(`.audit a[href="${paths.person(someone.id)}"]`)).toHaveLength(1)
  })
})
