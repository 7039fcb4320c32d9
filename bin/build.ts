import { statSync } from 'node:fs'
import { buildClient } from './build/client'
import { buildServer } from './build/server'

const start = performance.now()
const clientOnly = process.argv.includes('client')
// The server carries the client's manifest inside, so the client comes first.
await buildClient({ fresh: !clientOnly })
if (!clientOnly) await buildServer()
const seconds = ((performance.now() - start) / 1000).toFixed(1)
const size = clientOnly
  ? ''
  : `, dist/server.js (${(statSync('dist/server.js').size / 1e6).toFixed(1)} MB), dist/migrate.js`
console.log(`Built in ${seconds} s: public/assets, dist/manifest.json${size}`)
