import { drizzle } from 'drizzle-orm/mysql2'
import mysql from 'mysql2'
import { afterAll } from 'vitest'
import type { Db } from '../src/db/connect'
import { nodeApp } from '../src/node-app'
import type { Services } from '../src/services'
import { BrowserSession } from './browser-session'
import type { World } from './world'

/**
 * The same application behind a pooler that loses every SET, of the session and of the isolation
 * level: each transaction is then a repeatable read.
 */
export function openPooler(world: World): { world: World; close: () => Promise<void> } {
  const pool = mysql.createPool({ uri: world.environment.DATABASE_URL, connectionLimit: 20 })
  const db: Db = drizzle(pool)
  const begin = db.transaction.bind(db)
  const transaction: Db['transaction'] = (verb) => begin(verb)
  const services: Services = {
    ...world.services,
    db: Object.create(db, { transaction: { value: transaction } }),
  }
  const app = nodeApp(services, () => {})
  const browser = () => new BrowserSession((address, init) => app.request(address, init), world.origin)
  return {
    world: { ...world, services, app, browser },
    close: () => new Promise<void>((resolve) => pool.end(() => resolve())),
  }
}

/** The same for the tests of a file, or of the `describe` around it. */
export function behindPooler(world: World): World {
  const pooler = openPooler(world)
  afterAll(pooler.close)
  return pooler.world
}
