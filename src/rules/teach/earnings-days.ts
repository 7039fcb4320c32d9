import { dayMs, minuteMs } from '../time'

/** `date` is like `2026-11-22`, `startsAt` the moment it begins in its time zone. */
export interface CalendarDay {
  date: string
  startsAt: Date
}

function clockIn(timeZone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  return (at) => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
    return `${parts.year}-${parts.month}-${parts.day} ${parts.hour}:${parts.minute}`
  }
}

/** Names the day of a moment, such as `2026-11-22`. */
export function dateIn(timeZone: string): (at: Date) => string {
  const clock = clockIn(timeZone)
  return (at) => clock(at.getTime()).slice(0, 10)
}

/**
 * Oldest first; a day has 23 or 25 hours where clocks change, and begins at the first moment that
 * bears its name.
 */
export function lastDays(now: Date, amount: number, timeZone: string): CalendarDay[] {
  const clock = clockIn(timeZone)
  const today = Date.parse(clock(now.getTime()).slice(0, 10))
  const days: CalendarDay[] = []
  for (let back = amount - 1; back >= 0; back--) {
    const date = new Date(today - back * dayMs).toISOString().slice(0, 10)
    const usual = (days.at(-1)?.startsAt.getTime() ?? Number.NaN) + dayMs
    const isMidnight = !Number.isNaN(usual) && clock(usual) === `${date} 00:00`
    days.push({ date, startsAt: new Date(isMidnight ? usual : firstMoment(date, clock)) })
  }
  return days
}

/** Time zones lie within 15 hours of UTC and differ from it by whole minutes. */
function firstMoment(date: string, clock: (at: number) => string): number {
  let before = Date.parse(date) / minuteMs - 15 * 60
  let reached = before + 30 * 60
  while (reached - before > 1) {
    const middle = Math.floor((before + reached) / 2)
    if (clock(middle * minuteMs) >= date) reached = middle
    else before = middle
  }
  return reached * minuteMs
}
