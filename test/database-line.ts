import type { Hono } from 'hono'
import type { Pool, QueryError, QueryOptions } from 'mysql2'
import { connect } from '../src/db/connect'
import { nodeApp } from '../src/node-app'
import { openServices, type Services } from '../src/services'
import type { World } from './world'

type Done = (error: QueryError | null, rows?: unknown, fields?: unknown) => void

interface Line {
  app: Hono
  db: Services['db']
  /** Every statement outside a transaction that reached the database. */
  statements: string[]
  close(): Promise<void>
}

/**
 * The application of a world once more, as another instance on a line of its own to the database. `cacheSeconds`
 * makes the line answer like Hyperdrive with its cache on: a SELECT of the same text outside a transaction is not
 * asked again for so long. `isReadOnly` makes every write fail; `hold` may keep a statement waiting.
 */
export function appOnALine(
  world: World,
  given: { cacheSeconds?: number; isReadOnly?: boolean; hold?: (sql: string) => unknown } = {},
): Line {
  const { config, now } = world.services
  const connection = connect({ uri: config.DATABASE_URL })
  const pool = Reflect.get(connection.db, '$client') as Pool
  if (given.isReadOnly) pool.on('connection', (one) => one.query('set session transaction read only'))

  const statements: string[] = []
  const kept = new Map<string, { until: number; answer: Promise<unknown[]> }>()
  const query = pool.query.bind(pool) as (options: QueryOptions, values: unknown, done: Done) => void
  const ask = async (options: QueryOptions, values: unknown) => {
    await given.hold?.(options.sql)
    statements.push(options.sql)
    return new Promise<unknown[]>((resolve, reject) => {
      query(options, values, (error, ...answer) => (error ? reject(error) : resolve(answer)))
    })
  }
  const askOrRemember = (options: QueryOptions, values: unknown): Promise<unknown[]> => {
    if (!given.cacheSeconds || !/^select\b/i.test(options.sql)) return ask(options, values)
    const text = JSON.stringify([options.sql, values, options.rowsAsArray])
    const known = kept.get(text)
    if (known && now().getTime() < known.until) return known.answer
    const answer = ask(options, values)
    kept.set(text, { until: now().getTime() + given.cacheSeconds * 1000, answer })
    return answer
  }
  // What is inside a transaction goes over a connection of its own and never comes by here.
  Reflect.set(pool, 'query', (options: QueryOptions, values: unknown, done: Done) => {
    askOrRemember(options, values).then((answer) => done(null, ...answer), done)
  })

  const services = { ...openServices(config, connection.db), now }
  return { app: nodeApp(services, () => {}), db: connection.db, statements, close: () => connection.close() }
}
