import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** The kernel closes standard input when whoever started us is gone, even by kill -9. */
const leash = `
exec 9<&0
( exec 3>&- </dev/null; read -r _ <&9; kill $$ 2>/dev/null || exit
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do sleep 0.3; kill -0 $$ 2>/dev/null || exit; done
  kill -9 $$ 2>/dev/null ) &
exec 9<&-
exec "$@" </dev/null`

const running = new Set<Child>()

export async function stopChildren(): Promise<void> {
  await Promise.all([...running].map((child) => child.stop()))
}

export interface Child {
  process: ChildProcess
  /** Exit code, or 128 for a signal. */
  exited: Promise<number>
  /** Asks the process group to end and insists after `patience` milliseconds. */
  stop(patience?: number): Promise<void>
}

export function startChild(
  command: string,
  args: string[],
  options: {
    env?: NodeJS.ProcessEnv
    output?: number | 'inherit' | 'ignore' | ((line: string) => void)
    messages?: boolean
  } = {},
): Child {
  const { output = 'inherit', messages = false } = options
  const stdio = typeof output === 'function' ? 'pipe' : output
  const child = spawn('/bin/sh', ['-c', leash, 'sh', command, ...args], {
    env: options.env ?? process.env,
    detached: true,
    stdio: ['pipe', stdio, stdio, messages ? 'ipc' : 'ignore'],
  })
  child.stdin?.on('error', () => {})
  if (typeof output === 'function') {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', output)
    }
  }
  const exited = new Promise<number>((resolve) => {
    child.once('error', () => resolve(127))
    child.once('exit', (code) => {
      child.stdin?.destroy()
      resolve(code ?? 128)
    })
  })
  const signal = (name: NodeJS.Signals) => {
    try {
      if (child.pid) process.kill(-child.pid, name)
    } catch {
      // The group has ended already.
    }
  }
  const handle: Child = {
    process: child,
    exited,
    async stop(patience = 10_000) {
      signal('SIGTERM')
      const timer = setTimeout(() => signal('SIGKILL'), patience)
      await exited
      clearTimeout(timer)
      signal('SIGKILL')
    },
  }
  running.add(handle)
  void exited.then(() => running.delete(handle))
  return handle
}
