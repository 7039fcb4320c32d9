import type { Deliveries } from '../deliveries'
import type { Store } from '../store'
import type { Bank } from './account'
import type { Books, Settings } from './entities'

/** What the pages and controls of the stand-in share. */
export interface Parts {
  base: string
  keyId: string
  bank: Bank
  store: Store<Books>
  settings: Settings
  deliveries: Deliveries
  /** What the checkout tells the shop about a payment that went through. */
  receiptOf(payment: { id: string; order_id: string }): Record<string, string>
}

export const rupees = (paise: number) =>
  (paise / 100).toLocaleString('en-IN', { style: 'currency', currency: 'INR' })
