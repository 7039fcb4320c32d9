import * as z from 'zod'
import type { Job, JobOutcome } from '../models/job'
import { abandonOrder, findOrder, findOrderForEmail } from '../models/purchases/order'
import { askAboutRefunds, askBank } from '../models/purchases/order-sync'
import { findRefund, refundDuplicatePayment } from '../models/purchases/refund'
import { receiptEmail, refundEmail } from '../ports/mail/emails'
import { isFormer } from '../rules/account/former-account'
import { nextCheckSeconds, nextRefundCheckDays } from '../rules/purchases/purchase'
import type { Services } from '../services'

const OrderPayload = z.object({ orderId: z.string(), once: z.literal('yes').optional() })
const RefundPayload = z.object({ refundId: z.string() })
const DuplicatePayload = z.object({
  orderId: z.string(),
  paymentId: z.string(),
  amountPaise: z.coerce.number().int(),
})

const hourMs = 3600 * 1000

/** Asks the bank about an open order until it is paid or its days are over; where payments are switched off, the question waits. */
export async function checkOrder(services: Services, job: Job): Promise<JobOutcome> {
  const { orderId, once } = OrderPayload.parse(job.payload)
  const asked = await findOrder(services, orderId)
  // An order that was given up is asked about all the same when something new is heard of it.
  if (asked.paymentId || (asked.state !== 'open' && !once)) return
  if (!services.payments) return { runAgainAt: new Date(services.now().getTime() + hourMs) }
  await askBank(services, asked)
  const order = await findOrder(services, orderId)
  if (order.state !== 'open' || once) return
  const now = services.now().getTime()
  const wait = nextCheckSeconds(job.attempts, (now - order.createdAt.getTime()) / 1000)
  if (wait === null) return void (await abandonOrder(services, orderId))
  return { runAgainAt: new Date(now + wait * 1000) }
}

/** Looks after a paid order for refunds whose webhook was lost. */
export async function checkRefunds(services: Services, job: Job): Promise<JobOutcome> {
  const order = await findOrder(services, OrderPayload.parse(job.payload).orderId)
  if (services.payments) await askAboutRefunds(services, order)
  const days = nextRefundCheckDays(job.attempts)
  return days === null ? undefined : { runAgainAt: new Date(services.now().getTime() + days * 24 * hourMs) }
}

/** Gives back a payment for something that was owned already, and asks again until the bank has done it. */
export async function refundDuplicate(services: Services, job: Job): Promise<JobOutcome> {
  const { orderId, paymentId, amountPaise } = DuplicatePayload.parse(job.payload)
  const isBack = await refundDuplicatePayment(services, { orderId, paymentId, amountPaise })
  return isBack ? undefined : { runAgainAt: new Date(services.now().getTime() + 6 * hourMs) }
}

export async function mailReceipt(services: Services, job: Job): Promise<JobOutcome> {
  if (!services.mail) return
  const { order, buyer, course } = await findOrderForEmail(services, OrderPayload.parse(job.payload).orderId)
  if (isFormer(buyer.email)) return
  await services.mail.send({
    to: { name: buyer.name, address: buyer.email },
    ...(await receiptEmail(services.config, { order, buyer, course })),
  })
  return undefined
}

export async function mailRefund(services: Services, job: Job): Promise<JobOutcome> {
  if (!services.mail) return
  const refund = await findRefund(services, RefundPayload.parse(job.payload).refundId)
  const { order, buyer, course } = await findOrderForEmail(services, refund.orderId)
  if (isFormer(buyer.email)) return
  await services.mail.send({
    to: { name: buyer.name, address: buyer.email },
    ...(await refundEmail(services.config, { order, buyer, course, refund })),
  })
  return undefined
}
