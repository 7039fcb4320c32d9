import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Environment } from '../../src/config'
import { inspectRazorpay } from '../../src/ports/payments/razorpay-inspection'
import { doctorWorld } from '../../test/doctor'
import { openCheckout } from '../../test/payments'
import { course, person } from '../../test/people'
import { until } from '../../test/until'
import { openAsk } from './ask'

const { world, examined, wrongIn, expectWrong } = doctorWorld()

describe('of Razorpay the doctor says', () => {
  it('that the keys are wrong', () => expectWrong({ RAZORPAY_KEY_SECRET: 'other' }, /^Razorpay: keys: .*401/))
  it('that the webhook goes elsewhere', async () => {
    await world.settings('razorpay', { registeredUrl: 'https://old.example.com/webhooks/razorpay' })
    await expectWrong({}, /^Razorpay: webhook: none goes to .*\/webhooks\/razorpay$/)
  })
  it('that the webhook is switched off', async () => {
    await world.settings('razorpay', { webhooks: 'off' })
    await expectWrong({}, /^Razorpay: webhook: it is switched off$/)
  })
  it('which events are missing', async () => {
    await world.settings('razorpay', { registeredEvents: ['payment.captured', 'order.paid'] })
    await expectWrong({}, /^Razorpay: webhook: it does not tell payment.authorized, .*refund.processed/)
  })
  it('that payments wait for their capture', async () => {
    await world.settings('razorpay', { capture: 'manual', aheadSeconds: -7200, webhooks: 'off' })
    const { vendorOrderId } = await openCheckout(await person(world), await course(world))
    await fetch(`${world.sandbox.origin}/razorpay/pay`, {
      method: 'POST',
      body: JSON.stringify({ orderId: vendorOrderId, outcome: 'paid' }),
    })
    await world.settings('razorpay', { aheadSeconds: 0, webhooks: 'on' })
    await expectWrong({}, /^Razorpay: automatic capture: 1 payments? ha/)
    await world.services.payments
      ?.listPayments(vendorOrderId)
      .then(([payment]) => world.services.payments?.capture(payment?.id ?? '', payment?.amountPaise ?? 0))
  })
  it('that test keys bring no money to a public site', async () => {
    const { razorpay } = world.services.config
    if (!razorpay) throw new Error('Razorpay is not configured')
    const checks = await inspectRazorpay(razorpay, 'https://learn.example.com', openAsk(20_000).ask)
    expect(checks.find(({ what }) => what === 'mode')).toMatchObject({ verdict: 'wrong' })
  })
})

describe('of Mux the doctor says', () => {
  const pem = () => {
    const privateKeyEncoding = { type: 'pkcs8', format: 'pem' } as const
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    })
    return btoa(privateKey)
  }
  it.each<[string, Environment, RegExp]>([
    ['that the token is wrong', { MUX_TOKEN_SECRET: 'other' }, /^Mux: access token: .*401/],
    ['that the private key is of another', { MUX_SIGNING_PRIVATE_KEY: pem() }, /^Mux: private key: .*403/],
    [
      'that the private key is none',
      { MUX_SIGNING_PRIVATE_KEY: 'bm8ga2V5' },
      /^Mux: private key: it is no RSA/,
    ],
  ])('%s', (_, change, expected) => expectWrong(change, expected))

  it('that the signing key is of another environment', async () => {
    const found = async () => wrongIn(await examined({ MUX_SIGNING_KEY_ID: 'elsewhere' })).join('\n')
    await until(async () => /Mux: signing key: elsewhere does not belong/.test(await found()))
  })
  it('that the webhook goes elsewhere, or is switched off', async () => {
    await world.settings('mux', { registeredAddress: 'https://old.example.com/webhooks/mux' })
    await expectWrong({}, /^Mux: webhook: none goes to/)
    await world.settings('mux', { registeredAddress: null, webhooks: 'off' })
    await expectWrong({}, /^Mux: webhook: .* is switched off$/)
  })
})

describe('of the others the doctor says', () => {
  it('that private files are not allowed', async () => {
    await world.settings('uploadthing', { privateFiles: false })
    await expectWrong({}, /^UploadThing: private files: not allowed/)
  })
  it('that a token is refused', () => {
    const token = { apiKey: 'sk_live_other', appId: 'sandboxapp', regions: ['sandbox'] }
    return expectWrong({ UPLOADTHING_TOKEN: btoa(JSON.stringify(token)) }, /^UploadThing: token: .*401/)
  })
  it('that Google refuses the client', () =>
    expectWrong({ GOOGLE_CLIENT_SECRET: 'other' }, /^Google: client: .*invalid_client/))
  it('what the mail server says to a wrong password', () => {
    const url = world.environment.SMTP_URL?.replace(/:[^:@/]+@/, ':other@')
    return expectWrong({ SMTP_URL: url }, /^Mail: login: 535 5\.7\.8 Username and password not accepted/)
  })
  it('that codes live for ever, or for another time', async () => {
    await expectWrong({ OTP_TTL_SECONDS: '90' }, /^MongoDB: TTL index: codes end after 45 s, not 90$/)
  })
  it('that a clock is wrong', async () => {
    await world.settings('razorpay', { aheadSeconds: 3600 })
    await expectWrong({}, /^Clock: clock: 3[56]\d\d s behind 127\.0\.0\.1/)
  })
})
