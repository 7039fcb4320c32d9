import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { mailsTo } from '../../../test/mailbox'
import { anotherBrowser, member, memberPassword } from '../../../test/member'
import { type Person, person } from '../../../test/people'
import { codeNow, nextCode, secretOn, turnOn, wrongCodeFor } from '../../../test/two-factor'
import { fileWorld } from '../../../test/world'
import { auditEvents, recoveryCodes, sessions, twoFactors } from '../../db/schema'
import { authenticatorUri } from '../../rules/account/two-factor'
import { hourSeconds, minuteSeconds } from '../../rules/time'

const world = fileWorld()
const page = '/account/two-factor'

const stored = async ({ id }: Person) => {
  const { db } = world.services
  const [factor] = await db.select().from(twoFactors).where(eq(twoFactors.userId, id))
  const codes = await db.select().from(recoveryCodes).where(eq(recoveryCodes.userId, id))
  return { factor, codes }
}
const auditOf = ({ id }: Person) =>
  world.services.db.select().from(auditEvents).where(eq(auditEvents.subjectId, id))
const subjects = async (someone: Person) => {
  await world.runJobs()
  return (await mailsTo(world, someone)).map(({ subject }) => subject)
}

describe('setting it up', () => {
  it('shows key, link and QR code of one secret, the same when the page is loaded again', async () => {
    const asha = await member(world)
    const { html, $ } = await asha.browser.get(page)
    const key = $('.secret-key').text()
    expect(key).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/)
    const secret = key.replaceAll(' ', '')
    const uri = authenticatorUri(world.services.config.SITE_NAME, asha.email, secret)
    expect($('a[href^="otpauth:"]').attr('href')).toBe(uri)
    expect($('svg.qr-code path').attr('d')).toMatch(/^M4 4h1v1h-1z/)
    expect(html).not.toMatch(/<img[^>]+qr/i)
    const code = $('input[name=code]')
    expect([code.attr('autocomplete'), code.attr('inputmode')]).toEqual(['one-time-code', 'numeric'])
    expect(await secretOn(asha.browser)).toBe(secret)
    expect((await stored(asha)).factor).toBeUndefined()
  })

  it('takes the code of that secret, shows ten recovery codes once and ends all other sessions', async () => {
    const asha = await member(world)
    const other = await anotherBrowser(world, asha)
    const secret = await secretOn(asha.browser)
    const { status, location } = await asha.browser.post(page, { code: await codeNow(world, secret) })
    expect([status, location]).toEqual([303, page])
    const shown = await asha.browser.get(page)
    const codes = shown
      .$('.recovery-codes code')
      .map((_, one) => shown.$(one).text())
      .get()
    expect(new Set(codes).size).toBe(10)
    for (const code of codes) expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{5}-[0-9a-hjkmnp-tv-z]{5}$/)
    const again = await asha.browser.get(page)
    expect(again.$('.recovery-codes')).toHaveLength(0)
    expect(again.html).toContain('10 codes left')
    expect((await other.get('/account')).status).toBe(303)

    const { factor, codes: rows } = await stored(asha)
    expect(factor?.secret).toMatch(/^v1\./)
    const kept = JSON.stringify([factor, rows])
    for (const plain of [secret, ...codes, ...codes.map((code) => code.replace('-', ''))])
      expect(kept).not.toContain(plain)
    expect(await subjects(asha)).toEqual([`Two-factor sign-in is on at ${world.services.config.SITE_NAME}`])
    expect(await auditOf(asha)).toEqual([])
  })

  it('refuses wrong codes and what is none at the field, and keeps the secret', async () => {
    const asha = await member(world)
    const secret = await secretOn(asha.browser)
    for (const code of ['', 'none', '12345', await wrongCodeFor(world, secret), 'abcde-12345']) {
      const { status, $ } = await asha.browser.post(page, { code })
      expect(status, code).toBe(422)
      expect($('#code-error').text(), code).not.toBe('')
      expect($('.secret-key').text().replaceAll(' ', '')).toBe(secret)
    }
    expect((await stored(asha)).factor).toBeUndefined()
  })

  it('asks for the password when it was not typed lately', async () => {
    const asha = await member(world)
    const secret = await secretOn(asha.browser)
    world.advance(16 * minuteSeconds)
    const send = async (fields: Record<string, string>) =>
      asha.browser.post(page, { code: await codeNow(world, secret), ...fields })
    for (const fields of [{}, { password: 'wrong' }] as Record<string, string>[]) {
      const { status, $ } = await send(fields)
      expect([status, $('#set-up-password-error').text() !== '']).toEqual([422, true])
    }
    expect((await stored(asha)).factor).toBeUndefined()
    expect((await send({ password: memberPassword })).status).toBe(303)
    expect((await stored(asha)).factor).toBeDefined()
  })

  it('has who has no password sign in again', async () => {
    const asha = await person(world)
    const secret = await secretOn(asha.browser)
    world.advance(16 * minuteSeconds)
    const { status, $ } = await asha.browser.post(page, { code: await codeNow(world, secret) })
    expect([status, $('main [role=alert]').text()]).toEqual([
      422,
      expect.stringContaining('Sign out and back in'),
    ])
    expect((await stored(asha)).factor).toBeUndefined()
  })

  it('begins anew when the page was open for more than an hour', async () => {
    const asha = await member(world)
    const secret = await secretOn(asha.browser)
    world.advance(hourSeconds + 1)
    const { status, $ } = await asha.browser.post(page, {
      code: await codeNow(world, secret),
      password: memberPassword,
    })
    expect([status, $('#code-error').text()]).toEqual([422, expect.stringContaining('more than an hour')])
    expect($('.secret-key').text().replaceAll(' ', '')).not.toBe(secret)
  })

  it('happens once of two at once, and not in a session that was ended meanwhile', async () => {
    const asha = await member(world)
    const code = await codeNow(world, await secretOn(asha.browser))
    const answers = await Promise.all([1, 2].map(() => asha.browser.post(page, { code })))
    expect(answers.map(({ status }) => status)).toEqual([303, 303])
    expect((await stored(asha)).codes).toHaveLength(10)
    expect(await subjects(asha)).toHaveLength(1)

    const meera = await member(world)
    const hers = await codeNow(world, await secretOn(meera.browser))
    await world.services.db.delete(sessions).where(eq(sessions.userId, meera.id))
    expect((await meera.browser.post(page, { code: hers })).location).toContain('/sign-in')
    expect((await stored(meera)).factor).toBeUndefined()
  })

  it('takes no other person’s secret', async () => {
    const [asha, meera] = [await member(world), await member(world)]
    const secret = await secretOn(asha.browser)
    meera.browser.cookies.set('two-factor-setup', asha.browser.cookies.get('two-factor-setup') ?? '')
    const { status } = await meera.browser.post(page, { code: await codeNow(world, secret) })
    expect(status).toBe(422)
    expect((await stored(meera)).factor).toBeUndefined()
  })
})

