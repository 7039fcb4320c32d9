import { appendFileSync } from 'node:fs'

/** A long run is watched while it runs; a short one says nothing. */
export function tellSoak(tally: object, fault?: string | null): void {
  const file = process.env.SOAK_LOG
  if (file) appendFileSync(file, `${fault ? `${fault}\n` : ''}${JSON.stringify(tally)}\n`)
}
