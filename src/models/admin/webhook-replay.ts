import { transact } from '../../db/connect'
import { AppError, isOutOfOrder } from '../../errors'
import type { Services } from '../../services'
import { recordAudit } from '../audit'
import { applyPayment } from '../purchases/payment-event'
import { applyVideo } from '../teach/video/event'
import { applyAgain, type Effect, keepFailure } from '../webhook-event'
import type { KeptWebhook } from './webhooks'

type Asking = Pick<Services, 'db' | 'now' | 'config' | 'payments' | 'video'>

/**
 * Gives the outcome in words, `failed: …` among them; AppError `unavailable` when its service is
 * switched off, and null for what is not kept in a way that can be read again.
 */
export async function processAgain(
  services: Asking,
  actorId: string,
  webhook: KeptWebhook,
): Promise<string | null> {
  const effect = await effectOf(services, webhook)
  if (!effect) return null
  const { id, source, type } = webhook
  await transact(services.db, (db) =>
    recordAudit(
      { db, now: services.now },
      { actorId, action: 'process-webhook', subject: { type: 'webhook', id }, details: { source, type } },
    ),
  )
  try {
    return await applyAgain(services, id, effect)
  } catch (error) {
    if (isOutOfOrder(error)) throw error
    return await keepFailure(services, id, error)
  }
}

async function effectOf(services: Asking, { source, eventId, payload }: KeptWebhook): Promise<Effect | null> {
  const { now, config, payments, video } = services
  if (isOmitted(payload)) return null
  if (source === 'razorpay' && payments) {
    const event = await payments.readKeptWebhook({ id: eventId, payload })
    return (db) => applyPayment({ db, now, config }, event)
  }
  if (source === 'mux' && video) {
    const event = await video.readKeptWebhook({ id: eventId, payload })
    return (db) => applyVideo(db, { now }, event)
  }
  if (source === 'razorpay' || source === 'mux')
    throw new AppError('unavailable', 'The service that sent this is switched off on this site.')
  return null
}

/** What was no JSON, or nested too deeply, was not kept. */
const isOmitted = (payload: unknown) =>
  typeof payload === 'object' && payload !== null && 'omitted' in payload && Object.keys(payload).length === 1
