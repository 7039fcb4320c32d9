import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openStore } from './store'

const dir = mkdtempSync(join(tmpdir(), 'store-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

describe('the store', () => {
  it('gives back after a restart what was saved, and new members from the initial state', async () => {
    const file = join(dir, 'deep', 'state.json')
    const store = openStore(file, { things: ['a'] })
    store.state.things.push('b')
    store.save()
    await store.close()
    expect(readdirSync(join(dir, 'deep'))).toEqual(['state.json'])
    expect(openStore(file, { things: [], later: 1 }).state).toEqual({ things: ['a', 'b'], later: 1 })
  })

  it('writes by itself soon after a change', async () => {
    const file = join(dir, 'soon.json')
    const store = openStore(file, { n: 1 })
    store.state.n = 2
    store.save()
    await expect.poll(() => openStore(file, { n: 0 }).state.n, { timeout: 10_000 }).toBe(2)
  })

  it.each(['', '{"n": 1', 'null', '[1]', '{"n": "text"}'])(
    'starts afresh from the unusable file %j',
    (content) => {
      const file = join(dir, 'broken.json')
      writeFileSync(file, content)
      expect(openStore(file, { n: 7 }).state).toEqual({ n: 7 })
    },
  )
})
