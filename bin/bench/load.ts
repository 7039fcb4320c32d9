import { readFileSync } from 'node:fs'
import { Agent, get } from 'node:http'

export interface Load {
  url: string
  headers?: Record<string, string>
  connections: number
  requests: number
}

export interface Measured {
  /** Milliseconds, sorted. */
  times: number[]
  /** Of one answer, as it went over the line. */
  bytes: number
}

/** Sends so many requests over so many connections that stay open; refuses answers other than 200. */
export async function load({ url, headers, connections, requests }: Load): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const times: number[] = []
  let bytes = 0
  let left = requests
  const ask = () =>
    new Promise<void>((resolve, reject) => {
      get(url, { agent, headers }, (answer) => {
        if (answer.statusCode !== 200) reject(new Error(`${url} answered ${answer.statusCode}`))
        let length = 0
        answer.on('data', (part: Buffer) => {
          length += part.length
        })
        answer.once('end', () => {
          bytes = length
          resolve()
        })
        answer.once('error', reject)
      }).once('error', reject)
    })
  const connection = async () => {
    while (left-- > 0) {
      const start = performance.now()
      await ask()
      times.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: connections }, connection))
  agent.destroy()
  return { times: times.sort((a, b) => a - b), bytes }
}

const tickMs = 10

/** Milliseconds of CPU that the process has used with all its threads; Linux only. */
export function cpuOf(pid: number): number {
  const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
  const fields = rest.split(' ')
  return (Number(fields[11]) + Number(fields[12])) * tickMs
}

export const at = (times: number[], share: number): number =>
  times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
