import { type ChildProcess, spawn } from 'node:child_process'
import { get } from 'node:http'
import { freePort } from '../bin/ports'
import { until } from './until'

interface Answer {
  status: number
  text: string
}

export interface ServedSite {
  child: ChildProcess
  port: number
  /** Each time over a connection of its own, so that any process may answer. */
  ask(path: string, headers?: Record<string, string>): Promise<Answer>
  printed(): string
  /** What was logged, as it was logged. */
  lines(): Record<string, unknown>[]
}

/** The shipped server at a public origin, as a supervisor starts it; gives it when it is ready. */
export async function serveBuilt(bundle: string, environment: NodeJS.ProcessEnv): Promise<ServedSite> {
  const port = Number(environment.PORT ?? (await freePort()))
  const child = spawn(process.execPath, [bundle], {
    env: {
      ...{ PATH: process.env.PATH, NODE_ENV: 'production', PORT: String(port) },
      ...{ APP_ORIGIN: 'https://learn.example.com', APP_SECRET: 'thirty-two letters, none of them known' },
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (text) => {
      printed += text
    })
  }
  const ask: ServedSite['ask'] = (path, headers = {}) =>
    new Promise((resolve, reject) => {
      const request = get({ host: '127.0.0.1', port, path, headers, agent: false }, async (response) => {
        let text = ''
        try {
          for await (const part of response) text += part
          resolve({ status: response.statusCode ?? 0, text })
        } catch (error) {
          reject(error)
        }
      })
      request.on('error', reject)
    })
  const isReady = () =>
    ask('/health/ready').then(
      ({ status }) => status === 200,
      () => false,
    )
  await until(isReady, 'the server')
  const lines = () =>
    printed
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
  return { child, port, ask, printed: () => printed, lines }
}
