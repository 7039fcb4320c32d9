import { daySeconds, later } from '../time'

/** The day from which payments are compared after a restore: what came at the last moment may be missing. */
export const reconcileSince = (backupAt: Date): string =>
  later(backupAt, -daySeconds).toISOString().slice(0, 10)
