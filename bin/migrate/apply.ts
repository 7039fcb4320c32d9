import type { Connection } from 'mysql2/promise'
import { hasCode } from '../../src/errors'
import { type Migration, readMigrations, sha256 } from './journal'
import { findNewestApplied, findProgress, keepApplied, keepProgress, prepareProgress } from './progress'

export interface Step {
  tag: string
  statement: number
  of: number
  moment: 'started' | 'executed' | 'recorded'
}

interface Options {
  /** The tag after which to stop; all without it. */
  upTo?: string
  tell?: (step: Step) => void
}

/** Goes on where an earlier run was cut short; the caller holds the lock. */
export async function applyMigrations(
  connection: Connection,
  { upTo, tell = () => {} }: Options = {},
): Promise<void> {
  await prepareProgress(connection)
  const newest = await findNewestApplied(connection)
  const all = readMigrations()
  const last = upTo === undefined ? all.length - 1 : all.findIndex(({ tag }) => tag === upTo)
  for (const migration of all.slice(0, last + 1))
    if (migration.when > newest) await applyMigration(connection, migration, tell)
}

async function applyMigration(
  connection: Connection,
  migration: Migration,
  tell: (step: Step) => void,
): Promise<void> {
  const { tag, statements } = migration
  const hashOf = (done: number) => sha256(statements.slice(0, done).join('\n'))
  const found = (await findProgress(connection, tag)) ?? { done: 0, started: 0, hash: hashOf(0) }
  if (found.hash !== hashOf(found.done))
    throw new Error(
      `${tag} was begun with other statements than it has now: go on with the version that began it.`,
    )
  const last = statements.length
  let wasInFlight = found.started > found.done
  if (!wasInFlight && found.done < last)
    await keepProgress(connection, tag, { ...found, started: found.done + 1 })
  for (let done = found.done; done < last; done++) {
    const step = (moment: Step['moment']) => tell({ tag, statement: done + 1, of: last, moment })
    step('started')
    const after = { done: done + 1, started: Math.min(done + 2, last), hash: hashOf(done + 1) }
    const record = () => keepProgress(connection, tag, after)
    try {
      await execute(connection, String(statements[done]), wasInFlight, () => {
        step('executed')
        return record()
      })
    } catch (error) {
      // What the server has refused has changed nothing; after a lost line nobody knows.
      await keepProgress(connection, tag, { done, started: done, hash: hashOf(done) }).catch(() => {})
      throw new Error(`${tag}, statement ${done + 1} of ${last}`, { cause: error })
    }
    step('recorded')
    wasInFlight = false
  }
  await keepApplied(connection, migration)
}

/** Rows are changed together with the record of it, so exactly once; definitions cannot be. */
async function execute(
  connection: Connection,
  statement: string,
  wasInFlight: boolean,
  record: () => Promise<void>,
): Promise<void> {
  const changesRows = /^\s*(--[^\n]*\n\s*)*(insert|update|delete|replace)\b/i.test(statement)
  if (changesRows) await connection.beginTransaction()
  try {
    await connection.query(statement)
  } catch (error) {
    if (changesRows) await connection.rollback().catch(() => {})
    if (changesRows || !wasInFlight || !isThereAlready(error)) throw error
  }
  await record()
  if (changesRows) await connection.commit()
}

const isThere = [
  'ER_TABLE_EXISTS_ERROR',
  'ER_DUP_FIELDNAME',
  'ER_DUP_KEYNAME',
  'ER_FK_DUP_NAME',
  'ER_DUP_CONSTRAINT_NAME',
  'ER_CHECK_CONSTRAINT_DUP_NAME',
  'ER_MULTIPLE_PRI_KEY',
  'ER_CANT_DROP_FIELD_OR_KEY',
  'ER_BAD_TABLE_ERROR',
]

/** MariaDB says of a second foreign key only that the table cannot be made, and why in its words. */
const isThereAlready = (error: unknown): boolean =>
  hasCode(error, ...isThere) || (hasCode(error, 'ER_CANT_CREATE_TABLE') && /errno: 121\b/.test(String(error)))
