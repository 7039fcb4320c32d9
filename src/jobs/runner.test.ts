import { type AddressInfo, createServer } from 'node:net'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { latch } from '../../test/latch'
import { person } from '../../test/people'
import { until } from '../../test/until'
import { fileWorld } from '../../test/world'
import { readConfig } from '../config'
import { jobs, limits } from '../db/schema'
import { addJob } from '../models/job'
import type { Mail } from '../ports/mail/mail'
import { daySeconds } from '../rules/time'
import { openServices, required } from '../services'
import { runDueJobs } from './run'
import { startJobRunner } from './runner'

const world = fileWorld()

const waiting = () => world.services.db.select().from(jobs).where(eq(jobs.kind, 'mail-verify-address'))

async function addEmails(count: number): Promise<void> {
  const { id: userId } = await person(world, { isVerified: false })
  for (let n = 0; n < count; n++) await addJob(world.services, 'mail-verify-address', { userId })
}

it('A woken runner does all that is due', async () => {
  await addEmails(3)
  const runner = startJobRunner(world.services)
  runner.wake()
  await until(async () => (await waiting()).length === 0)
  await runner.stop()
})

it('A runner that is stopped ends the running job and begins no other', async () => {
  await addEmails(4)
  const [begun, ended] = [latch(), latch()]
  const mail: Mail = {
    ...required(world.services.mail, 'Mail'),
    send: () => {
      begun.open()
      return ended.opened.then(() => '250')
    },
  }
  const runner = startJobRunner({ ...world.services, mail }, { atOnce: 1 })
  runner.wake()
  await begun.opened
  const stopping = runner.stop()
  ended.open()
  await stopping
  const left = await waiting()
  expect(left).toHaveLength(3)
  expect(left.map(({ attempts }) => attempts)).toEqual([0, 0, 0])
})

it('A runner deletes what is over, once a day', async () => {
  const { db, now } = world.services
  const add = (key: string) => db.insert(limits).values({ key, count: 1, endsAt: now() })
  const left = async () => (await db.select().from(limits)).map(({ key }) => key)
  world.advance(daySeconds)
  await add('first')
  const runner = startJobRunner(world.services)
  await until(async () => (await left()).length === 0, 'the clean-up')
  await runner.stop()
  await add('second')
  await startJobRunner(world.services).stop()
  expect(await left()).toEqual(['second'])
  world.advance(daySeconds)
  const next = startJobRunner(world.services)
  await until(async () => (await left()).length === 0, 'the clean-up of the next day')
  await next.stop()
})

it('A mail server that never answers keeps no other work waiting', async () => {
  const silent = createServer(() => {})
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const { port } = silent.address() as AddressInfo
  const config = readConfig({ ...world.environment, SMTP_URL: `smtp://127.0.0.1:${port}` })
  const services = { ...openServices(config, world.services.db), now: world.services.now }
  await world.services.db.delete(jobs)
  await addEmails(1)
  await addJob(services, 'delete-asset', { assetId: 'long-gone' })
  const runner = startJobRunner(services)
  runner.wake()
  await until(async () => {
    const kinds = (await world.services.db.select().from(jobs)).map(({ kind }) => kind)
    return !kinds.includes('delete-asset') && kinds.includes('mail-verify-address')
  }, 'the work beside the email')
  await runner.stop()
  silent.close()
})

it('A run ends where jobs are found and cannot be claimed', async () => {
  await world.services.db.delete(jobs)
  await addEmails(1)
  const { services } = world
  let tries = 0
  const db = Object.create(services.db, {
    update: {
      value: () => {
        tries += 1
        throw new Error('The database takes no write.')
      },
    },
  })
  await runDueJobs({ ...services, db })
  expect(tries).toBe(1)
  expect(await waiting()).toHaveLength(1)
})
