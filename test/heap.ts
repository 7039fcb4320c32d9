import { Agent, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

export interface Asked {
  method: 'GET' | 'POST'
  path: string
  headers?: Record<string, string>
  body?: string
}

/**
 * The bytes that `times` rounds of requests leave behind for good in this process, which also serves
 * them, and how the last round was answered. As many go before, so that what is kept once (modules,
 * pools, compiled code) is there already. It goes over a real line: what a server makes of a socket
 * is part of what may be kept.
 */
export async function bytesKept(
  origin: string,
  asked: Asked[],
  times: number,
): Promise<{ bytes: number; statuses: number[] }> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const send = async () => {
    let statuses: number[] = []
    for (let sent = 0; sent < times; sent++) {
      statuses = []
      for (const one of asked) statuses.push(await ask(agent, origin, one))
    }
    return statuses
  }
  try {
    await send()
    const before = await bytesInUse()
    const statuses = await send()
    return { statuses, bytes: (await bytesInUse()) - before }
  } finally {
    agent.destroy()
  }
}

/** The status of the answer, whose body is read to its end. */
function ask(agent: Agent, origin: string, { method, path, headers, body = '' }: Asked): Promise<number> {
  return new Promise((resolve, reject) => {
    const length = method === 'POST' ? { 'Content-Length': Buffer.byteLength(body) } : {}
    const asking = request(new URL(path, origin), { agent, method, headers: { ...headers, ...length } })
    asking.on('response', (answer) => {
      answer
        .on('end', () => resolve(answer.statusCode ?? 0))
        .on('error', reject)
        .resume()
    })
    asking.on('error', reject).end(body)
  })
}

/**
 * What is in use once collecting garbage frees no more; finalizers run between the rounds and free
 * what they held.
 */
async function bytesInUse(): Promise<number> {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  let least = Number.POSITIVE_INFINITY
  for (let idle = 0; idle < 3; ) {
    await pause(1)
    collect()
    const { heapUsed, external } = process.memoryUsage()
    idle = heapUsed + external < least - 10_000 ? 0 : idle + 1
    least = Math.min(least, heapUsed + external)
  }
  return least
}
