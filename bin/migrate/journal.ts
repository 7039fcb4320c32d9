import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'

export interface Migration {
  tag: string
  /** In milliseconds since 1970; whoever is newer comes later. */
  when: number
  hash: string
  statements: string[]
}

const Journal = z.object({ entries: z.array(z.object({ tag: z.string(), when: z.number() })) })

/** Oldest first. */
export function readMigrations(folder = './drizzle'): Migration[] {
  const journal = Journal.parse(JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8')))
  return journal.entries.map(({ tag, when }) => {
    const text = readFileSync(join(folder, `${tag}.sql`), 'utf8')
    const statements = text.split('--> statement-breakpoint').filter((one) => one.trim() !== '')
    return { tag, when, hash: sha256(text), statements }
  })
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
