import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { and, eq } from 'drizzle-orm'
import mysql from 'mysql2/promise'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { readConfig } from '../../src/config'
import { type Connection, connect } from '../../src/db/connect'
import { courses, jobs, muxData, orders, purchases } from '../../src/db/schema'
import { runDueJobs } from '../../src/jobs/run'
import { addJob } from '../../src/models/job'
import { approveRefund } from '../../src/models/purchases/refund-request'
import { openUpload } from '../../src/models/teach/video/upload'
import { nodeApp } from '../../src/node-app'
import { daySeconds, hourSeconds } from '../../src/rules/time'
import { openServices, required } from '../../src/services'
import { BrowserSession } from '../../test/browser-session'
import { openCheckout, owns, type PostedReceipt, pay, paymentState, receiptFields } from '../../test/payments'
import { type Course, course, type Person, person } from '../../test/people'
import { tellSoak } from '../../test/soak-log'
import { until } from '../../test/until'
import { openWorld, type World } from '../../test/world'
import { backup } from '../backup'
import { createDatabase } from '../database/server'
import { reconcile } from '../reconcile'
import { restore } from '../restore'
import { release } from './release'

const server = inject('databaseUrl')
const name = `drill_${crypto.randomUUID().replaceAll('-', '')}`
const folder = mkdtempSync(join(tmpdir(), 'lms-drill-'))
let lost: World
let restored: World
let line: Connection

/** Another site by the same vendors, on a database of its own. */
async function openRestored(url: string): Promise<void> {
  let offsetMs = 0
  line = connect({ uri: url, connectionLimit: 10 })
  const services = {
    ...openServices(readConfig({ ...lost.environment, DATABASE_URL: url }), line.db),
    now: () => new Date(Date.now() + offsetMs),
  }
  const app = nodeApp(services, () => {})
  restored = {
    ...lost,
    ...{ services, app, runJobs: () => runDueJobs(services) },
    browser: () => new BrowserSession((address, init) => app.request(address, init), lost.origin),
    advance: (seconds) => {
      offsetMs += seconds * 1000
    },
  }
}
beforeAll(async () => {
  lost = await openWorld()
  await lost.settings('razorpay', { webhooks: 'off' })
  await lost.settings('mux', { webhooks: 'off' })
})
afterAll(async () => {
  await line?.close()
  await lost.close()
  rmSync(folder, { recursive: true, force: true })
  const connection = await mysql.createConnection({ uri: server })
  await connection.query('drop database if exists ??', [name])
  await connection.end()
})

const said = async (work: (print: (line: string) => void) => Promise<void>): Promise<string[]> => {
  const lines: string[] = []
  await work((text) => lines.push(text))
  return lines
}
const command = (...args: string[]) => said((print) => reconcile(args, restored.services, print))
const assets = async () => {
  const ids: string[] = []
  for await (const { assetId } of required(lost.services.video, 'Video').listAssets()) ids.push(assetId)
  return ids.sort()
}
/** What has left the site, at those who got it. */
const outside = async () => {
  const mails = await (await fetch(`${lost.sandbox.origin}/mail/messages`)).json()
  return { mails: mails.length, refunds: (await paymentState(lost)).refunds.length, assets: await assets() }
}
async function buy(student: Person, offered: Course): Promise<PostedReceipt> {
  const { vendorOrderId } = await openCheckout(student, offered)
  const paid = await pay(lost, vendorOrderId)
  await student.browser.post('/purchases/receipt', receiptFields(paid))
  return paid
}
/** A course with one lesson whose video was really uploaded. */
async function filmed(owner: Person): Promise<string> {
  const { db } = lost.services
  const made = await course(lost, { owner, chapters: 1 })
  const chapterId = made.chapters[0]?.id ?? ''
  await db.delete(muxData).where(eq(muxData.chapterId, chapterId))
  const { url } = await openUpload(lost.services, { id: chapterId, title: 'One', ownerId: owner.id })
  await fetch(url, { method: 'PUT', body: await readFile('test/clip.mp4') })
  return until(async () => {
    lost.advance(300)
    await lost.runJobs()
    const [row] = await db.select().from(muxData).where(eq(muxData.chapterId, chapterId))
    return row?.assetId
  }, 'the video')
}

