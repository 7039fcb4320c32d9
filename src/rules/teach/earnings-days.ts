import { dayMs, minuteMs } from '../time'

/** A calendar day somewhere: its name, `2026-11-22`, and the moment it begins there. */
export interface CalendarDay {
  date: string
  startsAt: Date
}

/** Tells the wall clock's `2026-11-22 00:00` of any moment in a time zone. */
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

/** Gives the function that names the day of a moment in this time zone. */
export function dateIn(timeZone: string): (at: Date) => string {
  const clock = clockIn(timeZone)
  return (at) => clock(at.getTime()).slice(0, 10)
}

/**
 * The last days up to the one that `now` is in, oldest first. Where clocks change a day has 23 or
 * 25 hours, and where they change at midnight it begins at the first moment that bears its name.
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
