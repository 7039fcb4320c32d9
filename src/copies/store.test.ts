import { expect, it } from 'vitest'
import { openStore } from './store'

const copy = (version: string, bytes = 10) => ({
  version,
  headers: {},
  etag: '"x"',
  body: Buffer.alloc(bytes),
})

it('A copy of another version is gone', () => {
  const store = openStore({ bytes: 100_000, ms: 1_000 })
  store.keep('/', copy('1'))
  expect(store.find('/', '1')).toMatchObject({ version: '1' })
  expect(store.find('/', '2')).toBeNull()
  expect(store.bytes()).toBe(0)
})

it('Never more bytes are kept than allowed, and what was not asked for longest goes first', () => {
  const store = openStore({ bytes: 10_000, ms: 1_000 })
  for (const key of ['/a', '/b', '/c']) store.keep(key, copy('1', 2_000))
  store.find('/a', '1')
  store.keep('/d', copy('1', 2_000))
  expect(['/a', '/b', '/c', '/d'].filter((key) => store.find(key, '1'))).toEqual(['/a', '/c', '/d'])
  store.keep('/huge', copy('1', 20_000))
  expect(store.find('/huge', '1')).toBeNull()
  for (let n = 0; n < 1_000; n++) store.keep(`/${n}`, copy('1', n))
  expect(store.bytes()).toBeLessThanOrEqual(10_000)
})

it('A copy is kept for a while only, however often it is asked for', () => {
  let time = 0
  const store = openStore({ bytes: 10_000, ms: 1_000 }, () => time)
  store.keep('/', copy('1'))
  for (time = 100; time <= 1_000; time += 100) expect(store.find('/', '1')).not.toBeNull()
  time = 1_001
  expect(store.find('/', '1')).toBeNull()
})
