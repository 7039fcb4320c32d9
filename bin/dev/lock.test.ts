import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { takeLock } from './lock'

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lms-lock-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

/** Another process that holds the lock until it is killed. */
async function otherHolder() {
  const script = `
    const { takeLock } = await import(${JSON.stringify(new URL('./lock.ts', import.meta.url).href)})
    const { lock } = await takeLock(${JSON.stringify(dir)}, 'http://localhost:4711')
    lock.tell('ready')
    console.log('held')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script])
  await new Promise((resolve, reject) => {
    child.stdout.once('data', resolve)
    child.stderr.once('data', (line) => reject(new Error(String(line))))
  })
  return child
}

describe('the lock of a checkout', () => {
  it('tells who comes second where the first one serves', async () => {
    const other = await otherHolder()
    try {
      expect(await takeLock(dir, 'http://localhost:3000')).toEqual({
        holder: { pid: other.pid, state: 'ready', origin: 'http://localhost:4711' },
      })
    } finally {
      other.kill('SIGKILL')
    }
  })

  it('is free again when its holder was killed', async () => {
    const other = await otherHolder()
    other.kill('SIGKILL')
    await new Promise((resolve) => other.once('exit', resolve))
    const taken = await takeLock(dir, 'http://localhost:3000')
    expect(taken).toHaveProperty('lock')
    if ('lock' in taken) taken.lock.release()
  })
})
