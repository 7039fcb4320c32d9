import type { Context } from 'hono'
import { Refused } from './refusal'

const LONGEST = 100
const FIRST_SECOND = 946_684_800
const LAST_SECOND = 4_765_046_400

/** The newest first, by `from` and `to` (seconds, both within), `count` and `skip`; `also` are more fields that it may be asked by. */
export function listOf<T extends { created_at: number }>(c: Context, all: T[], also: string[] = []) {
  const query = c.req.query()
  const known = ['from', 'to', 'count', 'skip', ...also]
  const unknown = Object.keys(query).filter((name) => !known.includes(name))
  if (unknown.length > 0)
    throw new Refused(`${unknown.join(', ')} is/are not required and should not be sent`)
  const number = (name: string, otherwise: number, least: number, most: number) => {
    const value = query[name] === undefined ? otherwise : Number(query[name])
    if (!Number.isInteger(value)) throw new Refused(`The ${name} must be an integer.`, name)
    if (value < least || value > most)
      throw new Refused(`The ${name} must be between ${least} and ${most}.`, name)
    return value
  }
  const from = number('from', FIRST_SECOND, FIRST_SECOND, LAST_SECOND)
  const to = number('to', LAST_SECOND, FIRST_SECOND, LAST_SECOND)
  if (from > to) throw new Refused('from cannot be greater than to', 'from')
  const skip = number('skip', 0, 0, Number.MAX_SAFE_INTEGER)
  const count = number('count', 10, 1, LONGEST)
  const within = all.filter(({ created_at }) => created_at >= from && created_at <= to)
  const newest = within.reverse().sort((one, other) => other.created_at - one.created_at)
  return collection(newest.slice(skip, skip + count))
}

export const collection = <T>(items: T[]) => ({ entity: 'collection', count: items.length, items })
