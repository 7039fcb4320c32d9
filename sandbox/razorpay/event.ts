import { type Announce, type Settings, secondsAt } from './entities'

const account_id = 'acc_sandbox0000001'

/** https://razorpay.com/docs/webhooks/payloads, bare without all that is optional in it. */
export function eventOf(event: string, about: Parameters<Announce>[1], settings: Settings) {
  const payload = Object.fromEntries(
    Object.entries(about).map(([name, entity]) => [
      name,
      { entity: settings.bareEvents ? bare(entity) : entity },
    ]),
  )
  if (settings.bareEvents) return { event, payload }
  const contains = Object.keys(about)
  return { entity: 'event', account_id, event, contains, payload, created_at: secondsAt(settings) }
}

const optional = ['notes', 'acquirer_data', 'receipt', 'description', 'email', 'contact', 'vpa', 'entity']

const bare = (entity: object) =>
  Object.fromEntries(
    Object.entries(entity).filter(([name, value]) => value !== null && !optional.includes(name)),
  )
