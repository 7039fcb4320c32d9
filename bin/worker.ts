import { readFileSync, rmSync } from 'node:fs'
import { refuseSandbox } from './build/server'
import { startChild } from './child'

/** Bundles the application for Cloudflare Workers without asking Cloudflare anything, and looks at what went in. */
rmSync('dist/worker', { recursive: true, force: true })
const child = startChild(
  'node_modules/.bin/wrangler',
  ['deploy', '--dry-run', '--outdir', 'dist/worker', '--metafile', 'dist/worker/meta.json'],
  {
    env: { ...process.env, CI: '1', WRANGLER_SEND_METRICS: 'false', CLOUDFLARE_CF_FETCH_ENABLED: 'false' },
  },
)
const code = await child.exited
if (code !== 0) process.exit(code)
refuseSandbox(JSON.parse(readFileSync('dist/worker/meta.json', 'utf8')))
