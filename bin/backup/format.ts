import * as z from 'zod'

/**
 * A backup is gzipped lines of JSON: the header, then for each table a line with its columns and a
 * line for each row, and last the counts. Values are the database's own text, binary ones base64.
 */
export const format = 1

export const Header = z.object({
  backup: z.literal('codecrafters-lms'),
  format: z.number(),
  id: z.string(),
  /** Version of the product that made it. */
  version: z.string(),
  at: z.coerce.date(),
  /** What was applied, oldest first; `when` in milliseconds since 1970. */
  migrations: z.array(z.object({ when: z.number(), hash: z.string(), tag: z.string().optional() })).min(1),
})
export type Header = z.output<typeof Header>

export const Table = z.object({
  table: z.string(),
  columns: z.array(z.string()).min(1),
  /** Which columns are base64. */
  binary: z.array(z.string()),
})
export type Table = z.output<typeof Table>

export const Row = z.array(z.string().nullable())
export type Row = z.output<typeof Row>

export const Trailer = z.object({ counts: z.record(z.string(), z.number()) })
export type Counts = z.output<typeof Trailer>['counts']

export const newestOf = ({ migrations }: Header): number => Math.max(...migrations.map(({ when }) => when))

export const rowsOf = (counts: Counts): number => Object.values(counts).reduce((sum, n) => sum + n, 0)

/** Whoever has it is signed in, so a restored site must not know them again. */
export const leftOut = ['sessions']

/** Migrations write these themselves. */
export const bookkeeping = ['__drizzle_migrations', '__migration_progress']
