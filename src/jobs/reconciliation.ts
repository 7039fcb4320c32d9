import { log } from '../log'
import type { JobOutcome } from '../models/job'
import { continueReconciliation } from '../models/purchases/reconciliation'
import { nextNight } from '../rules/time'
import type { Services } from '../services'

export async function reconcileNightly(services: Services): Promise<JobOutcome> {
  const again = { runAgainAt: nextNight(services.now(), services.config.TIME_ZONE) }
  if (!services.payments) return again
  const result = await continueReconciliation(services)
  if (!result) return { runAgainAt: services.now() }
  const { checked, recorded, problems } = result
  log('info', { reconciled: checked, recorded: recorded.length, problems: problems.length })
  return again
}
