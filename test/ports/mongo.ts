import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import { openMongoSandbox } from '../../sandbox/mongo/server'
import { type ServedPart, servePart } from '../../sandbox/serve'
import { newId } from '../../src/ids'
import { openMongo } from '../../src/ports/otp/mongo'

/** A real server when MONGODB_URI names one, in a database of this run's own; else the sandbox. */
export const real = process.env.MONGODB_URI?.replace(
  /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?/,
  `$1/otp_${newId().replaceAll('-', '')}`,
)

/** A code of somebody new. */
export const code = (change: object = {}) => ({
  email: `${newId()}@example.com`,
  purpose: 'password-reset',
  hmac: 'right',
  createdAt: new Date(),
  ...change,
})

export type Harness = Awaited<ReturnType<typeof openHarness>>

/** The sandbox on real ports, the real adapter, and a driver that looks at what is stored. */
export async function openHarness() {
  const dataDir = await mkdtemp(join(tmpdir(), 'mongo-'))
  const open = () =>
    servePart('/mongo', openMongoSandbox, { dataDir, appOrigin: () => 'http://localhost:3000' })
  let served: ServedPart = await open()
  const uri = real ?? served.part.environment.MONGODB_URI ?? ''
  const otp = openMongo({ MONGODB_URI: uri })
  const driver = new MongoClient(uri)
  await otp.migrate(45)

  return {
    get base() {
      return served.base
    },
    get part() {
      return served.part
    },
    uri,
    otp,
    driver,
    documents: () => driver.db().collection('otps'),
    guess: ({ email, purpose }: { email: string; purpose: string }, hmac: string, seconds = 45) =>
      otp.claim({
        email,
        purpose,
        hmacs: [hmac],
        madeAfter: new Date(Date.now() - seconds * 1000),
        maxGuesses: 5,
      }),
    set: (settings: object) =>
      fetch(`${served.base}/settings`, { method: 'POST', body: JSON.stringify(settings) }),
    /** Restarts the sandbox on the same data. */
    async restart() {
      await served.close()
      served = await open()
    },
    async close() {
      if (real) await driver.db().dropDatabase()
      await driver.close()
      await otp.close()
      await served.close()
      await rm(dataDir, { recursive: true })
    },
  }
}
