import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { untilWaiting } from '../../../test/locks'
import { mailsTo } from '../../../test/mailbox'
import { anotherBrowser, member, memberPassword } from '../../../test/member'
import { newBuyer, openCheckout, orderRow, pay, paymentState, purchasesOf } from '../../../test/payments'
import { course, give, type Person, person } from '../../../test/people'
import { until } from '../../../test/until'
import { picture, upload } from '../../../test/upload'
import { fileWorld } from '../../../test/world'
import {
  accounts,
  auditEvents,
  jobs,
  knownDevices,
  sessions,
  userProgress,
  users,
  verificationTokens,
} from '../../db/schema'
import { newId } from '../../ids'
import { createVerificationToken } from '../../models/account/verification-link'
import { addJob } from '../../models/job'
import { required } from '../../services'

const world = fileWorld()
beforeAll(async () => {
  await person(world, { role: 'admin', name: 'Latha Admin' })
})

const rowOf = async ({ id }: Pick<Person, 'id'>) => {
  const [user] = await world.services.db.select().from(users).where(eq(users.id, id))
  if (!user) throw new Error('The row is gone')
  return user
}
const deleteAccount = ({ browser }: Person, password = memberPassword) =>
  browser.post('/account/delete', { password })

describe('deleting my account', () => {
  it('explains what happens first', async () => {
    const asha = await member(world)
    expect((await asha.browser.get('/account')).$('a[href="/account/delete"]').length).toBe(1)
    const { $, status } = await asha.browser.get('/account/delete')
    expect(status).toBe(200)
    expect($('main').text()).toContain('cannot be undone')
    expect($('form[action="/account/delete"] [name=password]').attr('autocomplete')).toBe('current-password')
  })

  it('deletes all personal data and keeps orders and payments', async () => {
    const { db, now } = world.services
    const asha = await member(world, { name: 'Asha Rao' })
    const other = await anotherBrowser(world, asha)
    await world.browser().post('/sign-in', { email: asha.email, password: memberPassword })
    await asha.browser.post('/account', { phoneNumber: '+44 20 7946 0101' })
    const key = await upload(world, asha.browser, 'avatar', { file: picture() })
    const joined = await course(world)
    await give(world, asha, joined)
    const offered = await course(world)
    const { vendorOrderId, orderId } = await openCheckout(asha, offered)
    await pay(world, vendorOrderId)
    await until(async () => (await purchasesOf(world, asha)).length === 2, 'the purchase')
    await addJob(world.services, 'mail-password-changed', { email: asha.email })
    await db.update(jobs).set({ deadAt: now() }).where(eq(jobs.kind, 'mail-password-changed'))
    const chapterId = joined.chapters[0]?.id ?? ''
    await db
      .insert(userProgress)
      .values({ id: newId(), userId: asha.id, chapterId, createdAt: now(), updatedAt: now() })
    await db.insert(accounts).values({
      id: newId(),
      userId: asha.id,
      provider: 'google',
      providerAccountId: `sub-${asha.id}`,
      createdAt: now(),
    })
    await createVerificationToken(world.services, asha.email)

    const answer = await deleteAccount(asha)
    expect(answer).toMatchObject({ status: 303, location: '/' })
    expect(asha.browser.cookies.has('session')).toBe(false)
    expect((await asha.browser.get('/')).html).toContain('Your account is deleted.')
    expect((await other.get('/account')).status).toBe(303)
    await world.runJobs()

    const row = await rowOf(asha)
    expect(row).toMatchObject({
      name: 'Deleted account',
      passwordHash: null,
      phoneNumber: null,
      imageKey: null,
      emailVerifiedAt: null,
      role: 'student',
    })
    expect(row.suspendedAt).not.toBeNull()
    expect(JSON.stringify(row)).not.toContain(asha.email)
    expect((await fetch(required(world.services.files, 'Files').publicUrl(key))).ok).toBe(false)
    for (const table of [sessions, accounts, userProgress, knownDevices])
      expect(await db.select().from(table).where(eq(table.userId, asha.id))).toEqual([])
    const about = eq(auditEvents.subjectId, asha.id)
    expect(await db.select().from(auditEvents).where(about)).toMatchObject([
      { actorId: asha.id, action: 'delete-account', details: { role: 'student' } },
    ])
    const links = eq(verificationTokens.identifier, asha.email)
    expect(await db.select().from(verificationTokens).where(links)).toEqual([])
    expect(await purchasesOf(world, asha)).toHaveLength(2)
    expect(await orderRow(world, orderId)).toMatchObject({ state: 'paid', userId: asha.id })
    const left = await db.select().from(jobs)
    expect(left.filter(({ lastError }) => lastError)).toEqual([])
    expect(JSON.stringify(left)).not.toContain(asha.email)
  })

  it('frees the email address and the phone number for a new account', async () => {
    const asha = await member(world)
    await asha.browser.post('/account', { phoneNumber: '+44 20 7946 0102' })
    await deleteAccount(asha)
    const browser = world.browser()
    const fields = { name: 'Asha again', email: asha.email, password: 'another password' }
    expect((await browser.post('/sign-up', fields)).status).toBe(303)
    expect((await browser.post('/account', { phoneNumber: '+44 20 7946 0102' })).status).toBe(303)
    expect((await browser.get('/purchases')).status).toBe(200)
    const rows = await world.services.db.select().from(users).where(eq(users.email, asha.email))
    expect(rows).toMatchObject([{ name: 'Asha again' }])
    expect(rows[0]?.id).not.toBe(asha.id)
  })

  it('asks for the password, at its field, and counts wrong ones', async () => {
    const asha = await member(world)
    for (const password of ['wrong one', '']) {
      const { status, $ } = await deleteAccount(asha, password)
      expect(status).toBe(422)
      expect($('#password-error[role=alert]').text()).toContain('This is not your password.')
    }
    for (let attempt = 2; attempt < world.services.config.LIMIT_FAILED_SIGN_INS_PER_ACCOUNT; attempt++)
      await deleteAccount(asha, `wrong ${attempt}`)
    expect((await deleteAccount(asha)).status).toBe(429)
    expect((await rowOf(asha)).email).toBe(asha.email)
  })

  it('happens once when it is sent twice at the same moment', async () => {
    const asha = await member(world)
    const answers = await Promise.all([deleteAccount(asha), deleteAccount(asha)])
    for (const { status } of answers) expect(status).toBeLessThan(500)
    expect(answers.some(({ status, location }) => status === 303 && location === '/')).toBe(true)
    expect((await rowOf(asha)).name).toBe('Deleted account')
  })

  it('is for signed-in users only', async () => {
    const location = '/sign-in?next=%2Faccount%2Fdelete'
    expect(await world.browser().get('/account/delete')).toMatchObject({ status: 303, location })
    expect(await world.browser().post('/account/delete')).toMatchObject({ status: 303 })
  })
})

