import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

export interface Store<T extends object> {
  /** Change it in place, then `save()`. */
  state: T
  /** Writes soon; many calls in a row make one write. */
  save(): void
  /** Writes what is not yet written. */
  close(): Promise<void>
}

const QUIET_MS = 50

/**
 * State that survives a restart, as JSON in `file`. Members missing there or of another kind come
 * from `initial`; a file that cannot be read is as good as none.
 */
export function openStore<T extends object>(file: string, initial: T): Store<T> {
  mkdirSync(dirname(file), { recursive: true })
  const state: T = structuredClone(initial)
  for (const [name, value] of Object.entries(kept(file)))
    if (!(name in initial) || kind(value) === kind(Reflect.get(initial, name)))
      Reflect.set(state, name, value)
  let timer: NodeJS.Timeout | undefined

  function write() {
    clearTimeout(timer)
    timer = undefined
    const half = `${file}.${process.pid}.half`
    try {
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(half, JSON.stringify(state, null, 1))
      renameSync(half, file)
    } catch (error) {
      console.error(`The sandbox could not keep ${file}:`, error)
    }
  }

  return {
    state,
    save() {
      timer ??= setTimeout(write, QUIET_MS)
    },
    async close() {
      if (timer) write()
    },
  }
}

function kept(file: string): object {
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return typeof content === 'object' && content !== null && !Array.isArray(content) ? content : {}
  } catch {
    return {}
  }
}

function kind(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
}
