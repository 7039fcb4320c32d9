import * as z from 'zod'
import { type Ask, type Check, ok, unasked, wrong } from '../../check'
import { isPublic, type RazorpayConfig } from '../../config'
import { paths } from '../../paths'
import { minuteMs } from '../../rules/time'

const API = 'https://api.razorpay.com'

const Payments = z.object({ items: z.array(z.object({ status: z.string(), created_at: z.number() })) })
/** Events come as a list, or as names with a switch each. */
const Events = z
  .array(z.string())
  .or(
    z
      .record(z.string(), z.unknown())
      .transform((all) => Object.keys(all).filter((name) => all[name] === true || all[name] === 1)),
  )
const Webhooks = z.object({
  items: z.array(z.object({ url: z.string(), active: z.boolean(), events: Events })),
})

const needed = [
  'payment.authorized',
  'payment.captured',
  'payment.failed',
  'order.paid',
  'refund.created',
  'refund.processed',
  'refund.failed',
  'payment.dispute.created',
  'payment.dispute.under_review',
  'payment.dispute.action_required',
  'payment.dispute.won',
  'payment.dispute.lost',
  'payment.dispute.closed',
]

/** What only Razorpay knows of these keys: https://razorpay.com/docs/api */
export async function inspectRazorpay(config: RazorpayConfig, origin: string, ask: Ask): Promise<Check[]> {
  const authorization = `Basic ${btoa(`${config.RAZORPAY_KEY_ID}:${config.RAZORPAY_KEY_SECRET}`)}`
  const get = (path: string) =>
    ask(`${config.RAZORPAY_API_BASE ?? API}/v1${path}`, { headers: { Authorization: authorization } })

  const payments = await get('/payments?count=100')
  if (!payments.ok) return [refusedKeys(payments.status)]
  const { items } = Payments.parse(await payments.json())
  return [
    ok('keys', 'valid'),
    mode(config, origin),
    await webhook(origin, await get('/webhooks?count=100')),
    capture(items),
  ]
}

const refusedKeys = (status: number): Check =>
  status === 401
    ? wrong(
        'keys',
        'Razorpay refuses them with 401',
        'Razorpay dashboard, Account & Settings, API Keys: make a pair, and set RAZORPAY_KEY_ID and RAZORPAY_KEY_SECRET',
      )
    : wrong('keys', `Razorpay answered ${status}`, 'look at status.razorpay.com, and ask again later')

function mode({ RAZORPAY_KEY_ID: id }: RazorpayConfig, origin: string): Check {
  const isTest = id.startsWith('rzp_test_')
  if (isTest && isPublic(origin))
    return wrong(
      'mode',
      'these are test keys, and nobody pays with them',
      'Razorpay dashboard, switch to Live Mode, Account & Settings, API Keys: set the live pair',
    )
  return ok('mode', isTest ? 'test keys, on a site that is not public' : 'live keys')
}

async function webhook(origin: string, answer: Response): Promise<Check> {
  const url = origin + paths.razorpayWebhook()
  const where = 'Razorpay dashboard, Account & Settings, Webhooks'
  const byHand = `${where}: ${url} must be there, active, with all payment.*, order.paid and refund.* events`
  const list = answer.ok ? Webhooks.safeParse(await answer.json()) : null
  if (!list?.success)
    return unasked('webhook', `Razorpay does not tell them to these keys (${answer.status})`, byHand)
  const ours = list.data.items.find((one) => one.url === url)
  if (!ours) return wrong('webhook', `none goes to ${url}`, `${where}, Add New Webhook: ${url}`)
  if (!ours.active) return wrong('webhook', 'it is switched off', `${where}: edit the one to ${url}, Active`)
  const missing = needed.filter((event) => !ours.events.includes(event))
  if (missing.length === 0) return ok('webhook', `goes to ${url}, active, with all its events`)
  return wrong(
    'webhook',
    `it does not tell ${missing.join(', ')}`,
    `${where}: edit the one to ${url}, tick these`,
  )
}

/** No interface tells the setting; money that waits for long tells that it is off. */
function capture(items: z.output<typeof Payments>['items']): Check {
  const before = (Date.now() - 30 * minuteMs) / 1000
  const waiting = items.filter(({ status, created_at }) => status === 'authorized' && created_at < before)
  const click = 'Razorpay dashboard, Account & Settings, Payments and Refunds, Payment Capture: Automatic'
  if (waiting.length === 0) return unasked('automatic capture', 'Razorpay tells this to people only', click)
  return wrong('automatic capture', `${waiting.length} payments have waited for half an hour or more`, click)
}
