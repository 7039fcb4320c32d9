import type { JobKind, Lane } from '../../src/rules/job-kinds'

const words: Record<JobKind, string> = {
  'mail-password-reset': 'Mail a link and code for a new password',
  'mail-verify-address': 'Mail the link that confirms an address',
  'mail-password-changed': 'Mail that a password was changed',
  'mail-google-linked': 'Mail that Google was linked',
  'mail-google-unlinked': 'Mail that Google was unlinked',
  'mail-two-factor': 'Mail about two-factor sign-in',
  'mail-new-device': 'Mail about a new device',
  'mail-role-changed': 'Mail about a new role',
  'mail-receipt': 'Mail a receipt',
  'mail-refund': 'Mail about a refund',
  'mail-refund-declined': 'Mail that a refund was declined',
  'mail-held-payment': 'Mail an administrator about a held payment',
  'mail-dispute': 'Mail an administrator about a dispute',
  'mail-refused-refund': 'Mail an administrator about a refund that did not go through',
  'mail-refund-request': 'Mail about a refund that somebody asks for',
  'mail-course-suspended': 'Mail an instructor about a course taken off sale',
  'check-order': 'Ask Razorpay about an order',
  'check-open-orders': 'Ask Razorpay about all open orders',
  'send-refund': 'Send money back and follow it',
  'reconcile-payments': 'Compare payments with Razorpay’s books',
  'check-upload': 'Ask Mux about an upload',
  'cancel-upload': 'Cancel an upload at Mux',
  'delete-asset': 'Delete a video at Mux',
  'delete-file': 'Delete a file at UploadThing',
  'check-webhook': 'See whether a webhook is missing',
  'check-refunds': 'Nothing any more',
  'refund-duplicate': 'Nothing any more',
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
  house: 'Housework',
}
