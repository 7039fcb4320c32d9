import { day, moment } from '../../src/rules/format'

/** A day, or with `time` a moment, in the site's time zone. */
export function When({ date, timeZone, time }: { date: Date; timeZone: string; time?: boolean }) {
  return <time datetime={date.toISOString()}>{time ? moment(date, timeZone) : day(date, timeZone)}</time>
}
