import { daySeconds, hourSeconds, minuteSeconds } from '../time'

/** `canPay` says that this site takes payments. */
export const mayBuy = ({ pricePaise }: { pricePaise: number | null }, canPay: boolean): boolean =>
  pricePaise === 0 || (pricePaise !== null && canPay)

export function refusalToBuy(
  course: { isPublished: boolean; archivedAt: Date | null; pricePaise: number | null; ownerId: string },
  user: { id: string; owns: boolean },
  canPay: boolean,
): 'has access' | 'not on sale' | 'no payments' | null {
  if (user.owns || course.ownerId === user.id) return 'has access'
  if (!course.isPublished || course.archivedAt || course.pricePaise === null) return 'not on sale'
  return mayBuy(course, canPay) ? null : 'no payments'
}

const refundCheckDays = [2, 4, 8, 15, 30]

/** Null after two months: webhooks tell sooner, this finds those that were lost. */
export const nextRefundCheckDays = (timesChecked: number): number | null =>
  refundCheckDays[timesChecked - 1] ?? null

const firstChecks = [1, 2, 4, 8, 15, 30].map((minutes) => minutes * minuteSeconds)

/** Null after five days: a bank may confirm up to three days late. */
export function nextCheckSeconds(timesChecked: number, ageSeconds: number): number | null {
  if (ageSeconds > 5 * daySeconds) return null
  return firstChecks[timesChecked] ?? (ageSeconds < daySeconds ? hourSeconds : 6 * hourSeconds)
}