describe('A site that is lost after its last backup', () => {
  it('comes back with what was sold since, and nothing goes out that should not', async () => {
    const instructor = await person(lost, { role: 'instructor' })
    const asha = await person(lost)
    const newcomer = await person(lost, { isVerified: false })
    const [first, second] = [await course(lost), await course(lost)]
    await lost.services.db.delete(muxData)
    const played = await filmed(instructor)
    const { razorpay_payment_id: paymentId } = await buy(asha, first)
    await lost.runJobs()

    // Waiting while the backup is made, and done by the site before it is lost.
    const unused = (await required(lost.services.video, 'Video').openUpload({
      ...{ uploadId: crypto.randomUUID(), title: 'Unused', creatorId: instructor.id },
    })) satisfies { vendorUploadId: string }
    await addJob(lost.services, 'cancel-upload', { vendorUploadId: unused.vendorUploadId })
    await addJob(lost.services, 'mail-verify-address', { userId: newcomer.id })
    await lost.services.db.transaction((db) =>
      approveRefund({ ...lost.services, db }, { paymentId, amountPaise: 100, reason: 'A part.' }),
    )
    const file = join(folder, 'lms.gz')
    await backup([file], String(lost.environment.DATABASE_URL), () => {})
    await lost.runJobs()

    const later = await buy(asha, second)
    const stranger = await person(lost)
    const strangersPayment = await buy(stranger, second)
    const uploadedLater = await filmed(instructor)
    await lost.runJobs()
    const atLoss = await outside()
    expect(atLoss).toMatchObject({ refunds: 1, assets: [played, uploadedLater].sort() })

    const url = await createDatabase(server, name)
    await said((print) => restore(file, url, { print }))
    await openRestored(url)
    const { db } = restored.services
    expect((await restored.browser().get('/health/ready')).status).toBe(200)
    const oldSession = restored.browser()
    oldSession.cookies.set('session', asha.browser.cookies.get('session') ?? '')
    expect((await oldSession.get('/account')).location).toContain('/sign-in')
    restored.advance(2 * hourSeconds)
    await restored.runJobs()
    expect(await outside()).toEqual(atLoss)

    expect(await owns(restored, stranger)).toBe(false)
    const since = new Date(Date.now() - daySeconds * 1000).toISOString().slice(0, 10)
    const told = (await command('payments', '--since', since)).join('\n')
    expect(told).toContain(`Recorded: Payment ${later.razorpay_payment_id} of ₹499 is captured`)
    expect(told).toMatch(
      new RegExp(`Look at this: Payment ${strangersPayment.razorpay_payment_id} of ₹499 waits`),
    )
    const [order] = await db.select().from(orders).where(eq(orders.vendorOrderId, later.razorpay_order_id))
    expect(order).toMatchObject({ userId: asha.id, courseId: second.id, state: 'paid' })
    const [bought] = await db
      .select()
      .from(purchases)
      .where(and(eq(purchases.userId, asha.id), eq(purchases.courseId, second.id)))
    expect(bought).toMatchObject({ paymentId: later.razorpay_payment_id, revokedAt: null })

    await expect(command('videos')).rejects.toThrow('No chapter plays 1 of the 2 videos of this site')
    expect((await command('videos', '--yes'))[0]).toContain(`orphan ${uploadedLater}`)
    await restored.runJobs()
    expect(await outside()).toEqual(atLoss)

    const released = await said((print) => release(restored.services, false, print))
    expect(released.join('\n')).toMatch(/1 cancel-upload\n.*1 delete-asset, in its time\n.*1 mail-receipt\n/)
    expect(released.join('\n')).toContain('Dropped: 1 email of before the backup.')
    await restored.runJobs()
    await restored.runJobs()
    const after = await outside()
    expect(after).toMatchObject({ refunds: 1, assets: atLoss.assets })
    const subjects = await (await fetch(`${lost.sandbox.origin}/mail/messages?to=${newcomer.email}`)).json()
    expect(subjects).toHaveLength(1)
    const left = await db.select({ kind: jobs.kind }).from(jobs).where(eq(jobs.kind, 'delete-asset'))
    expect(left).toHaveLength(1)

    restored.advance(31 * daySeconds)
    await restored.runJobs()
    expect(await assets()).toEqual([played])
    expect(await db.select().from(courses).where(eq(courses.ownerId, instructor.id))).toHaveLength(1)
    tellSoak({
      'payments recorded again': told.match(/Recorded: Payment/g)?.length,
      'for a person': told.match(/Look at this: Payment/g)?.length,
      'emails since': after.mails - atLoss.mails,
      'refunds since': after.refunds - atLoss.refunds,
      'videos kept': (await assets()).length,
    })
  })
})
