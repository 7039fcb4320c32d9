import type { Deliveries } from '../deliveries'
import type { Store } from '../store'
import type { Account } from './account'
import type { Records, Settings } from './entities'

/** What the pages and controls of the sandbox share. */
export interface Parts {
  base: string
  addresses: Record<'api' | 'cdn' | 'beacon', string>
  keyId: string
  account: Account
  store: Store<Records>
  settings: Settings
  deliveries: Deliveries
  /** What the checkout tells the merchant about a payment that went through. */
  receiptOf(payment: { id: string; order_id: string }): Record<string, string>
}
