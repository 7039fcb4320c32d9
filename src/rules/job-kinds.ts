import { daySeconds, minuteSeconds } from './time'

/**
 * What waits for the same answers waits in one lane, so that a silent vendor holds only its own work,
 * and a thousand receipts no code.
 */
export const lanes = ['codes', 'accounts', 'mail', 'payments', 'video', 'files', 'house'] as const
export type Lane = (typeof lanes)[number]

/** In this lane nobody outside is asked, so nobody's outage is noticed. */
export const houseLane: Lane = 'house'

/** Within a lane: 0 while somebody waits for it, 1 for the rest. */
export const priorities = [0, 1] as const
export type Priority = (typeof priorities)[number]

export type JobKind =
  | 'mail-receipt'
  | 'mail-refund'
  | 'mail-refund-declined'
  | 'check-order'
  | 'check-open-orders'
  | RetiredKind
  | 'check-webhook'
  | 'reconcile-payments'
  | 'send-refund'
  | 'mail-held-payment'
  | 'mail-dispute'
  | 'mail-refused-refund'
  | 'mail-refund-request'
  | 'mail-course-suspended'
  | 'delete-asset'
  | 'cancel-upload'
  | 'check-upload'
  | 'delete-file'
  | 'mail-verify-address'
  | 'mail-password-reset'
  | 'mail-password-changed'
  | 'mail-google-linked'
  | 'mail-google-unlinked'
  | 'mail-two-factor'
  | 'mail-new-device'
  | 'mail-role-changed'
/** Of earlier versions: the nightly reconciliation does their work. */
type RetiredKind = 'check-refunds' | 'refund-duplicate'

export interface JobTraits {
  lane: Lane
  priority: Priority
  /** How long it is tried, counted from when it was due; null is for ever, and no person may end it. */
  lifetimeSeconds: number | null
}

const letter = { lane: 'mail', priority: 1, lifetimeSeconds: 5 * daySeconds } as const
const pressing = { ...letter, priority: 0 } as const
const security = { lane: 'accounts', priority: 1, lifetimeSeconds: daySeconds } as const
const money = { lane: 'payments', priority: 0, lifetimeSeconds: null } as const
const erasure = { priority: 1, lifetimeSeconds: 30 * daySeconds } as const
const housework = { lane: houseLane, priority: 1, lifetimeSeconds: daySeconds } as const

/** Every kind has to be declared here. */
export const jobKinds: Record<JobKind, JobTraits> = {
  // Its link lives a quarter of an hour, and who waits for it asks again.
  'mail-password-reset': { lane: 'codes', priority: 0, lifetimeSeconds: 10 * minuteSeconds },
  'mail-verify-address': { ...security, priority: 0 },
  'mail-password-changed': security,
  'mail-google-linked': security,
  'mail-google-unlinked': security,
  'mail-two-factor': security,
  'mail-new-device': security,
  'mail-role-changed': security,
  'mail-receipt': pressing,
  'mail-held-payment': pressing,
  'mail-dispute': pressing,
  'mail-refused-refund': pressing,
  'mail-refund-request': pressing,
  'mail-refund': letter,
  'mail-refund-declined': letter,
  'mail-course-suspended': letter,
  // So long the bank may take; what is left then is asked about with all open orders.
  'check-order': { ...money, lifetimeSeconds: 5 * daySeconds },
  'send-refund': money,
  'check-open-orders': { ...money, priority: 1 },
  'reconcile-payments': { ...money, priority: 1 },
  'check-upload': { lane: 'video', priority: 0, lifetimeSeconds: 2 * daySeconds },
  'cancel-upload': { ...erasure, lane: 'video' },
  'delete-asset': { ...erasure, lane: 'video' },
  'delete-file': { ...erasure, lane: 'files' },
  'check-webhook': housework,
  'check-refunds': housework,
  'refund-duplicate': housework,
}

const ofAnotherVersion: JobTraits = { lane: houseLane, priority: 1, lifetimeSeconds: null }

/** Of whatever stands in the column. */
export const traitsOf = (kind: string): JobTraits =>
  Object.hasOwn(jobKinds, kind) ? jobKinds[kind as JobKind] : ofAnotherVersion
