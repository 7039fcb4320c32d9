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

/** A socket, which the kernel closes however its owner ends; a stopping holder is waited for. */
export async function takeLock(dir: string, origin: string): Promise<{ lock: Lock } | { holder: Holder }> {
  mkdirSync(dir, { recursive: true })
  // Relative, because the name of a socket may have only about a hundred characters.
  const path = relative(process.cwd(), join(dir, 'lock.sock'))
  const me: Holder = { pid: process.pid, state: 'starting', origin }
  for (let seen = 0; ; ) {
    const server = await listen(path, me)
    // Closing the server that lost the race would remove the name of the one that won.
    if (server) await pause()
    const holder = await ask(path)
    if (server && holder?.pid === me.pid) return { lock: lockOf(server, me) }
    if (!holder) {
      rmSync(path, { force: true })
    } else if (holder.state !== 'stopping' && ++seen > 15) {
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
