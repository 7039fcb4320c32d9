import { log } from '../log'
import type { JobOutcome } from '../models/job'
import { nightlySince, reconcileMoney } from '../models/purchases/reconciliation'
import { nextNight } from '../rules/time'
import type { Services } from '../services'

export async function reconcileNightly(services: Services): Promise<JobOutcome> {
  const again = { runAgainAt: nextNight(services.now(), services.config.TIME_ZONE) }
  if (!services.payments) return again
  const { checked, recorded, problems } = await reconcileMoney(services, await nightlySince(services))
  log('info', { reconciled: checked, recorded: recorded.length, problems: problems.length })
  return again
}
