import * as z from 'zod'
import type { Job, JobOutcome } from '../models/job'
import { queueOpenOrdersSync, syncOpenOrders } from '../models/purchases/open-orders'
import { findOrder, findOrderForEmail } from '../models/purchases/order'
import { noteOrderSync } from '../models/purchases/order-queue'
import { syncOrder } from '../models/purchases/order-sync'
import { findPapers, type Papers } from '../models/purchases/paper'
import { findRefund } from '../models/purchases/refund'
import { receiptEmail, refundEmail } from '../ports/mail/emails'
import { isFormer } from '../rules/account/former-account'
import { nextCheckSeconds } from '../rules/purchases/purchase'
import { hourSeconds, later } from '../rules/time'
import type { Services } from '../services'

const OrderPayload = z.object({ orderId: z.string(), once: z.literal('yes').optional() })
const RefundPayload = z.object({ refundId: z.string() })

export async function checkOrder(services: Services, job: Job): Promise<JobOutcome> {
  const { orderId, once } = OrderPayload.parse(job.payload)
  const known = await findOrder(services, orderId)
  if (known.paymentId || (known.state !== 'open' && !once)) return
  if (!services.payments) return { runAgainAt: later(services.now(), hourSeconds) }
  await noteOrderSync(services, orderId)
  await syncOrder(services, known)
  const order = await findOrder(services, orderId)
  if (order.state !== 'open' || once) return
  const now = services.now()
  const wait = nextCheckSeconds((now.getTime() - order.createdAt.getTime()) / 1000)
  if (wait !== null) return { runAgainAt: later(now, wait) }
  return void (await queueOpenOrdersSync(services, later(now, hourSeconds)))
}

/** One question an hour for all that are open, until none is. */
export async function checkOpenOrders(services: Services): Promise<JobOutcome> {
  const isLeft = services.payments ? await syncOpenOrders(services) : true
  return isLeft ? { runAgainAt: later(services.now(), hourSeconds) } : undefined
}

export async function mailReceipt(services: Services, job: Job): Promise<JobOutcome> {
  const { orderId } = OrderPayload.parse(job.payload)
  await mailBuyer(services, orderId, (found) => receiptEmail(services.config, found))
  return undefined
}

export async function mailRefund(services: Services, job: Job): Promise<JobOutcome> {
  const refund = await findRefund(services, RefundPayload.parse(job.payload).refundId)
  if (refund.orderId)
    await mailBuyer(services, refund.orderId, (found) => refundEmail(services.config, { ...found, refund }))
  return undefined
}

async function mailBuyer(
  { db, mail }: Services,
  orderId: string,
  write: (
    found: Awaited<ReturnType<typeof findOrderForEmail>> & { papers: Papers | null },
  ) => ReturnType<typeof receiptEmail>,
): Promise<void> {
  if (!mail) return
  const found = await findOrderForEmail({ db }, orderId)
  const { name, email } = found.buyer
  if (isFormer(email)) return
  const papers = await findPapers({ db }, orderId)
  await mail.send({ to: { name, address: email }, ...(await write({ ...found, papers })) })
}
