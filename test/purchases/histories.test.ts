import { inspect } from 'node:util'
import { afterAll, expect, it } from 'vitest'
import { openPooler } from '../pooler'
import { tellSoak } from '../soak-log'
import { Chance } from '../video/chance'
import { openWorld, type World } from '../world'
import { History } from './history'
import { listFaults } from './judge'

/** `COUNT` and `HISTORY_SEED` are for long runs and for one history again. */
const first = Number(process.env.HISTORY_SEED ?? 1)
const histories = Number(process.env.COUNT ?? (process.env.HISTORY_SEED ? 1 : 8))
const isLong = histories > 30
const perWorld = isLong ? 25 : 4

let open: { world: World; close: () => Promise<unknown> } | undefined
let clock = { seconds: 0 }
afterAll(() => open?.close())

/**
 * A world of its own now and then, because the vendor writes down all it knows each time; every
 * other one is behind a pooler that loses both SETs.
 */
async function worldFor(index: number): Promise<World> {
  if (open && index % perWorld !== 0) return open.world
  await open?.close()
  clock = { seconds: 0 }
  const world = await openWorld()
  open = { world, close: world.close }
  if ((index / perWorld) % 2 === 1) {
    const pooler = openPooler(world)
    open = { world: pooler.world, close: () => pooler.close().then(world.close) }
  }
  return open.world
}

async function live(seed: number, index: number) {
  const chance = new Chance(seed)
  const world = await worldFor(index)
  const history = new History({ world, chance, clock, isLong })
  try {
    await history.begin()
    for (let left = 45 + chance.below(30); left > 0; left--) await history.step()
    await history.settle()
    return { history, faults: await listFaults(world, history) }
  } catch (error) {
    return { history, faults: [inspect(error)] }
  }
}

const tally: Record<string, number> = {}
const words = {
  'payments tried': ' pays ',
  webhooks: ': 200',
  'refunds of the dashboard': 'dashboard refunds',
  'moves of disputes': 'dispute of',
  'killed runs': 'killed',
  races: 'at the same time',
  nights: 'night:',
}

function count(history: History, isWrong: boolean): void {
  const add = (name: string, more: number) => {
    tally[name] = (tally[name] ?? 0) + more
  }
  add('histories', 1)
  add('buyers', history.buyers.length)
  for (const [name, word] of Object.entries(words))
    add(name, history.log.filter((line) => line.includes(word)).length)
  for (const [end, number] of history.ends) add(end, number)
  add('wrong', Number(isWrong))
}

it('Random histories end with those watching whose money the payment service has, and every payment has an end', {
  timeout: 7_200_000,
}, async () => {
  const wrong: string[] = []
  for (let index = 0; index < histories; index++) {
    const seed = first + index
    const { history, faults } = await live(seed, index)
    if (faults.length > 0) wrong.push(`HISTORY_SEED=${seed}\n${faults.join('\n')}\n${history.log.join('\n')}`)
    count(history, faults.length > 0)
    tellSoak(tally, faults.length > 0 ? wrong.at(-1) : null)
  }
  expect(wrong.slice(0, 3).join('\n\n')).toBe('')
  // Histories in which nothing happens prove nothing.
  if (histories > 1) expect(tally.watching).toBeGreaterThan(0)
})
