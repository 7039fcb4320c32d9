import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { fileWorld } from '../../test/world'
import { categories, webhookEvents } from '../db/schema'
import { newId } from '../ids'
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
    expect(await kept(event)).toEqual([])
    expect(await receiveOnce(world.services, event, async () => 'made after all')).toBe('made after all')
  })
})
