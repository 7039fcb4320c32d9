import { statSync } from 'node:fs'
import { buildClient } from './build/client'
import { buildServer } from './build/server'

process.env.NODE_ENV = 'production'
const start = performance.now()
// The server carries the client's manifest inside, so the client comes first.
await buildClient({ fresh: true })
await buildServer()
const size = (statSync('dist/server.js').size / 1e6).toFixed(1)
console.log(
  `Built in ${((performance.now() - start) / 1000).toFixed(1)} s: dist/server.js (${size} MB), dist/migrate.js, public/assets`,
)
