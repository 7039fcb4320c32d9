import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { code, type Harness, openHarness } from '../../../test/ports/mongo'
import { openMongo } from './mongo'

describe('one-time codes in MongoDB', { timeout: 60_000 }, () => {
  let harness: Harness
  beforeAll(async () => {
    harness = await openHarness()
  })
  afterAll(() => harness?.close())

  it('answers a ping', async () => {
    await expect(harness.otp.ping()).resolves.toBeUndefined()
  })

  it('claims the right code once', async () => {
    const one = code()
    await harness.otp.put(one)
    expect(await harness.guess(one, 'wrong')).toBe('wrong')
    expect(await harness.guess(one, 'right')).toBe('claimed')
    expect(await harness.guess(one, 'right')).toBe('gone')
    expect(await harness.guess(code(), 'right')).toBe('gone')
  })

  it('keeps codes of different purposes apart', async () => {
    const one = code()
    await harness.otp.put(one)
    expect(await harness.guess({ ...one, purpose: 'verify-email' }, 'right')).toBe('gone')
    expect(await harness.guess(one, 'right')).toBe('claimed')
  })

  it('revokes the earlier code and gives the new one its own guesses', async () => {
    const one = code({ hmac: 'first' })
    await harness.otp.put(one)
    for (let n = 0; n < 5; n++) expect(await harness.guess(one, 'wrong')).toBe('wrong')
    await harness.otp.put({ ...one, hmac: 'second' })
    expect(await harness.guess(one, 'first')).toBe('wrong')
    expect(await harness.guess(one, 'second')).toBe('claimed')
    expect(await harness.documents().countDocuments({ email: one.email })).toBe(0)
  })

  it('keeps one code when many are made at the same time', async () => {
    const one = code()
    await Promise.all(Array.from({ length: 10 }, (_, n) => harness.otp.put({ ...one, hmac: `code ${n}` })))
    expect(await harness.documents().countDocuments({ email: one.email })).toBe(1)
  })

  it('lets at most five of a hundred parallel guesses count, and none after', async () => {
    const one = code()
    await harness.otp.put(one)
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => harness.guess(one, 'wrong')))
    expect(outcomes.filter((outcome) => outcome === 'wrong')).toHaveLength(5)
    expect(outcomes.filter((outcome) => outcome === 'gone')).toHaveLength(95)
    expect(await harness.guess(one, 'right')).toBe('gone')
  })

  it('has one winner among twenty parallel claims of the right code', async () => {
    const one = code()
    await harness.otp.put(one)
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => harness.guess(one, 'right')))
    expect(outcomes.filter((outcome) => outcome === 'claimed')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'gone')).toHaveLength(19)
  })

  it('refuses a code that is too old although it was not swept yet', async () => {
    const one = code({ createdAt: new Date(Date.now() - 20_000) })
    await harness.otp.put(one)
    expect(await harness.guess(one, 'right', 10)).toBe('gone')
    expect(await harness.documents().countDocuments({ email: one.email })).toBe(1)
    expect(await harness.guess(one, 'right', 45)).toBe('claimed')
  })

  it('changes the TTL of an existing index and may run twice', async () => {
    await harness.otp.migrate(45)
    await expect(
      harness.documents().createIndex({ createdAt: 1 }, { expireAfterSeconds: 90 }),
    ).rejects.toMatchObject({ code: 85 })
    await harness.otp.migrate(90)
    const indexes = await harness.documents().listIndexes().toArray()
    expect(indexes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ key: { email: 1, type: 1 }, unique: true }),
        expect.objectContaining({ key: { createdAt: 1 }, expireAfterSeconds: 90 }),
      ]),
    )
    await harness.otp.migrate(45)
  })

  it('stores what the field names promise, and no two of one address and purpose', async () => {
    const one = code()
    await harness.otp.put(one)
    const kept = await harness.documents().findOne({ email: one.email })
    expect(kept).toMatchObject({
      type: 'password-reset',
      hmac: 'right',
      attempts: 0,
      createdAt: one.createdAt,
    })
    const { _id, ...copy } = kept ?? {}
    await expect(harness.documents().insertOne(copy)).rejects.toMatchObject({
      code: 11000,
      keyPattern: { email: 1, type: 1 },
    })
  })

  it('says unavailable when nobody listens, and knows a client that was closed', async () => {
    const closed = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => closed.once('listening', resolve))
    const { port } = closed.address() as { port: number }
    await new Promise((resolve) => closed.close(resolve))
    const nobody = openMongo({ MONGODB_URI: `mongodb://127.0.0.1:${port}/sandbox` }, { maxPoolSize: 1 })
    await expect(nobody.ping()).rejects.toMatchObject({ name: 'AppError', code: 'unavailable' })
    await nobody.close()
    const perRequest = openMongo({ MONGODB_URI: harness.uri }, { maxPoolSize: 1 })
    await perRequest.close()
    await perRequest.ping()
    await perRequest.close()
  })
})
