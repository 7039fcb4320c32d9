import { count } from '../format'
import { daySeconds, hourSeconds } from '../time'

/** "3 days left", "5 h left", "Overdue by 2 days"; empty where the bank has set no time. */
export function timeLeft(respondBy: Date | null, now: Date): string {
  if (!respondBy) return ''
  const seconds = Math.round((respondBy.getTime() - now.getTime()) / 1000)
  const amount = Math.abs(seconds)
  const words =
    amount < hourSeconds
      ? `${Math.max(1, Math.floor(amount / 60))} min`
      : amount < 2 * daySeconds
        ? `${Math.floor(amount / hourSeconds)} h`
        : count(Math.floor(amount / daySeconds), 'day')
  return seconds < 0 ? `Overdue by ${words}` : `${words} left`
}
