import type { TxNow } from '../../services'
import type { Client } from './session'

/** What an email tells of it, so that its owner recognises it or does not. */
export const securityEvent = ({ now }: Pick<TxNow, 'now'>, { device }: Pick<Client, 'device'>) => ({
  device: device.slice(0, 255),
  at: now().toISOString(),
})
