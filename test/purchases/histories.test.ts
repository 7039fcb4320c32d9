import { inspect } from 'node:util'
import { afterAll, expect, it } from 'vitest'
import { Chance } from '../video/chance'
import { openWorld, type World } from '../world'
import { History } from './history'
import { listFaults } from './judge'

/** `COUNT` and `HISTORY_SEED` are for long runs and for one history again. */
const first = Number(process.env.HISTORY_SEED ?? 1)
const count = Number(process.env.COUNT ?? (process.env.HISTORY_SEED ? 1 : 24))
const perWorld = 25

let world: World | undefined
let clock = { seconds: 0 }
afterAll(() => world?.close())

/** A world of its own now and then: the vendor writes down all it knows each time. */
async function worldFor(index: number): Promise<World> {
  if (world && index % perWorld !== 0) return world
  await world?.close()
  clock = { seconds: 0 }
  world = await openWorld()
  return world
}

async function live(seed: number, index: number) {
  const chance = new Chance(seed)
  const history = new History(await worldFor(index), chance, clock)
  try {
    await history.begin()
    for (let left = 45 + chance.below(30); left > 0; left--) await history.step()
    await history.settle()
    return { history, faults: await listFaults(world as World, history) }
  } catch (error) {
    return { history, faults: [inspect(error)] }
  }
}

it('Random histories end with those watching whose money the payment service has, and every payment has an end', {
  timeout: 7_200_000,
}, async () => {
  const wrong: string[] = []
  const tally = { buyers: 0, payments: 0, webhooks: 0, refunds: 0, disputes: 0, killed: 0 }
  for (let index = 0; index < count; index++) {
    const seed = first + index
    const { history, faults } = await live(seed, index)
    if (faults.length > 0) wrong.push(`HISTORY_SEED=${seed}\n${faults.join('\n')}\n${history.log.join('\n')}`)
    const lines = (word: string) => history.log.filter((line) => line.includes(word)).length
    tally.buyers += history.buyers.length
    tally.payments += lines(' pays ')
    tally.webhooks += lines(': 200')
    tally.refunds += lines('dashboard refunds')
    tally.disputes += lines('dispute of')
    tally.killed += lines('killed')
  }
  console.log({ histories: count, ...tally, wrong: wrong.length })
  expect(wrong.slice(0, 3).join('\n\n')).toBe('')
})
