import { prepare } from './packages.mjs'

await prepare()
const { register } = await import('tsx/esm/api')
register()
await import('./rehearse.ts')
