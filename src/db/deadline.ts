import type { Pool, PoolConnection } from 'mysql2'

export interface Deadlines {
  /** Of one statement, its wait for locks included. */
  statementMs: number
  /** Until there is a connection, whether one is free or made. */
  connectionMs: number
  /** How many wait for a connection at most. */
  maxWaiting: number
}

export const usualDeadlines: Deadlines = { statementMs: 5000, connectionMs: 2000, maxWaiting: 200 }

type Failure = Error & { code?: string; fatal?: boolean }
type Done = (error: Failure | null, ...answer: unknown[]) => void
type Query = (...given: unknown[]) => { once(event: 'end', listener: () => void): unknown }

/** The driver itself waits for a connection and for an answer without end. */
export function keepDeadlines(pool: Pool, { statementMs, connectionMs }: Deadlines): void {
  pool.on('connection', (connection) => limitStatements(connection, statementMs))
  const getConnection = pool.getConnection.bind(pool)
  Reflect.set(pool, 'getConnection', (done: (error: Failure | null, found?: PoolConnection) => void) => {
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      done(failure('POOL_TIMEOUT', `There was no connection to the database within ${connectionMs} ms`))
    }, connectionMs)
    getConnection((error, connection) => {
      clearTimeout(timer)
      if (isLate) connection?.release()
      // Too many wait, or the pool is closed: the driver gives these no code.
      else if (error) done(error.code ? error : Object.assign(error, { code: 'POOL_REFUSED' }))
      else done(null, connection)
    })
  })
}

function limitStatements(connection: PoolConnection, ms: number): void {
  let lost: Failure | undefined
  connection.on('error', (error) => {
    lost ??= error
  })
  const query = connection.query.bind(connection) as unknown as Query
  const limited: Query = (...given) => {
    const done = given.at(-1)
    const isRollback = (given[0] as { sql?: unknown }).sql === 'rollback'
    if (typeof done === 'function') given[given.length - 1] = withFirstCause(done as Done, isRollback)
    const timer = setTimeout(() => hangUp(connection, ms), ms)
    const command = query(...given)
    command.once('end', () => clearTimeout(timer))
    return command
  }
  const withFirstCause =
    (done: Done, isRollback: boolean): Done =>
    (error, ...answer) => {
      // With its line a transaction is gone; that it cannot be undone again is not what failed.
      if (isRollback && error?.fatal) done(null, { insertId: 0, affectedRows: 0 })
      else done(error?.fatal ? (lost ?? error) : error, ...answer)
    }
  Reflect.set(connection, 'query', limited)
}

/** Whatever waits on this line fails, and the pool makes another one. */
function hangUp(connection: PoolConnection, ms: number): void {
  const stream: { destroy(error: Error): void } = Reflect.get(connection, 'stream')
  stream.destroy(failure('STATEMENT_TIMEOUT', `The database did not answer within ${ms} ms`))
}

const failure = (code: string, message: string): Failure => Object.assign(new Error(message), { code })
