import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

export interface Store<T extends object> {
  state: T
  save(): void
  close(): Promise<void>
}

const QUIET_MS = 50

/** Members that `file` lacks or has of another kind come from `initial`. */
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
