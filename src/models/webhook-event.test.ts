import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { fileWorld } from '../../test/world'
import { categories, webhookEvents } from '../db/schema'
import { newId } from '../ids'
import { hourSeconds } from '../rules/time'
import { type IncomingEvent, receiveOnce } from './webhook-event'

const world = fileWorld()

const incoming = (): IncomingEvent => ({ source: 'mux', id: newId(), type: 'thing.happened', payload: {} })
const kept = ({ id }: IncomingEvent) =>
  world.services.db.select().from(webhookEvents).where(eq(webhookEvents.eventId, id))

describe('an event', () => {
  it('has its effect once, however often it comes', async () => {
    const event = incoming()
    const outcomes: string[] = []
    for (let time = 1; time <= 3; time += 1)
      outcomes.push(await receiveOnce(world.services, event, async () => `done ${time}`))
    expect(outcomes).toEqual(['done 1', 'seen', 'seen'])
    expect(await kept(event)).toMatchObject([{ outcome: 'done 1' }])
  })

  it('whose effect meets a duplicate was not seen before: it fails, and the next time it counts', async () => {
    const { db } = world.services
    const event = incoming()
    const row = { id: newId(), name: `Taken ${event.id}`, slug: `taken-${event.id}` }
    await db.insert(categories).values(row)
    const effect = receiveOnce(world.services, event, async (tx) => {
      await tx.insert(categories).values({ ...row, id: newId() })
      return 'made'
    })
    await expect(effect).rejects.toThrow()
    expect(await kept(event)).toMatchObject([{ outcome: expect.stringMatching(/^failed: .*ER_DUP_ENTRY/) }])
    expect(await receiveOnce(world.services, event, async () => 'made after all')).toBe('made after all')
    expect(await receiveOnce(world.services, event, async () => 'made twice')).toBe('seen')
    expect(await kept(event)).toMatchObject([{ outcome: 'made after all' }])
  })

  it('that fails is refused for half a day, so that it comes again, and then waits for a person', async () => {
    const event = incoming()
    const fail = async () => {
      throw new Error('The table is too small for asha@example.com')
    }
    const receive = () => receiveOnce(world.services, event, fail)
    await expect(receive()).rejects.toThrow('too small')
    world.advance(11 * hourSeconds)
    await expect(receive()).rejects.toThrow('too small')
    world.advance(2 * hourSeconds)
    const outcome = 'failed: Error: The table is too small for [email]'
    expect(await receive()).toBe(outcome)
    expect(await kept(event)).toMatchObject([{ outcome }])
  })

  it('that fails for two who bring it at once is kept once, and has its effect once', async () => {
    const event = incoming()
    const fails = async () => {
      throw new Error('Not yet')
    }
    await Promise.allSettled([1, 2].map(() => receiveOnce(world.services, event, fails)))
    expect(await kept(event)).toHaveLength(1)
    const outcomes = await Promise.all(
      [1, 2, 3].map(() => receiveOnce(world.services, event, async () => 'done')),
    )
    expect(outcomes.toSorted()).toEqual(['done', 'seen', 'seen'])
  })
})
