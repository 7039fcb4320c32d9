import { load } from 'cheerio'
import { describe, expect, it } from 'vitest'
import { long, poll, razorpayHarness, standardSettings } from '../../test/ports/razorpay'

const harness = razorpayHarness()

describe('the sandbox', () => {
  it('keeps its records over a restart, also payments that are yet to be confirmed', long, async () => {
    const paymentId = await harness.paidPayment()
    await harness.settings({ delaySeconds: 1 })
    const late = (await harness.pay(await harness.openOrder(), 'late')).error.metadata.payment_id
    await harness.restart()
    expect(await harness.payments.findPayment(paymentId)).toMatchObject({ state: 'captured' })
    await expect.poll(async () => (await harness.payments.findPayment(late))?.state, poll).toBe('captured')
    expect((await harness.control('/settings')).body).toEqual(standardSettings)
  })

  it('says what is wrong with a control it is given', async () => {
    for (const [path, body] of [
      ['/settings', { webhooks: 'maybe' }],
      ['/settings', { unknown: true }],
      ['/pay', { orderId: 'order_x' }],
      ['/pay', []],
    ] as const)
      expect((await harness.control(path, body)).status).toBe(400)
    expect((await harness.control('/pay', { orderId: 'order_x', outcome: 'paid' })).status).toBe(404)
  })
})

describe('the hosted checkout', () => {
  const callback = 'http://shop.example.com/callback?order=7&x="><b>'
  const post = (path: string, fields: Record<string, string>) =>
    fetch(harness.base + path, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })

  async function purchase() {
    return {
      key_id: harness.environment.RAZORPAY_KEY_ID ?? '',
      order_id: await harness.openOrder(),
      amount: '49900',
      currency: 'INR',
      name: 'A <b>shop</b>',
      description: 'One course',
      'prefill[email]': 'asha@example.com',
      callback_url: callback,
      cancel_url: 'http://shop.example.com/cancelled?order=7',
    }
  }

  /** What a browser without scripts sends when its one form's button `outcome` is pressed. */
  async function formOf(answer: Response) {
    const $ = load(await answer.text())
    const fields = Object.fromEntries(
      $('form input')
        .map((_, input) => [[$(input).attr('name'), $(input).val()]])
        .get(),
    )
    return { $, action: $('form').attr('action') ?? '', fields: fields as Record<string, string> }
  }

  it('shows what is paid, and posts the signed receipt to the callback', long, async () => {
    const { $, action, fields } = await formOf(await post('/v1/checkout/embedded', await purchase()))
    expect($('h1').text()).toBe('A <b>shop</b>')
    expect($('header').text()).toContain('One course')
    expect($('header').text()).toContain('₹499.00')
    expect(
      $('button')
        .map((_, button) => $(button).text())
        .get(),
    ).toEqual(['Pay', 'Bank declines', 'Bank answers late', 'Bank is not sure yet', 'Close'])
    expect(action).toBe(`${harness.base}/v1/checkout/attempt`)
    const back = await formOf(await post('/v1/checkout/attempt', { ...fields, outcome: 'paid' }))
    expect(back.action).toBe(callback)
    expect(back.$('button').text()).toBe('Return to the shop')
    const { razorpay_order_id, razorpay_payment_id, razorpay_signature, ...others } = back.fields
    expect(others).toEqual({})
    const receipt = { paymentId: String(razorpay_payment_id), signature: String(razorpay_signature) }
    expect(
      await harness.payments.isReceiptGenuine({ vendorOrderId: String(razorpay_order_id), ...receipt }),
    ).toBe(true)
    expect((await post('/v1/checkout/attempt', { ...fields, outcome: 'paid' })).status).toBe(400)
  })

  it(
    'asks for the phone number that the shop did not give, and takes no payment without one',
    long,
    async () => {
      const bought = await purchase()
      const asked = await formOf(await post('/v1/checkout/embedded', bought))
      expect(asked.$('input[name=contact]').attr('required')).toBeDefined()
      const { contact: _, ...without } = asked.fields
      expect((await post('/v1/checkout/attempt', { ...without, outcome: 'paid' })).status).toBe(400)
      const known = { ...bought, 'prefill[contact]': '+919812345678' }
      const { $, fields } = await formOf(await post('/v1/checkout/embedded', known))
      expect($('input[name=contact]').attr('type')).toBe('hidden')
      await post('/v1/checkout/attempt', { ...fields, outcome: 'paid' })
      const { body } = await harness.control('/state')
      expect(body.payments[0].contact).toBe('+919812345678')
    },
  )

  it('tells the callback why a payment was declined, its metadata as text', long, async () => {
    const bought = await purchase()
    const { fields } = await formOf(await post('/v1/checkout/embedded', bought))
    const back = await formOf(await post('/v1/checkout/attempt', { ...fields, outcome: 'declined' }))
    expect(back.fields).toMatchObject({
      'error[code]': 'BAD_REQUEST_ERROR',
      'error[reason]': 'payment_failed',
    })
    expect(Object.keys(back.fields).sort()).toEqual(
      ['code', 'description', 'metadata', 'reason', 'source', 'step'].map((name) => `error[${name}]`),
    )
    expect(JSON.parse(back.fields['error[metadata]'] ?? '')).toMatchObject({ order_id: bought.order_id })
  })

  it('goes back to the shop when it is closed', long, async () => {
    const { fields } = await formOf(await post('/v1/checkout/embedded', await purchase()))
    const closed = await post('/v1/checkout/attempt', { ...fields, outcome: 'closed' })
    expect([closed.status, closed.headers.get('location')]).toEqual([303, fields.cancel_url])
  })

  it('refuses what was tampered with', long, async () => {
    const bought = await purchase()
    for (const change of [
      { key_id: 'rzp_live_another' },
      { order_id: 'order_nobody000000' },
      { amount: '100' },
      { currency: 'USD' },
      { callback_url: 'javascript:alert(1)' },
      { callback_url: '' },
    ])
      expect((await post('/v1/checkout/embedded', { ...bought, ...change })).status).toBe(400)
  })

  it('serves the checkout window from its own address', long, async () => {
    const script = await fetch(`${harness.base}/v1/checkout.js`)
    expect(script.headers.get('content-type')).toContain('text/javascript')
    expect(await script.text()).toContain(`'${harness.base}/v1'`)
  })
})

describe('the control page', () => {
  it('has buttons that work as plain forms and lead back to it', long, async () => {
    const orderId = await harness.openOrder()
    const $ = load(await harness.panel())
    const form = $(`form:has(input[value="${orderId}"]):has(input[value="paid"])`)
    const body = new URLSearchParams({ orderId, outcome: 'paid' })
    const paid = await fetch(form.attr('action') ?? '', { method: 'POST', body, redirect: 'manual' })
    expect([paid.status, paid.headers.get('location')]).toEqual([303, new URL('/', harness.base).href])
    expect(await harness.payments.listPayments(orderId)).toMatchObject([{ state: 'captured' }])

    await harness.settings({ webhooks: 'off', delaySeconds: 9 })
    const settings = load(await harness.panel())('form[action$="/settings"]')
    expect(settings.find('[name=webhooks] [selected]').text()).toBe('off')
    const off = new URLSearchParams({ webhooks: 'on', down: 'true', delaySeconds: '' })
    await fetch(settings.attr('action') ?? '', { method: 'POST', body: off, redirect: 'manual' })
    expect((await harness.control('/settings')).body).toMatchObject({
      webhooks: 'on',
      down: true,
      delaySeconds: 9,
    })
  })
})
