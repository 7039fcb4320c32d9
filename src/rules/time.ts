const secondMs = 1000
export const minuteMs = 60 * secondMs
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

export const minuteSeconds = 60
export const hourSeconds = 60 * minuteSeconds
export const daySeconds = 24 * hourSeconds

export const later = (date: Date, seconds: number): Date => new Date(date.getTime() + seconds * secondMs)

/** The next time that it is three o'clock there, to the hour. */
export function nextNight(now: Date, timeZone: string): Date {
  const hour = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone })
  let at = new Date(Math.floor(now.getTime() / hourMs) * hourMs + hourMs)
  while (hour.format(at) !== '03') at = new Date(at.getTime() + hourMs)
  return at
}
