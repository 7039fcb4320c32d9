import type { TxNow } from '../../services'
import { addJobOnce } from '../job'

/** Anybody who knows an order may cause this, so one job that is about to run is enough. */
export const queueOrderSync = (services: TxNow, orderId: string): Promise<void> =>
  addJobOnce(services, 'check-order', { orderId, once: 'yes' })
