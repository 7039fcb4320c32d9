import { daySeconds } from '../time'

/** So long an asset that nothing plays is kept: a database restored by mistake can be put right. */
export const orphanKeptSeconds = 30 * daySeconds

const most = 5
const mostShare = 0.05

/** So many do not lose their chapter by themselves; an older database does not know the newer ones. */
export const areTooMany = (orphans: number, assets: number): boolean =>
  orphans > most || orphans > assets * mostShare
