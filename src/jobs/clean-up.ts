import { log } from '../log'
import { claimCleanUp, deleteExpired } from '../models/expiry'
import { queueReconciliation } from '../models/purchases/reconciliation'
import { recountLessons } from '../models/teach/lesson-count'
import { nextNight } from '../rules/time'
import type { Services } from '../services'

export async function cleanUpDaily(services: Services, goesOn?: () => boolean): Promise<void> {
  try {
    if (!(await claimCleanUp(services))) return
    await queueReconciliation(services, nextNight(services.now(), services.config.TIME_ZONE))
    log('info', { expired: await deleteExpired(services, goesOn) })
    await recountLessons(services, goesOn)
  } catch (error) {
    log('warn', { expired: 'could not be deleted', error })
  }
}
