import { AppError } from './errors'
import type { Services } from './services'

type Vendor = 'payments' | 'video' | 'files' | 'mail' | 'otp' | 'identity'
type Calls = { [V in Vendor]: (keyof NonNullable<Services[V]>)[] }

export interface VendorCall {
  vendor: Vendor
  call: string
  /** `ok`, or the code of the AppError, or `error`. */
  outcome: string
  ms: number
}

/** What goes over the network; everything else of a port is worked out here. */
const calls: Calls = {
  payments: [
    'openOrder',
    'findOrder',
    'listPayments',
    'listPaymentsBetween',
    'listRefundsBetween',
    'listDisputes',
    'findPayment',
    'capture',
    'refund',
    'listRefunds',
  ],
  video: ['openUpload', 'findUpload', 'cancelUpload', 'findAsset', 'listAssets', 'deleteAsset'],
  files: ['store', 'remove'],
  mail: ['send'],
  otp: ['ping', 'put', 'claim'],
  identity: ['finish'],
}
const vendors = Object.keys(calls) as Vendor[]

/** The same services; `heard` is told how each call to a vendor ended. */
export function watchVendors(services: Services, heard: (call: VendorCall) => void): Services {
  const watched = vendors.map((vendor) => [vendor, watch(services[vendor], vendor, heard)])
  return { ...services, ...Object.fromEntries(watched) }
}

function watch<V extends Vendor>(
  port: Services[V],
  vendor: V,
  heard: (call: VendorCall) => void,
): Services[V] {
  if (port === null) return port
  const counted = new Set<PropertyKey>(calls[vendor])
  return new Proxy(port, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name)
      if (!counted.has(name) || typeof member !== 'function') return member
      return (...given: unknown[]) => {
        const startedAt = performance.now()
        const end = (outcome: string) =>
          heard({ vendor, call: String(name), outcome, ms: performance.now() - startedAt })
        return followed(Reflect.apply(member, target, given), end)
      }
    },
  })
}

function followed(answer: unknown, end: (outcome: string) => void): unknown {
  if (isIterable(answer)) return followedList(answer, end)
  Promise.resolve(answer).then(
    () => end('ok'),
    (error: unknown) => end(outcomeOf(error)),
  )
  return answer
}

async function* followedList(list: AsyncIterable<unknown>, end: (outcome: string) => void) {
  let outcome = 'ok'
  try {
    yield* list
  } catch (error) {
    outcome = outcomeOf(error)
    throw error
  } finally {
    end(outcome)
  }
}

const isIterable = (answer: unknown): answer is AsyncIterable<unknown> =>
  typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer

const outcomeOf = (error: unknown) => (error instanceof AppError ? error.code : 'error')
