import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { startChild } from '../../bin/child'
import { prepareData } from '../../bin/database/data'
import { findServer } from '../../bin/database/find'
import { type RunningDatabase, startDatabase } from '../../bin/database/start'

export interface DatabaseOnSmallDisk extends RunningDatabase {
  /** Until not one byte more goes on it. */
  fill(): void
  empty(): void
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

const script = `mount -t tmpfs -o size="$1",mode=700 disk "$2" && cp -a "$3/." "$2" && mkdir -p "$2/tmp" &&
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
    const database = await startDatabase({ dir, durable: false, fetchDir, inside, args: own })
    const filler = join('/proc', pid, 'root', disk, 'filler')
    return {
      ...database,
      fill: () => fill(filler),
      empty: () => rmSync(filler),
      stop: async () => {
        await database.stop()
        await view.stop()
      },
    }
  }
  return null
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
