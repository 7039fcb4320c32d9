import type { Collection, MongoClient } from 'mongodb'
import type { MongoConfig } from '../../config'
import { isSame } from '../../crypto'
import { AppError } from '../../errors'
import type { Otp } from './otp'

interface Code {
  email: string
  type: string
  hmac: string
  /** Empty for a code that may be entered anywhere. */
  nonce: string
  attempts: number
  createdAt: Date
}

const TIMEOUT_MS = 3_000
const DUPLICATE_KEY = 11000
const INDEX_OPTIONS_CONFLICT = 85
const NAMESPACE_NOT_FOUND = 26

/** Nothing is loaded or connected before the first call, so that each request may open one. */
export function openMongo(config: MongoConfig, { maxPoolSize = 5 } = {}): Otp {
  let opened: Promise<MongoClient> | undefined

  const open = async () => {
    const { MongoClient } = await import('mongodb')
    return new MongoClient(config.MONGODB_URI, {
      maxPoolSize,
      // For one request a second line that only watches the first is one too many.
      serverMonitoringMode: maxPoolSize === 1 ? 'poll' : 'auto',
      serverSelectionTimeoutMS: TIMEOUT_MS,
      connectTimeoutMS: TIMEOUT_MS,
      socketTimeoutMS: 2 * TIMEOUT_MS,
    })
  }

  async function run<T>(query: (codes: Collection<Code>, client: MongoClient) => Promise<T>): Promise<T> {
    try {
      opened ??= open()
      const client = await opened
      return await query(client.db().collection<Code>('otps'), client)
    } catch (cause) {
      throw new AppError('unavailable', 'We cannot check codes right now. Please try again in a minute.', {
        cause,
        failure: 'outage',
      })
    }
  }

  return {
    ping: () =>
      run(async (_codes, client) => {
        await client.db().command({ ping: 1 })
      }),

    findTtlSeconds: () =>
      run(async (codes) => {
        const indexes = await codes.indexes().catch((error) => {
          if (codeOf(error) === NAMESPACE_NOT_FOUND) return []
          throw error
        })
        const ttl = indexes.find(({ key }) => JSON.stringify(key) === '{"createdAt":1}')
        return ttl?.expireAfterSeconds ?? null
      }),

    put: ({ email, purpose, hmac, createdAt, nonce = '' }) =>
      run(async (codes) => {
        const write = () =>
          codes.updateOne(
            { email, type: purpose },
            { $set: { hmac, nonce, createdAt, attempts: 0 } },
            { upsert: true },
          )
        // Of two first codes at once, the second insert fails and becomes an update.
        await write().catch((error) => (codeOf(error) === DUPLICATE_KEY ? write() : Promise.reject(error)))
      }),

    claim: ({ email, purpose, hmacs, madeAfter, maxGuesses, nonce = '' }) =>
      run(async (codes) => {
        // MongoDB removes expired documents once a minute at best, so every query asks the age.
        const live = { email, type: purpose, nonce, createdAt: { $gt: madeAfter } }
        const code = await codes.findOneAndUpdate(
          { ...live, attempts: { $lt: maxGuesses } },
          { $inc: { attempts: 1 } },
          { returnDocument: 'after' },
        )
        if (!code) return 'gone'
        // All of them, so that the time does not tell which.
        if (!hmacs.map((hmac) => isSame(code.hmac, hmac)).includes(true)) return 'wrong'
        return (await codes.findOneAndDelete({ ...live, hmac: code.hmac })) ? 'claimed' : 'gone'
      }),

    migrate: (ttlSeconds) =>
      run(async (codes, client) => {
        await codes.createIndex({ email: 1, type: 1 }, { unique: true })
        try {
          await codes.createIndex({ createdAt: 1 }, { expireAfterSeconds: ttlSeconds })
        } catch (error) {
          if (codeOf(error) !== INDEX_OPTIONS_CONFLICT) throw error
          const index = { keyPattern: { createdAt: 1 }, expireAfterSeconds: ttlSeconds }
          await client.db().command({ collMod: codes.collectionName, index })
        }
      }),

    async close() {
      const client = await opened?.catch(() => undefined)
      opened = undefined
      await client?.close()
    },
  }
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined)