describe('what is on', () => {
  it('gets new recovery codes for the password, and the earlier ones end', async () => {
    const asha = await member(world)
    const { recoveryCodes: first } = await turnOn(world, asha.browser)
    const before = (await stored(asha)).codes
    world.advance(16 * minuteSeconds)
    const refused = await asha.browser.post(`${page}/recovery-codes`)
    expect([refused.status, refused.$('#renew-password-error').text() !== '']).toEqual([422, true])
    expect((await stored(asha)).codes).toEqual(before)
    const { status } = await asha.browser.post(`${page}/recovery-codes`, { password: memberPassword })
    expect(status).toBe(303)
    const { $ } = await asha.browser.get(page)
    expect($('.recovery-codes code')).toHaveLength(10)
    expect(first).not.toContain($('.recovery-codes code').first().text())
    const hmacs = before.map(({ codeHmac }) => codeHmac)
    expect((await stored(asha)).codes.filter(({ codeHmac }) => hmacs.includes(codeHmac))).toEqual([])
    expect((await subjects(asha))[0]).toContain('You have new recovery codes')
  })

  it('is switched off for the password, with everything that was kept', async () => {
    const asha = await member(world)
    await turnOn(world, asha.browser)
    world.advance(16 * minuteSeconds)
    expect((await asha.browser.post(`${page}/delete`, { password: 'wrong' })).status).toBe(422)
    expect((await stored(asha)).factor).toBeDefined()
    expect((await asha.browser.post(`${page}/delete`, { password: memberPassword })).status).toBe(303)
    expect(await stored(asha)).toEqual({ factor: undefined, codes: [] })
    expect((await subjects(asha))[0]).toContain('Two-factor sign-in is off')
    expect((await asha.browser.get(page)).$('.secret-key')).toHaveLength(1)
  })

  it('says where there is nothing to renew or switch off', async () => {
    const asha = await member(world)
    for (const path of [`${page}/recovery-codes`, `${page}/delete`]) {
      expect((await asha.browser.post(path)).status).toBe(303)
      expect((await asha.browser.get(page)).$('[role=alert]').text()).toContain('nothing has changed')
    }
    expect(await subjects(asha)).toEqual([])
  })

  it('is on record for administrators', async () => {
    const admin = await member(world, { role: 'admin' })
    await turnOn(world, admin.browser)
    await admin.browser.post(`${page}/delete`)
    expect((await auditOf(admin)).map(({ action, actorId }) => [action, actorId])).toEqual([
      ['turn-two-factor-on', admin.id],
      ['turn-two-factor-off', admin.id],
    ])
  })

  it('is in the export without the secret or a code, and goes with the account', async () => {
    const asha = await member(world)
    const { secret, recoveryCodes: codes } = await turnOn(world, asha.browser)
    const { factor, codes: rows } = await stored(asha)
    const { html } = await asha.browser.post('/account/export', { password: memberPassword })
    expect(JSON.parse(html).twoFactorSignIn).toEqual({
      since: factor?.createdAt.toISOString(),
      recoveryCodesLeft: 10,
    })
    for (const hidden of [secret, factor?.secret ?? '-', ...codes, ...rows.map(({ codeHmac }) => codeHmac)])
      expect(html).not.toContain(hidden)
    await nextCode(world, secret)
    const { status } = await asha.browser.post('/account/delete', { password: memberPassword })
    expect(status).toBe(303)
    expect(await stored(asha)).toEqual({ factor: undefined, codes: [] })
  })
})
