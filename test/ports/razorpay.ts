import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { openRazorpaySandbox } from '../../sandbox/razorpay/server'
import { type ServedPart, servePart } from '../../sandbox/serve'
import { readConfig } from '../../src/config'
import type { PaymentEvent, Payments } from '../../src/ports/payments/payments'
import { openRazorpay } from '../../src/ports/payments/razorpay'

/** The settings the sandbox starts with. */
export const standardSettings = {
  webhooks: 'on',
  delaySeconds: 5,
  down: false,
  refunds: 'processed',
  capture: 'automatic',
  offerPercent: 0,
  customerFeePercent: 0,
  currency: 'INR',
  balance: null,
  bareEvents: false,
  patienceSeconds: 86_400,
  answer: null,
  retryAfterSeconds: 1,
  aheadSeconds: 0,
  registeredUrl: null,
  registeredEvents: null,
}

export const long = { timeout: 30_000 }
export const poll = { timeout: 20_000, interval: 50 }

/** The harness of a test file: open before its first test, with standard settings before each. */
export function razorpayHarness(): Harness {
  const harness = {} as Harness
  beforeAll(async () => {
    Object.defineProperties(harness, Object.getOwnPropertyDescriptors(await openHarness()))
  })
  beforeEach(() => harness.settings(standardSettings))
  afterAll(() => harness.close?.())
  return harness
}

type Harness = Awaited<ReturnType<typeof openHarness>>

/**
 * The sandbox on a port of its own, the real adapter in front of it, and a receiver that reads each
 * webhook with the adapter.
 */
async function openHarness() {
  const dataDir = mkdtempSync(join(tmpdir(), 'razorpay-'))
  const events: PaymentEvent[] = []
  let served: ServedPart
  let payments: Payments
  let receipts = 0

  const receiver = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
    try {
      events.push(await payments.readWebhook(body, headers))
      response.writeHead(200).end()
    } catch (error) {
      response.writeHead(400).end(String(error))
    }
  })
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
  const appOrigin = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`

  function adapterWith(changes: Record<string, string | undefined>): Payments {
    const general = { APP_ORIGIN: appOrigin, APP_SECRET: 'x'.repeat(32), DATABASE_URL: 'mysql://nowhere' }
    const { razorpay } = readConfig({ ...general, ...served.part.environment, ...changes })
    if (!razorpay) throw new Error('razorpay is not configured')
    return openRazorpay(razorpay)
  }

  async function openSandbox() {
    served = await servePart('/razorpay', openRazorpaySandbox, { appOrigin: () => appOrigin, dataDir })
    payments = adapterWith({})
  }
  await openSandbox()

  async function control(path: string, body?: object) {
    const answer = await fetch(served.base + path, {
      method: body ? 'POST' : 'GET',
      headers: { 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    })
    return { status: answer.status, body: await answer.json() }
  }

  const newReceipt = () => `receipt-${Date.now()}-${++receipts}`
  const openOrder = async (amountPaise = 49_900) =>
    (await payments.openOrder({ receipt: newReceipt(), amountPaise, notes: { course: 'c1' } })).id
  const pay = async (orderId: string, outcome = 'paid') => (await control('/pay', { orderId, outcome })).body
  const eventsAbout = (paymentId: string) =>
    events.filter((event) => 'payment' in event && event.payment?.id === paymentId)

  return {
    get payments() {
      return payments
    },
    get base() {
      return served.base
    },
    get environment() {
      return served.part.environment
    },
    panel: async () => served.part.panel(),
    adapterWith,
    control,
    settings: (settings: object) => control('/settings', settings),
    newReceipt,
    openOrder,
    pay,
    /** The id of a payment that went through. */
    paidPayment: async () => String((await pay(await openOrder())).razorpay_payment_id),
    eventsAbout,
    typesAbout: (paymentId: string) =>
      eventsAbout(paymentId)
        .map(({ type }) => type)
        .sort(),
    /** The same data, another process as far as it can tell. */
    async restart() {
      await served.close()
      await openSandbox()
    },
    async close() {
      await served.close()
      receiver.closeAllConnections()
      receiver.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
