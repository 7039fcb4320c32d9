import { sql } from 'drizzle-orm'
import type { World } from '../world'

export interface Tables {
  /** Names of the tables that are not as they were. */
  changed(): Promise<string[]>
  /** Puts these tables back as they were. */
  restore(names: string[]): Promise<void>
}

/** What is written by looking: that the site can write, that services answer, who fetched which file. */
const writtenByLooking = ['settings', 'attachment_fetches', 'service_probes']

/** Copies every table as it is now, but those. */
export async function keepTables({ services: { db } }: World): Promise<Tables> {
  const rowsOf = async (query: string) =>
    (await db.execute(sql.raw(query)))[0] as unknown as Record<string, string | number>[]
  const listed = await rowsOf(
    'select table_name as name from information_schema.tables where table_schema = database()',
  )
  const names = listed.map(({ name }) => String(name)).filter((name) => !writtenByLooking.includes(name))
  const copy = (name: string) => `\`${name}_as_it_was\``
  for (const name of names)
    await db.execute(sql.raw(`create table ${copy(name)} as select * from \`${name}\``))

  const all = names.map((name) => `\`${name}\``).join(', ')
  const counts = names.map((name) => `(select count(*) from \`${name}\`) as \`${name}\``).join(', ')
  const digests = async () => {
    const [counted] = await rowsOf(`select ${counts}`)
    const sums = await rowsOf(`checksum table ${all}`)
    return names.map((name, place) => `${counted?.[name]} rows, ${sums[place]?.Checksum}`)
  }
  const before = await digests()
  return {
    changed: async () => {
      const after = await digests()
      return names.filter((_, place) => before[place] !== after[place])
    },
    restore: (changed) =>
      db.transaction(async (tx) => {
        // Of this connection, so it is set back even though the tables hold together again.
        await tx.execute(sql`set foreign_key_checks = 0`)
        for (const name of changed) {
          await tx.execute(sql.raw(`delete from \`${name}\``))
          await tx.execute(sql.raw(`insert into \`${name}\` select * from ${copy(name)}`))
        }
        await tx.execute(sql`set foreign_key_checks = 1`)
      }),
  }
}
