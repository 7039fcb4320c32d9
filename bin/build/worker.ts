import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { startChild } from '../child'
import { refuseSandbox } from './server'

/** Leaves `worker.js` in `outdir`; gives its size as it is uploaded, compressed, in KiB. */
export async function buildWorker(outdir: string): Promise<number> {
  rmSync(outdir, { recursive: true, force: true })
  const lines: string[] = []
  const meta = join(outdir, 'meta.json')
  const child = startChild(
    'node_modules/.bin/wrangler',
    ['deploy', '--dry-run', '--outdir', outdir, '--metafile', meta],
    {
      env: { ...process.env, CI: '1', WRANGLER_SEND_METRICS: 'false', CLOUDFLARE_CF_FETCH_ENABLED: 'false' },
      output: (line) => lines.push(line),
    },
  )
  const code = await child.exited
  if (code !== 0) throw new Error(`Wrangler could not bundle the Worker (${code}):\n${lines.join('\n')}`)
  refuseSandbox(JSON.parse(readFileSync(meta, 'utf8')))
  return Math.round(gzipSync(readFileSync(join(outdir, 'worker.js'))).length / 1024)
}
