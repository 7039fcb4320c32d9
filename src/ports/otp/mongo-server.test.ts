import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { code, type Harness, openHarness, real } from '../../../test/ports/mongo'
import { newId } from '../../ids'
import { hourSeconds } from '../../rules/time'

const untilUp = ({ otp }: Harness) =>
  expect
    .poll(
      () =>
        otp.ping().then(
          () => 'up',
          () => 'down',
        ),
      { timeout: 30_000 },
    )
    .toBe('up')

describe('a MongoDB server', { timeout: 60_000 }, () => {
  let harness: Harness
  beforeAll(async () => {
    harness = await openHarness()
  })
  afterAll(() => harness?.close())

  it('answers the driver as a server does', async () => {
    const notes = harness.driver
      .db()
      .collection<{ at?: number; tag?: string; list?: number[] }>(`notes_${newId().replaceAll('-', '')}`)
    await expect(
      harness.driver
        .db()
        .command({ collMod: notes.collectionName, index: { name: 'x', expireAfterSeconds: 1 } }),
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
    expect((await harness.driver.db().listCollections({ name: notes.collectionName }).toArray()).length).toBe(
      1,
    )
    await expect(notes.dropIndex('none')).rejects.toMatchObject({ code: 27 })
    expect(await notes.drop()).toBe(true)
    await expect(harness.driver.db().command({ dance: 1 })).rejects.toMatchObject({ code: 59 })
  })

  it.skipIf(real)('stores nothing of an update in words that it does not know', async () => {
    const notes = harness.driver.db().collection<{ at: number; tag?: string }>(`notes_${newId()}`)
    await notes.insertOne({ at: 1 })
    const pipeline = [{ $set: { tag: 'a' } }]
    const tries = [
      () => notes.updateOne({ at: 1 }, pipeline),
      () => notes.updateMany({}, pipeline),
      () => notes.findOneAndUpdate({ at: 1 }, pipeline),
      () => notes.updateOne({ at: 2 }, pipeline, { upsert: true }),
      () => notes.updateOne({ at: 1 }, { $set: { tag: 'a' } }, { collation: { locale: 'de' } }),
      () => notes.updateOne({ at: 1 }, { $set: { tag: 'a' } }, { arrayFilters: [{ x: 1 }] }),
    ]
    for (const attempt of tries) await expect(attempt()).rejects.toMatchObject({ code: 9 })
    expect(await notes.find().project({ _id: 0 }).toArray()).toEqual([{ at: 1 }])
  })

  describe.skipIf(real)('the sandbox', () => {
    it('sweeps what has expired, and only that', async () => {
      const young = code()
      const old = code({ createdAt: new Date(Date.now() - 46_000) })
      await harness.otp.put(young)
      await harness.otp.put(old)
      await harness.documents().insertOne({ email: `${newId()}`, type: 'no date', createdAt: 'yesterday' })
      expect(await harness.documents().countDocuments({ email: old.email })).toBe(1)
      expect((await harness.set({ sweepSeconds: 0.05 })).status).toBe(200)
      await expect
        .poll(() => harness.documents().countDocuments({ email: old.email }), { timeout: 20_000 })
        .toBe(0)
      expect(await harness.documents().countDocuments({ email: young.email })).toBe(1)
      expect(await harness.documents().countDocuments({ type: 'no date' })).toBe(1)
      await harness.set({ sweepSeconds: 60 })
      expect((await harness.set({ sweepSeconds: -1 })).status).toBe(400)
      expect((await harness.set({ sweep: 1 })).status).toBe(400)
    })

    it('does not answer while down, and has everything afterwards', async () => {
      const one = code()
      await harness.otp.put(one)
      await harness.set({ down: true })
      await expect(harness.otp.ping()).rejects.toMatchObject({ name: 'AppError', code: 'unavailable' })
      await expect(harness.guess(one, 'right')).rejects.toMatchObject({ code: 'unavailable' })
      await harness.set({ down: false })
      await untilUp(harness)
      expect(await harness.guess(one, 'right')).toBe('claimed')
    })

    it('keeps codes, indexes and port over a restart', async () => {
      const one = code()
      await harness.otp.put(one)
      await harness.restart()
      expect(harness.part.environment.MONGODB_URI).toBe(harness.uri)
      await untilUp(harness)
      expect(await harness.guess(one, 'right', hourSeconds)).toBe('claimed')
      expect((await harness.documents().listIndexes().toArray()).map(({ name }) => name)).toContain(
        'createdAt_1',
      )
      expect(await harness.part.panel()).toContain('sandbox.otps')
      expect((await fetch(harness.base)).status).toBe(200)
    })

    it('closes a connection that does not speak its protocol', async () => {
      const { connect } = await import('node:net')
      const { hostname, port } = new URL(harness.uri.replace('mongodb:', 'http:'))
      const socket = connect(Number(port), hostname)
      socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
      await new Promise((resolve) => socket.once('close', resolve))
      await harness.otp.ping()
    })
  })
})
