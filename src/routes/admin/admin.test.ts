import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { untilAsked } from '../../../test/health'
import { course, type Person, person } from '../../../test/people'
import { fileWorld, openWorld } from '../../../test/world'
import { jobs, settings, webhookEvents } from '../../db/schema'
import { newId } from '../../ids'
import { addJob } from '../../models/job'
import { openOrder } from '../../models/purchases/open-order'
import { recordDecline } from '../../models/purchases/order'
import { quarantineName } from '../../models/quarantine'
import { receiveOnce } from '../../models/webhook-event'
import { paths } from '../../paths'
import { hourSeconds, later } from '../../rules/time'

const world = fileWorld()
let admin: Person
beforeAll(async () => {
  admin = await person(world, { role: 'admin' })
})

const text = async (part: string, at: Person = admin) =>
  (await at.browser.get(paths.admin())).$(part).text().replace(/\s+/g, ' ')

describe('the administrators’ overview', () => {
  it('says that all is well and nothing is waiting', async () => {
    await world.services.otp?.migrate(world.services.config.OTP_TTL_SECONDS)
    await untilAsked(world, admin, Array(7).fill('Answers'))
    const page = await admin.browser.get(paths.admin())
    expect(page.$('#health').text()).toContain('MySQL Answers')
    expect(page.$('#health .badge-success')).toHaveLength(7)
    expect(page.$('#orders').text()).toContain('No open orders')
    expect(page.$('#webhooks').text()).toContain('None received yet')
    expect(page.$('#failing-jobs')).toHaveLength(0)
  })

  it('says in red that the site was restored, and what to do', async () => {
    const { db } = world.services
    const value = JSON.stringify({ backupId: 'one', backupAt: '2026-01-02T03:04:05.678Z' })
    await db.insert(settings).values({ name: quarantineName, value, changedAt: world.services.now() })
    expect(await text('.notice-error[role=alert]')).toMatch(
      /in quarantine.*2 January 2026.*reconcile -- payments --since 2026-01-01.*reconcile -- videos --list.*restore -- --release/,
    )
    expect((await world.browser().get('/health/ready')).status).toBe(200)
    await db.delete(settings).where(eq(settings.name, quarantineName))
    expect(await text('.notice-error')).toBe('')
  })

  it('lists open orders with their age and their last payment error', async () => {
    const student = await person(world, { name: 'Ravi Menon' })
    const sold = await course(world, { title: 'Trees & <graphs>', pricePaise: 149_900 })
    const order = await openOrder(world.services, student.id, sold)
    world.advance(3 * hourSeconds)
    expect(await text('#orders')).toMatch(
      /1 open order\..*Ravi Menon.*Trees & <graphs>.*₹1,499.*3 h.*No payment reported as of .* Next check: .*Check now/,
    )
    await recordDecline(world.services, order.id, 'The card was declined by its bank.')
    expect(await text('#orders')).toContain('The card was declined by its bank.')
    expect(await text('#orders')).toContain(order.vendorOrderId)
  })

  it('counts jobs that are overdue, given up and waiting, and leads to them', async () => {
    const { db, now } = world.services
    await db.delete(jobs)
    const fileKey = newId()
    await addJob(world.services, 'delete-file', { fileKey }, later(now(), -2 * hourSeconds))
    await addJob(world.services, 'delete-file', { fileKey }, later(now(), -hourSeconds))
    await addJob(world.services, 'delete-asset', { assetId: 'given-up' })
    await db.update(jobs).set({ deadAt: now() }).where(eq(jobs.kind, 'delete-asset'))
    for (const _ of [1, 2, 3])
      await addJob(world.services, 'check-webhook', { paymentId: 'pay_x' }, later(now(), hourSeconds))
    expect(await text('#jobs')).toMatch(/Overdue ?2 jobs ?Given up ?1 job ?Waiting ?3 jobs ?Oldest ?2 h late/)
    const page = await admin.browser.get(paths.admin())
    for (const state of ['overdue', 'given-up'])
      expect(page.$(`#jobs a[href="/admin/jobs?state=${state}"]`)).toHaveLength(1)
  })

  it('shows the last five webhooks, newest first, and nothing of what they carried', async () => {
    await world.services.db.delete(webhookEvents)
    for (let n = 1; n <= 22; n++) {
      world.advance(1)
      const event = {
        source: 'razorpay',
        id: newId(),
        type: `payment.test.${n}`,
        payload: { secret: 'hush' },
      } as const
      await receiveOnce(world.services, event, async () => `outcome ${n}`)
      // However much is told about videos.
      await receiveOnce(
        world.services,
        { ...event, source: 'mux', type: 'video.test' },
        async () => 'nothing',
      )
    }
    const page = await admin.browser.get(paths.admin())
    const rows = page.$('#webhooks tbody tr')
    expect(rows).toHaveLength(5)
    expect(rows.first().text()).toContain('payment.test.22')
    expect(rows.first().text()).toContain('Outcome 22')
    expect(page.html).not.toContain('hush')
    expect(page.$.root().text().replace(/\s+/g, ' ')).toContain(
      'In the last 24 hours: 22 webhooks from Mux, 22 webhooks from Razorpay',
    )
  })

  it('shows which services are off, and still answers', async () => {
    const bare = await openWorld({
      environment: Object.fromEntries(
        Object.keys(world.environment)
          .filter((name) => /^(MUX|GOOGLE|MONGODB)_/.test(name))
          .map((name) => [name, undefined]),
      ),
    })
    try {
      const alone = await person(bare, { role: 'admin' })
      await untilAsked(bare, alone, ['Answers', 'Answers', 'Off', 'Answers', 'Answers', 'Off', 'Off'])
      const health = await text('#health', alone)
      expect(health).toMatch(/Video ?Mux Off/)
      expect(health).toMatch(/Payments ?Razorpay Answers/)
      expect(health).toMatch(/Reset codes ?MongoDB Off/)
    } finally {
      await bare.close()
    }
  })
})