describe('deleting an account without a password', () => {
  it('asks for the email address instead', async () => {
    const ravi = await person(world)
    const wrong = await ravi.browser.post('/account/delete', { email: 'ravi@elsewhere.example' })
    expect(wrong.status).toBe(422)
    expect(wrong.$('#email-error[role=alert]').text()).toContain('not the email address of this account')
    expect(wrong.$('[name=email]').val()).toBe('ravi@elsewhere.example')
    expect((await ravi.browser.post('/account/delete', {})).status).toBe(422)
    expect(
      (await ravi.browser.post('/account/delete', { email: ` ${ravi.email.toUpperCase()} ` })).status,
    ).toBe(303)
    expect((await rowOf(ravi)).name).toBe('Deleted account')
  })

  it('requires a sign-in within the last 15 minutes', async () => {
    const ravi = await person(world)
    world.advance(15 * 60 + 1)
    const page = await ravi.browser.get('/account/delete')
    expect(page.$('form[action="/account/delete"]').length).toBe(0)
    expect(page.html).toContain('Sign in again first')
    expect((await ravi.browser.post('/account/delete', { email: ravi.email })).status).toBe(403)
    expect((await rowOf(ravi)).email).toBe(ravi.email)
  })
})

describe('deleting an account while a payment is pending', () => {
  it('refunds a payment that arrives after the deletion', async () => {
    const { student, vendorOrderId, orderId } = await newBuyer(world)
    expect((await student.browser.post('/account/delete', { email: student.email })).status).toBe(303)
    await pay(world, vendorOrderId)
    await until(async () => (await orderRow(world, orderId)).state === 'duplicate', 'the webhook')
    await world.runJobs()
    const state = await paymentState(world)
    const [payment] = state.payments.filter((one) => one.order_id === vendorOrderId)
    expect(payment?.amount_refunded).toBeGreaterThan(0)
    await world.runJobs()
    expect(await purchasesOf(world, student)).toEqual([])
    expect(await mailsTo(world, student)).toEqual([])
    const waiting = await world.services.db.select().from(jobs)
    expect(waiting.filter(({ lastError }) => lastError)).toEqual([])
  })
})

describe('deleting an account while the password is being changed', () => {
  it('is refused, because the confirmed password has been replaced', async () => {
    const asha = await member(world)
    const changed = `${(await rowOf(asha)).passwordHash?.replace(/^(.*\$)./, '$1x')}`
    const answers = await world.services.db.transaction(async (tx) => {
      const isAsha = eq(users.id, asha.id)
      await tx.select().from(users).where(isAsha).for('update')
      const left = deleteAccount(asha)
      await untilWaiting(world, 1)
      await tx.update(users).set({ passwordHash: changed }).where(isAsha)
      return { left }
    })
    const { status, $ } = await answers.left
    expect([status, $('#password-error').text()]).toEqual([
      422,
      expect.stringContaining('This is not your password.'),
    ])
    expect(await rowOf(asha)).toMatchObject({ email: asha.email, passwordHash: changed })
  })
})
