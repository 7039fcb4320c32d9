import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../ids'
import { type ServedPart, servePart } from '../sandbox/serve-part'
import { openMongo } from './mongo'
import { openMongoSandbox } from './mongo-sandbox'
import type { Otp } from './otp'

/** A real server when MONGODB_URI names one, in a database of this run's own; else the sandbox. */
const real = process.env.MONGODB_URI?.replace(
  /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?/,
  `$1/otp_${newId().replaceAll('-', '')}`,
)

describe('one-time codes in MongoDB', { timeout: 60_000 }, () => {
  let dataDir: string
  let served: ServedPart
  let uri: string
  let otp: Otp
  let driver: MongoClient

  const open = () =>
    servePart('/mongo', openMongoSandbox, { dataDir, appOrigin: () => 'http://localhost:3000' })
  const set = (settings: object) =>
    fetch(`${served.base}/settings`, { method: 'POST', body: JSON.stringify(settings) })
  const documents = () => driver.db().collection('otps')
  const code = (change: object = {}) => ({
    email: `${newId()}@example.com`,
    purpose: 'password-reset',
    hmac: 'right',
    createdAt: new Date(),
    ...change,
  })
  const guess = ({ email, purpose }: { email: string; purpose: string }, hmac: string, seconds = 45) =>
    otp.claim({ email, purpose, hmac, madeAfter: new Date(Date.now() - seconds * 1000), maxGuesses: 5 })

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'mongo-'))
    served = await open()
    uri = real ?? served.part.environment.MONGODB_URI ?? ''
    otp = openMongo({ MONGODB_URI: uri })
    driver = new MongoClient(uri)
    await otp.migrate(45)
  })
  afterAll(async () => {
    if (real) await driver.db().dropDatabase()
    await driver.close()
    await otp.close()
    await served.close()
    await rm(dataDir, { recursive: true })
  })

  it('answers a ping', async () => {
    await expect(otp.ping()).resolves.toBeUndefined()
  })

  it('claims the right code once', async () => {
    const one = code()
    await otp.put(one)
    expect(await guess(one, 'wrong')).toBe('wrong')
    expect(await guess(one, 'right')).toBe('claimed')
    expect(await guess(one, 'right')).toBe('gone')
    expect(await guess(code(), 'right')).toBe('gone')
  })

  it('keeps codes of different purposes apart', async () => {
    const one = code()
    await otp.put(one)
    expect(await guess({ ...one, purpose: 'verify-email' }, 'right')).toBe('gone')
    expect(await guess(one, 'right')).toBe('claimed')
  })

  it('makes the earlier code void and gives the new one its own guesses', async () => {
    const one = code({ hmac: 'first' })
    await otp.put(one)
    for (let n = 0; n < 5; n++) expect(await guess(one, 'wrong')).toBe('wrong')
    await otp.put({ ...one, hmac: 'second' })
    expect(await guess(one, 'first')).toBe('wrong')
    expect(await guess(one, 'second')).toBe('claimed')
    expect(await documents().countDocuments({ email: one.email })).toBe(0)
  })

  it('keeps one code when many are made at the same time', async () => {
    const one = code()
    await Promise.all(Array.from({ length: 10 }, (_, n) => otp.put({ ...one, hmac: `code ${n}` })))
    expect(await documents().countDocuments({ email: one.email })).toBe(1)
  })

  it('lets at most five of a hundred parallel guesses count, and none after', async () => {
    const one = code()
    await otp.put(one)
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => guess(one, 'wrong')))
    expect(outcomes.filter((outcome) => outcome === 'wrong')).toHaveLength(5)
    expect(outcomes.filter((outcome) => outcome === 'gone')).toHaveLength(95)
    expect(await guess(one, 'right')).toBe('gone')
  })

  it('has one winner among twenty parallel claims of the right code', async () => {
    const one = code()
    await otp.put(one)
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => guess(one, 'right')))
    expect(outcomes.filter((outcome) => outcome === 'claimed')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'gone')).toHaveLength(19)
  })

  it('refuses a code that is too old although it was not swept yet', async () => {
    const one = code({ createdAt: new Date(Date.now() - 20_000) })
    await otp.put(one)
    expect(await guess(one, 'right', 10)).toBe('gone')
    expect(await documents().countDocuments({ email: one.email })).toBe(1)
    expect(await guess(one, 'right', 45)).toBe('claimed')
  })

  it('changes the TTL of an existing index and may run twice', async () => {
    await otp.migrate(45)
    await expect(documents().createIndex({ createdAt: 1 }, { expireAfterSeconds: 90 })).rejects.toMatchObject(
      { code: 85 },
    )
    await otp.migrate(90)
    const indexes = await documents().listIndexes().toArray()
    expect(indexes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ key: { email: 1, type: 1 }, unique: true }),
        expect.objectContaining({ key: { createdAt: 1 }, expireAfterSeconds: 90 }),
      ]),
    )
    await otp.migrate(45)
  })

  it('stores what the field names promise, and no two of one address and purpose', async () => {
    const one = code()
    await otp.put(one)
    const kept = await documents().findOne({ email: one.email })
    expect(kept).toMatchObject({
      type: 'password-reset',
      hmac: 'right',
      attempts: 0,
      createdAt: one.createdAt,
    })
    const { _id, ...copy } = kept ?? {}
    await expect(documents().insertOne(copy)).rejects.toMatchObject({
      code: 11000,
      keyPattern: { email: 1, type: 1 },
    })
  })

  it('answers the driver as a server does', async () => {
    const notes = driver
      .db()
      .collection<{ at?: number; tag?: string; list?: number[] }>(`notes_${newId().replaceAll('-', '')}`)
    await expect(
      driver.db().command({ collMod: notes.collectionName, index: { name: 'x', expireAfterSeconds: 1 } }),
    ).rejects.toMatchObject({ code: 26 })
    await notes.insertMany([{ at: 3 }, { at: 1 }, { at: 2, tag: 'b' }])
    expect(
      await notes
        .find({ at: { $gte: 1 } })
        .sort({ at: -1 })
        .limit(2)
        .project({ _id: 0, at: 1 })
        .toArray(),
    ).toEqual([{ at: 3 }, { at: 2 }])
    const first = await notes.findOneAndUpdate(
      {},
      { $set: { tag: 'a' } },
      { sort: { at: 1 }, returnDocument: 'after' },
    )
    expect(first).toMatchObject({ at: 1, tag: 'a' })
    expect(await notes.findOne({ _id: first?._id })).toMatchObject({ at: 1 })
    const upsert = await notes.updateOne(
      { at: 9 },
      { $set: { tag: 'z' }, $setOnInsert: { list: [1] } },
      { upsert: true },
    )
    expect(upsert).toMatchObject({ matchedCount: 0, upsertedCount: 1 })
    expect(await notes.findOne({ _id: upsert.upsertedId ?? undefined })).toMatchObject({
      at: 9,
      tag: 'z',
      list: [1],
    })
    expect(await notes.updateMany({ at: { $lt: 3 } }, { $set: { tag: 'a' } })).toMatchObject({
      matchedCount: 2,
      modifiedCount: 1,
    })
    expect(
      await notes.aggregate([{ $group: { _id: '$tag', n: { $sum: 1 } } }, { $sort: { _id: 1 } }]).toArray(),
    ).toEqual([
      { _id: null, n: 1 },
      { _id: 'a', n: 2 },
      { _id: 'z', n: 1 },
    ])
    expect((await notes.deleteMany({ tag: 'a' })).deletedCount).toBe(2)
    expect(await notes.countDocuments()).toBe(2)
    const [kept] = await notes.find().toArray()
    await expect(notes.insertMany([{ at: 5 }, { ...kept }, { at: 6 }])).rejects.toMatchObject({
      code: 11000,
      insertedCount: 1,
    })
    expect((await driver.db().listCollections({ name: notes.collectionName }).toArray()).length).toBe(1)
    await expect(notes.dropIndex('none')).rejects.toMatchObject({ code: 27 })
    expect(await notes.drop()).toBe(true)
    await expect(driver.db().command({ dance: 1 })).rejects.toMatchObject({ code: 59 })
  })

  it('says unavailable when nobody listens, and knows a client that was closed', async () => {
    const closed = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => closed.once('listening', resolve))
    const { port } = closed.address() as { port: number }
    await new Promise((resolve) => closed.close(resolve))
    const nobody = openMongo({ MONGODB_URI: `mongodb://127.0.0.1:${port}/sandbox` }, { maxPoolSize: 1 })
    await expect(nobody.ping()).rejects.toMatchObject({ name: 'AppError', code: 'unavailable' })
    await nobody.close()
    const perRequest = openMongo({ MONGODB_URI: uri }, { maxPoolSize: 1 })
    await perRequest.close()
    await perRequest.ping()
    await perRequest.close()
  })

  describe.skipIf(real)('the sandbox', () => {
    it('sweeps what a TTL index has outlived, and only that', async () => {
      const young = code()
      const old = code({ createdAt: new Date(Date.now() - 46_000) })
      await otp.put(young)
      await otp.put(old)
      await documents().insertOne({ email: `${newId()}`, type: 'no date', createdAt: 'yesterday' })
      expect(await documents().countDocuments({ email: old.email })).toBe(1)
      expect((await set({ sweepSeconds: 0.05 })).status).toBe(200)
      await expect.poll(() => documents().countDocuments({ email: old.email }), { timeout: 20_000 }).toBe(0)
      expect(await documents().countDocuments({ email: young.email })).toBe(1)
      expect(await documents().countDocuments({ type: 'no date' })).toBe(1)
      await set({ sweepSeconds: 60 })
      expect((await set({ sweepSeconds: -1 })).status).toBe(400)
      expect((await set({ sweep: 1 })).status).toBe(400)
    })

    it('is gone while down, and back with everything after', async () => {
      const one = code()
      await otp.put(one)
      await set({ down: true })
      await expect(otp.ping()).rejects.toMatchObject({ name: 'AppError', code: 'unavailable' })
      await expect(guess(one, 'right')).rejects.toMatchObject({ code: 'unavailable' })
      await set({ down: false })
      await expect
        .poll(
          () =>
            otp.ping().then(
              () => 'up',
              () => 'down',
            ),
          { timeout: 30_000 },
        )
        .toBe('up')
      expect(await guess(one, 'right')).toBe('claimed')
    })

    it('keeps codes, indexes and port over a restart', async () => {
      const one = code()
      await otp.put(one)
      await served.close()
      served = await open()
      expect(served.part.environment.MONGODB_URI).toBe(uri)
      await expect
        .poll(
          () =>
            otp.ping().then(
              () => 'up',
              () => 'down',
            ),
          { timeout: 30_000 },
        )
        .toBe('up')
      expect(await guess(one, 'right', 3600)).toBe('claimed')
      expect((await documents().listIndexes().toArray()).map(({ name }) => name)).toContain('createdAt_1')
      expect(await served.part.panel()).toContain('sandbox.otps')
      expect((await fetch(served.base)).status).toBe(200)
    })

    it('hangs up on whoever does not speak its language', async () => {
      const { connect } = await import('node:net')
      const { hostname, port } = new URL(uri.replace('mongodb:', 'http:'))
      const socket = connect(Number(port), hostname)
      socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
      await new Promise((resolve) => socket.once('close', resolve))
      await otp.ping()
    })
  })
})
