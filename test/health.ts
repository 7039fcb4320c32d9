import { paths } from '../src/paths'
import type { Person } from './people'
import { until } from './until'
import type { World } from './world'

/** The words for each service on the page of health, asked now. */
export async function askedStates(world: World, admin: Person): Promise<string[]> {
  // Past the ten seconds in which nobody is asked again.
  world.advance(11)
  const page = await admin.browser.get(paths.adminHealth({ ask: 'now' }))
  return page
    .$('#services tbody .badge')
    .map((_, badge) => page.$(badge).text())
    .get()
}

/** A machine with much to do may be late for an answer or two. */
export const untilAsked = (world: World, admin: Person, states: string[]): Promise<unknown> =>
  until(async () => JSON.stringify(await askedStates(world, admin)) === JSON.stringify(states))
