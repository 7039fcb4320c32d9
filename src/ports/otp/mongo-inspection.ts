import { type Check, ok, wrong } from '../../check'
import type { MongoConfig } from '../../config'
import { openMongo } from './mongo'

/** Whether codes end by themselves as the site believes; throws when the server does not answer. */
export async function inspectMongo(config: MongoConfig, ttlSeconds: number): Promise<Check[]> {
  const store = openMongo(config, { maxPoolSize: 1 })
  try {
    const seconds = await store.findTtlSeconds()
    const found =
      seconds === null
        ? 'the index that ends codes is missing'
        : `codes end after ${seconds} s, not ${ttlSeconds}`
    return [
      ok('login', 'the server answers and lets in'),
      seconds === ttlSeconds
        ? ok('TTL index', `codes end after ${seconds} s`)
        : wrong('TTL index', found, 'npm run migrate'),
    ]
  } finally {
    await store.close()
  }
}
