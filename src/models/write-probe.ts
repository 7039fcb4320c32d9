import { eq } from 'drizzle-orm'
import { settings } from '../db/schema'
import { codeOf, isOutOfRoom, isUnreachable } from '../errors'
import { newId } from '../ids'
import type { Services } from '../services'

type Asking = Pick<Services, 'db' | 'memory' | 'now'>

const name = 'readiness'
const sharedMs = 5000
/** Longer than whoever watches waits between two looks. */
const noRoomMs = 30_000

/** What is wrong, in words; however many ask, it is tried once in five seconds. */
export function missingWrites(services: Asking): Promise<string[]> {
  const { memory } = services
  const at = services.now().getTime()
  if (memory.noRoom && Math.abs(at - memory.noRoom.at) < noRoomMs)
    return Promise.resolve([memory.noRoom.said])
  if (memory.writeProbe && Math.abs(at - memory.writeProbe.at) < sharedMs) return memory.writeProbe.answer
  const answer = probe(services)
  memory.writeProbe = { at, answer }
  return answer
}

async function probe({ db, now }: Asking): Promise<string[]> {
  // Both reads are one text outside a transaction: that is what a cache answers by itself.
  const read = async () => {
    const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.name, name))
    return row?.value
  }
  const written = { value: newId(), changedAt: now() }
  try {
    const before = await read()
    await db
      .insert(settings)
      .values({ name, ...written })
      .onDuplicateKeyUpdate({ set: written })
    // Another instance may have written since, so not to find one's own value is no fault.
    if ((await read()) !== before) return []
    return ['the database answers from a cache: create Hyperdrive with --caching-disabled']
  } catch (error) {
    return [withCode(isUnreachable(error) ? unanswered : unwritten, error)]
  }
}

/** A full disk takes what is as small as the probe, so that whoever met it has to tell. */
export function noteNoRoom({ memory, now }: Pick<Services, 'memory' | 'now'>, error: unknown): void {
  if (isOutOfRoom(error)) memory.noRoom = { at: now().getTime(), said: withCode(unwritten, error) }
}

const unwritten = 'the database does not take a write'
export const unanswered = 'the database does not answer'

/** The driver's code says why and holds nothing of anybody. */
export function withCode(words: string, error: unknown): string {
  const code = codeOf(error)
  return code ? `${words} (${code})` : words
}
