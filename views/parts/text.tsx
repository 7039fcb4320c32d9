import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { day, duration, moment, price } from '../../src/rules/format'

export function Duration({ seconds }: { seconds: number }) {
  return <time datetime={`PT${Math.round(seconds)}S`}>{duration(seconds)}</time>
}

export function When({ date, timeZone, time }: { date: Date; timeZone: string; time?: boolean }) {
  const words = time ? moment(date, timeZone).replace(/ (?=[ap]m$)/, '\u00a0') : day(date, timeZone)
  return <time datetime={date.toISOString()}>{words}</time>
}

export function Price({ paise }: { paise: number | null }) {
  return <span class="price">{price(paise)}</span>
}

export interface BadgeProps {
  kind?: 'accent' | 'success' | 'danger'
  children?: Child
}

export function Badge({ kind, children }: BadgeProps) {
  return <span class={kind ? `badge badge-${kind}` : 'badge'}>{children}</span>
}

/** `html` is printed as it is: it must come from `rules/markdown`. */
export function Prose({ html }: { html: string }) {
  return <div class="prose">{raw(html)}</div>
}
