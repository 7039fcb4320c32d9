import type { Connection } from 'mysql2/promise'
import { readMigrations } from './journal'
import { findNewestApplied, findProgress } from './progress'

/** A line for each migration and one for all; writes nothing. */
export async function tellStatus(connection: Connection): Promise<string[]> {
  const newest = await findNewestApplied(connection)
  const migrations = readMigrations()
  const lines: string[] = []
  for (const { tag, when, statements } of migrations) {
    const progress = when > newest ? await findProgress(connection, tag) : undefined
    const half = `half applied: ${progress?.done} of ${statements.length} statements`
    lines.push(`${tag.padEnd(28)} ${when <= newest ? 'applied' : progress ? half : 'pending'}`)
  }
  const open = migrations.filter(({ when }) => when > newest).length
  const newer = newest > Math.max(...migrations.map(({ when }) => when))
  if (newer) lines.push('The database was migrated by a newer version than this one.')
  else if (open === 0) lines.push('The database is up to date.')
  else lines.push(`${open} to apply: npm run migrate (what is half applied goes on where it stopped)`)
  return lines
}
