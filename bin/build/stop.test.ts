import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../../test/until'
import { fileWorld } from '../../test/world'
import { freePort } from '../ports'
import { buildServer } from './server'

const world = fileWorld()
const out = mkdtempSync(join(tmpdir(), 'lms-stop-'))
beforeAll(() => buildServer(out))
const started: ChildProcess[] = []
afterAll(() => {
  for (const child of started) child.kill('SIGKILL')
  rmSync(out, { recursive: true, force: true })
})

/** The shipped server at a public origin, as a supervisor starts it. */
async function startServer() {
  const port = await freePort()
  const child = spawn(process.execPath, [join(out, 'server.js')], {
    env: {
      ...{ PATH: process.env.PATH, NODE_ENV: 'production', PORT: String(port) },
      ...{ APP_ORIGIN: 'https://learn.example.com', APP_SECRET: 'thirty-two letters, none of them known' },
      ...{ DATABASE_URL: world.environment.DATABASE_URL, METRICS_TOKEN: 'a token for the numbers' },
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  started.push(child)
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (printed += text))
  const ask = (path: string, headers = {}) => fetch(`http://127.0.0.1:${port}${path}`, { headers })
  await until(
    () =>
      ask('/health/ready').then(
        ({ ok }) => ok,
        () => false,
      ),
    'the server',
  )
  return { child, port, ask, printed: () => printed }
}

describe('the shipped server', () => {
  it('counts for who knows the token', async () => {
    const { ask, child } = await startServer()
    const answer = await ask('/metrics', { Authorization: 'Bearer a token for the numbers' })
    expect(await answer.text()).toContain('lms_http_requests_total')
    child.kill('SIGKILL')
  })

  it('says at SIGTERM that it is not ready, answers on, ends what has begun and exits by itself', async () => {
    const { child, port, ask, printed } = await startServer()
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
      return said.status === 503 && (await said.json())
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
