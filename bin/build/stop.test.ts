import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveBuilt } from '../../test/served-site'
import { until } from '../../test/until'
import { fileWorld } from '../../test/world'
import { buildServer } from './server'

const world = fileWorld()
const out = mkdtempSync(join(tmpdir(), 'lms-stop-'))
beforeAll(() => buildServer(out))
const started: ChildProcess[] = []
afterAll(() => {
  for (const child of started) child.kill('SIGKILL')
  rmSync(out, { recursive: true, force: true })
})

async function startServer(workers: number) {
  const site = await serveBuilt(join(out, 'server.js'), {
    DATABASE_URL: world.environment.DATABASE_URL,
    WEB_CONCURRENCY: String(workers),
  })
  started.push(site.child)
  return site
}

describe.each([1, 2])('the shipped server in %d processes', (workers) => {
  it('says at SIGTERM that it is not ready, answers on, ends what has begun and exits by itself', async () => {
    const { child, port, ask, printed } = await startServer(workers)
    const exited = once(child, 'exit')
    // A form that is still being sent.
    const form = connect(port, '127.0.0.1')
    let answer = ''
    form.on('data', (bytes) => {
      answer += bytes
    })
    const head = ['POST /sign-in HTTP/1.1', 'Host: learn.example.com', 'Origin: https://learn.example.com']
    head.push('Content-Type: application/x-www-form-urlencoded', 'Content-Length: 37', '', 'email=nobody%40')
    await new Promise<void>((sent) => form.write(head.join('\r\n'), () => sent()))
    await ask('/health/live')

    child.kill('SIGTERM')
    const ready = await until(async () => {
      const said = await ask('/health/ready')
      return said.status === 503 && JSON.parse(said.text)
    })
    expect(ready).toEqual({ ready: false, missing: ['this process is stopping'] })
    expect((await ask('/courses')).status).toBe(200)
    await until(
      () =>
        ask('/health/live').then(
          () => false,
          () => true,
        ),
      'the door to close',
    )
    expect(child.exitCode).toBeNull()
    form.write('example.com&passwor')
    form.write('d=x')
    await until(() => answer.startsWith('HTTP/1.1 422'), 'the answer to the form')
    expect(await exited).toEqual([0, null])
    expect(printed()).toContain('"stopped":true')
    expect(printed()).not.toContain('"unfinished"')
  })
})
