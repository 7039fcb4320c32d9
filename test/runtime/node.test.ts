import { afterAll, beforeAll, it } from 'vitest'
import { BrowserSession } from '../browser-session'
import { openWorld, type World } from '../world'
import { mailGoesOut, mainJobRuns } from './smoke'

let world: World
beforeAll(async () => {
  world = await openWorld({ liveJobs: true })
})
afterAll(() => world.close())
const browser = () => new BrowserSession((address, init) => fetch(address, init), world.origin)

it('runs the main job on Node', () => mainJobRuns(world, browser()))
it('sends mail on Node after the answer', () => mailGoesOut(world, browser()))
