import { daySeconds, hourSeconds } from './time'

const whole = new Intl.NumberFormat('en-IN', { style: 'currency', currency: 'INR', maximumFractionDigits: 0 })
const exact = new Intl.NumberFormat('en-IN', { style: 'currency', currency: 'INR', minimumFractionDigits: 2 })
const plain = new Intl.NumberFormat('en-IN')
const oneDigit = new Intl.NumberFormat('en-IN', { maximumFractionDigits: 1 })

/** ₹1,499 from 149900 paise, ₹1,499.50 where paise are left over. */
export const rupees = (paise: number): string =>
  (paise % 100 === 0 ? whole : exact).format(paise / 100).replace('-', '−')

/** In rupees as `rupees` says it; "USD 12.00" in another currency. */
export const amountIn = ({ amountPaise, currency }: { amountPaise: number; currency: string }): string =>
  currency === 'INR' ? rupees(amountPaise) : `${currency} ${(amountPaise / 100).toFixed(2)}`

/** Null is a price that is not known yet. */
export const price = (paise: number | null): string =>
  paise === null ? 'No price yet' : paise === 0 ? 'Free' : rupees(paise)

/** "45 s", "4 min 20 s", "1 h 12 min": seconds are dropped from an hour on. */
export function duration(seconds: number): string {
  const total = Math.max(0, Math.round(seconds))
  if (total < 60) return `${total} s`
  const minutes = total < hourSeconds ? Math.floor(total / 60) : Math.round(total / 60)
  if (total < hourSeconds) return joined(minutes, 'min', total % 60, 's')
  return joined(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
}

const joined = (large: number, largeUnit: string, small: number, smallUnit: string) =>
  small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`

/** "22 November 2026". */
export const day = (date: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-IN', { day: 'numeric', month: 'long', year: 'numeric', timeZone }).format(date)

/** "22 November 2026, 2:05 pm". */
export function moment(date: Date, timeZone: string): string {
  const time = new Intl.DateTimeFormat('en-IN', {
    hour: 'numeric',
    minute: '2-digit',
    hour12: true,
    timeZone,
  })
  return `${day(date, timeZone)}, ${time.format(date).replace(/\s/g, ' ').toLowerCase()}`
}

/** "1 lesson", "1,20,000 lessons". */
export const count = (amount: number, one: string, many = `${one}s`): string =>
  `${plain.format(amount)} ${amount === 1 ? one : many}`

/** "12 lessons, 1 h 20 min"; without the length where there are no videos. */
export function courseSize(chapters: { durationSeconds: number | null }[], separator: string): string {
  const seconds = chapters.reduce((sum, { durationSeconds }) => sum + (durationSeconds ?? 0), 0)
  const lessons = count(chapters.length, 'lesson')
  return seconds > 0 ? `${lessons}${separator}${duration(seconds)}` : lessons
}

/** "840 bytes", "12 KB", "3.4 MB": decimal units, as file managers show them. */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return count(bytes, 'byte')
  const units = ['KB', 'MB', 'GB', 'TB']
  let value = bytes / 1000
  while (value >= 999.95 && units.length > 1) {
    value /= 1000
    units.shift()
  }
  return `${oneDigit.format(value)} ${units[0]}`
}

/** "40 s", "12 min", "5 h", "3 days"; nothing is in the future. */
export function age(since: Date, now: Date): string {
  const seconds = Math.max(0, Math.floor((now.getTime() - since.getTime()) / 1000))
  if (seconds < 60) return `${seconds} s`
  if (seconds < hourSeconds) return `${Math.floor(seconds / 60)} min`
  if (seconds < 2 * daySeconds) return `${Math.floor(seconds / hourSeconds)} h`
  return count(Math.floor(seconds / daySeconds), 'day')
}

/** "November 2026" of "2026-11". */
export const monthName = (month: string): string =>
  new Intl.DateTimeFormat('en-IN', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-01T00:00:00Z`),
  )

/** "Goods not received" of "goods_not_received", as vendors name things. */
export const sentence = (code: string): string => capital(code.replaceAll('_', ' '))

export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
