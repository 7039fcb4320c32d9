import { buildClient } from './build/client'
import { buildWorker } from './build/worker'

// The Worker carries the client's manifest inside.
await buildClient()
const size = await buildWorker('dist/worker')
console.log(`Built dist/worker (${size} KiB compressed)`)
