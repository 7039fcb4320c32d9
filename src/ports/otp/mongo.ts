import type { Collection, MongoClient } from 'mongodb'
import type { MongoConfig } from '../../config'
import { isSame } from '../../crypto'
import { AppError } from '../../errors'
import type { Otp } from './otp'

interface Code {
  email: string
  type: string
  hmac: string
  /** Empty for a code that any browser may enter. */
  browser: string
  attempts: number
  createdAt: Date
}

const PATIENCE_MS = 3_000
const DUPLICATE_KEY = 11000
const INDEX_OPTIONS_CONFLICT = 85

/**
 * One-time codes in MongoDB, collection `otps` of the database that the URI names. Nothing is loaded or connected before the
 * first call, and a client lives until `close`, so that it can be opened per request as well as once.
 */
export function openMongo(config: MongoConfig, { maxPoolSize = 5 } = {}): Otp {
  let opened: Promise<MongoClient> | undefined

  const open = async () => {
    const { MongoClient } = await import('mongodb')
    return new MongoClient(config.MONGODB_URI, {
      maxPoolSize,
      serverSelectionTimeoutMS: PATIENCE_MS,
      connectTimeoutMS: PATIENCE_MS,
      socketTimeoutMS: 2 * PATIENCE_MS,
    })
  }

  async function ask<T>(question: (codes: Collection<Code>, client: MongoClient) => Promise<T>): Promise<T> {
    try {
      opened ??= open()
      const client = await opened
      return await question(client.db().collection<Code>('otps'), client)
    } catch (cause) {
      throw new AppError('unavailable', 'Codes cannot be checked just now. Please try again in a minute.', {
        cause,
      })
    }
  }

  return {
    ping: () =>
      ask(async (_codes, client) => {
        await client.db().command({ ping: 1 })
      }),

    put: ({ email, purpose, hmac, createdAt, browser = '' }) =>
      ask(async (codes) => {
        const write = () =>
          codes.updateOne(
            { email, type: purpose },
            { $set: { hmac, browser, createdAt, attempts: 0 } },
            { upsert: true },
          )
        // Two first codes at once both want to insert; the one that comes second updates.
        await write().catch((error) => (codeOf(error) === DUPLICATE_KEY ? write() : Promise.reject(error)))
      }),

    claim: ({ email, purpose, hmac, madeAfter, maxGuesses, browser = '' }) =>
      ask(async (codes) => {
        // Mongo sweeps once a minute at best, so every question says the age itself.
        const live = { email, type: purpose, browser, createdAt: { $gt: madeAfter } }
        const code = await codes.findOneAndUpdate(
          { ...live, attempts: { $lt: maxGuesses } },
          { $inc: { attempts: 1 } },
          { returnDocument: 'after' },
        )
        if (!code) return 'gone'
        if (!isSame(code.hmac, hmac)) return 'wrong'
        return (await codes.findOneAndDelete({ ...live, hmac })) ? 'claimed' : 'gone'
      }),

    migrate: (ttlSeconds) =>
      ask(async (codes, client) => {
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
