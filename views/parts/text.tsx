import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { day, duration, moment, price } from '../../src/rules/format'

/** A length such as "4 min 20 s". */
export function Duration({ seconds }: { seconds: number }) {
  return <time datetime={`PT${Math.round(seconds)}S`}>{duration(seconds)}</time>
}

/** A day, or with `time` a moment, in the site's time zone. */
export function When({ date, timeZone, time }: { date: Date; timeZone: string; time?: boolean }) {
  return <time datetime={date.toISOString()}>{time ? moment(date, timeZone) : day(date, timeZone)}</time>
}

/** ₹1,499, or "Free"; null is a course without a price yet. */
export function Price({ paise }: { paise: number | null }) {
  return <span class="price">{price(paise)}</span>
}

/** A word of state: Published, Draft, Free, Owned, Refunded. */
export function Badge({ kind, children }: { kind?: 'accent' | 'success' | 'danger'; children?: Child }) {
  return <span class={kind ? `badge badge-${kind}` : 'badge'}>{children}</span>
}

/** Formatted text. `html` is printed as it is: it must come from `rules/markdown`. */
export function Prose({ html }: { html: string }) {
  return <div class="prose">{raw(html)}</div>
}
