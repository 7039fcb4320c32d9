import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { person } from '../../test/people'
import { until } from '../../test/until'
import { openWorld, type World } from '../../test/world'
import { jobs } from '../db/schema'
import { addJob } from '../models/job'
import { startJobRunner } from './runner'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const waiting = () => world.services.db.select().from(jobs).where(eq(jobs.kind, 'mail-verify-address'))

async function addLetters(count: number): Promise<void> {
  const { id: userId } = await person(world, { isVerified: false })
  for (let n = 0; n < count; n++) await addJob(world.services, 'mail-verify-address', { userId })
}

it('A woken runner does all that is due', async () => {
  await addLetters(3)
  const runner = startJobRunner(world.services)
  runner.wake()
  await until(async () => (await waiting()).length === 0)
  await runner.stop()
})

it('A runner that is stopped ends the running job and begins no other', async () => {
  await addLetters(4)
  const runner = startJobRunner(world.services)
  runner.wake()
  await runner.stop()
  const left = await waiting()
  expect(left).toHaveLength(3)
  expect(left.map(({ attempts }) => attempts)).toEqual([0, 0, 0])
})
