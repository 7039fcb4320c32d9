import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { startChild } from '../../bin/child'
import { prepareData } from '../../bin/database/data'
import { findServer } from '../../bin/database/find'
import { type RunningDatabase, startDatabase } from '../../bin/database/start'
import { freePort } from '../../bin/ports'

export interface DatabaseOnSmallDisk {
  url: string
  /** Until not one byte more goes on it. */
  fill(): void
  /** Where the server has ended itself on a full disk it is started again, as a supervisor does. */
  empty(): Promise<void>
  hasEnded(): boolean
  stop(): Promise<void>
}

export const needed =
  'a small disk, and this machine lets nobody mount one (it takes Linux with unshare and nsenter, as root or with user namespaces)'

/** Own views of what is mounted: each ends with the process that has it, and leaves nothing behind. */
const views = [
  { made: ['--mount'], entered: ['--mount'], args: [] },
  {
    made: ['--user', '--map-root-user', '--mount'],
    entered: ['--user', '--preserve-credentials', '--mount'],
    // Within it whoever made it is root.
    args: ['--user=root'],
  },
]

const script = `mount -t tmpfs -o size="$1",mode=700 disk "$2" && cp -R "$3/." "$2" && mkdir -p "$2/tmp" &&
  mount --bind "$2" "$3" && echo mounted && exec tail -f /dev/null`

/** A server all of whose data and temporary files are on that disk; null where nobody may mount one. */
export async function startOnSmallDisk(dir: string, megabytes: number): Promise<DatabaseOnSmallDisk | null> {
  const fetchDir = '.data/server'
  mkdirSync(join(dir, 'tmp'))
  const data = await prepareData(await findServer(fetchDir), dir)
  const disk = join(dir, 'disk')
  mkdirSync(disk)
  for (const { made, entered, args } of views) {
    const view = await startView([...made, 'sh', '-c', script, 'sh', `${megabytes}m`, disk, data])
    if (!view) continue
    const pid = String(view.process.pid)
    const inside = ['nsenter', '--target', pid, ...entered, '--']
    const own = [`--tmpdir=${join(data, 'tmp')}`, ...args]
    const port = await freePort()
    const supervised = await supervise(() => startDatabase({ dir, port, fetchDir, inside, args: own }))
    const filler = join('/proc', pid, 'root', disk, 'filler')
    return {
      url: supervised.url,
      hasEnded: supervised.hasEnded,
      fill: () => fill(filler),
      empty: async () => {
        rmSync(filler)
        await supervised.restart()
      },
      stop: async () => {
        await supervised.stop()
        await view.stop()
      },
    }
  }
  return null
}

async function supervise(start: () => Promise<RunningDatabase>) {
  let hasEnded = false
  const begin = async () => {
    const database = await start()
    hasEnded = false
    void database.ended.then(() => {
      hasEnded = true
    })
    return database
  }
  let database = await begin()
  return {
    url: database.url,
    hasEnded: () => hasEnded,
    restart: async () => {
      if (hasEnded) database = await begin()
    },
    stop: () => database.stop(),
  }
}

async function startView(args: string[]) {
  let isMounted = () => {}
  const mounted = new Promise<'mounted'>((resolve) => {
    isMounted = () => resolve('mounted')
  })
  const child = startChild('unshare', args, { output: (line) => line === 'mounted' && isMounted() })
  return (await Promise.race([mounted, child.exited])) === 'mounted' ? child : null
}

function fill(file: string): void {
  const end = openSync(file, 'a')
  for (const size of [1024 * 1024, 4096]) {
    const block = Buffer.alloc(size, 'full')
    try {
      for (;;) writeSync(end, block)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    }
  }
  closeSync(end)
}
