import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

export async function endLeftover(dir: string): Promise<void> {
  const file = join(dir, 'server.pid')
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
  if (pid > 0) {
    const patience = Date.now() + 20_000
    // Whoever lost its parent is ending already; only one that stays is asked, then forced.
    for (let tries = 0; isServerOf(pid, dir); tries++) {
      if (tries === 20) process.kill(pid, 'SIGTERM')
      if (Date.now() > patience) process.kill(pid, 'SIGKILL')
      await new Promise((later) => setTimeout(later, 50))
    }
  }
  rmSync(file, { force: true })
}

/** A number is soon given to another program. */
function isServerOf(pid: number, dir: string): boolean {
  try {
    return commandLine(pid).includes(`--datadir=${dir}`)
  } catch {
    return false
  }
}

function commandLine(pid: number): string {
  if (existsSync('/proc/self/cmdline')) return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
}
