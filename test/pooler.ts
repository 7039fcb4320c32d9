import { drizzle } from 'drizzle-orm/mysql2'
import mysql from 'mysql2'
import { afterAll } from 'vitest'
import type { Db } from '../src/db/connect'
import { nodeApp } from '../src/node-app'
import type { Services } from '../src/services'
import type { World } from './world'

/**
 * The same application behind a pooler that loses every SET, of the session and of the isolation
 * level: each transaction is then a repeatable read.
 */
export function behindPooler(world: World): World {
  const pool = mysql.createPool({ uri: world.environment.DATABASE_URL, connectionLimit: 20 })
  afterAll(() => new Promise<void>((resolve) => pool.end(() => resolve())))
  const db: Db = drizzle(pool)
  const begin = db.transaction.bind(db)
  const transaction: Db['transaction'] = (verb) => begin(verb)
  const services: Services = {
    ...world.services,
    db: Object.create(db, { transaction: { value: transaction } }),
  }
  return { ...world, services, app: nodeApp(services, () => {}) }
}
