import { mkdirSync, rmSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { join, relative } from 'node:path'

export interface Holder {
  pid: number
  state: 'starting' | 'ready' | 'stopping'
  origin: string
}

export interface Lock {
  tell(state: Holder['state']): void
  release(): void
}

/**
 * One `npm run dev` per checkout. The lock is a socket, which the kernel closes however its owner ends; who already
 * holds it answers with what it is doing. A holder that is stopping is waited for.
 */
export async function takeLock(dir: string, origin: string): Promise<{ lock: Lock } | { holder: Holder }> {
  mkdirSync(dir, { recursive: true })
  // Relative, because the name of a socket may have only about a hundred characters.
  const path = relative(process.cwd(), join(dir, 'lock.sock'))
  const me: Holder = { pid: process.pid, state: 'starting', origin }
  for (let seen = 0; ; ) {
    const server = await listen(path, me)
    // Of two that removed the same dead socket only one is reachable in the end. The other's is not closed but left
    // to the end of its process: closing would remove the name, which is no longer its own.
    if (server) await pause()
    const holder = await ask(path)
    if (server && holder?.pid === me.pid) return { lock: lockOf(server, me) }
    if (!holder) {
      rmSync(path, { force: true })
    } else if (holder.state !== 'stopping' && ++seen > 15) {
      // Asked for a second and a half: it may have been about to end.
      return { holder }
    }
    await pause()
  }
}

function pause(): Promise<void> {
  return new Promise((later) => setTimeout(later, 100))
}

function lockOf(server: Server, me: Holder): Lock {
  return {
    tell: (state) => {
      me.state = state
    },
    release: () => void server.close(),
  }
}

function listen(path: string, me: Holder): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on('error', () => {})
      socket.end(JSON.stringify(me))
    })
    server.unref()
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined)
      else reject(error)
    })
    server.listen(path, () => resolve(server))
  })
}

function ask(path: string): Promise<Holder | undefined> {
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect(path)
    socket.setTimeout(2_000, () => socket.destroy())
    socket.on('data', (chunk) => {
      answer += chunk
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      try {
        resolve(JSON.parse(answer) as Holder)
      } catch {
        resolve(undefined)
      }
    })
  })
}
