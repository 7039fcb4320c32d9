import { isOnSale, type Sale } from '../catalogue/sale'
import { minuteSeconds } from '../time'

/** `canPay` says that this site takes payments. */
export const mayBuy = ({ pricePaise }: { pricePaise: number | null }, canPay: boolean): boolean =>
  pricePaise === 0 || (pricePaise !== null && canPay)

export function refusalToBuy(
  course: Sale & { pricePaise: number | null; ownerId: string },
  user: { id: string; owns: boolean },
  canPay: boolean,
): 'has access' | 'not on sale' | 'no payments' | null {
  if (user.owns || course.ownerId === user.id) return 'has access'
  if (!isOnSale(course) || course.pricePaise === null) return 'not on sale'
  return mayBuy(course, canPay) ? null : 'no payments'
}

const checkAges = [1, 3, 7, 15, 30, 60].map((minutes) => minutes * minuteSeconds)

export const firstCheckSeconds = minuteSeconds

/** Null after an hour: from then on one question serves all open orders. */
export function nextCheckSeconds(ageSeconds: number): number | null {
  const next = checkAges.find((age) => age > ageSeconds)
  return next === undefined ? null : next - ageSeconds
}
