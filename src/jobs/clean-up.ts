import { log } from '../log'
import { claimCleanUp, deleteExpired } from '../models/expiry'
import type { Services } from '../services'

export async function cleanUpDaily(services: Services, goesOn?: () => boolean): Promise<void> {
  try {
    if (await claimCleanUp(services)) log('info', { expired: await deleteExpired(services, goesOn) })
  } catch (error) {
    log('warn', { expired: 'could not be deleted', error })
  }
}
