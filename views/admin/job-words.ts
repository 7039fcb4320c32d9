import type { JobKind, Lane } from '../../src/rules/job-kinds'

const words: Record<JobKind, string> = {
  'mail-password-reset': 'Email a link and code for a new password',
  'mail-verify-address': 'Email the link that confirms an address',
  'mail-password-changed': 'Email that a password was changed',
  'mail-google-linked': 'Email that Google was linked',
  'mail-google-unlinked': 'Email that Google was unlinked',
  'mail-two-factor': 'Email about two-factor sign-in',
  'mail-new-device': 'Email about a new device',
  'mail-role-changed': 'Email about a new role',
  'mail-receipt': 'Email a receipt',
  'mail-refund': 'Email about a refund',
  'mail-refund-declined': 'Email that a refund was declined',
  'mail-held-payment': 'Email an administrator about a payment on hold',
  'mail-dispute': 'Email an administrator about a dispute',
  'mail-refused-refund': 'Email an administrator about a refund that did not go through',
  'mail-refund-request': 'Email about a refund request',
  'mail-course-suspended': 'Email an instructor about a course taken off sale',
  'check-order': 'Ask Razorpay about an order',
  'check-open-orders': 'Ask Razorpay about all open orders',
  'send-refund': 'Send a refund and track it',
  'reconcile-payments': 'Compare payments with Razorpay’s records',
  'check-upload': 'Ask Mux about an upload',
  'cancel-upload': 'Cancel an upload at Mux',
  'delete-asset': 'Delete a video at Mux',
  'delete-file': 'Delete a file at UploadThing',
  'check-webhook': 'Check whether a webhook is missing',
  'check-refunds': 'Retired: does nothing',
  'refund-duplicate': 'Retired: does nothing',
}

/** What such a job does; a kind of another version by its own name. */
export const jobWords = (kind: string): string => (Object.hasOwn(words, kind) ? words[kind as JobKind] : kind)

export const laneWords: Record<Lane, string> = {
  codes: 'Codes for new passwords',
  accounts: 'Emails about accounts',
  mail: 'Receipts and other emails',
  payments: 'Payments at Razorpay',
  video: 'Videos at Mux',
  files: 'Files at UploadThing',
  house: 'Housekeeping',
}
