import { describe, expect, it } from 'vitest'
import { answerTo, pollSeconds, questionAt, refreshSeconds, stopsPolling } from './polling'

const now = new Date('2026-11-25T10:00:00Z')
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000)

describe('a page about an open order', () => {
  it('asks often at first, then less, then stops and says so', () => {
    expect([0, 179, 180, 899, 900].map((open) => pollSeconds('not-paid', open))).toEqual([3, 3, 15, 15, null])
    expect([pollSeconds('checking', 14), pollSeconds('checking', 15)]).toEqual([1, 3])
    expect(stopsPolling('not-paid', null)).toBe(true)
    expect([pollSeconds('in', 0), stopsPolling('in', null)]).toEqual([null, false])
  })

  it('is loaded again without scripts only when an answer is near', () => {
    const at = { standing: 'not-paid' as const, moving: null, now }
    expect([refreshSeconds(null, at), refreshSeconds('silent', at)]).toEqual([null, null])
    expect([refreshSeconds('near', at), refreshSeconds('due', at)]).toEqual([5, 5])
    const moving = (seconds: number) =>
      refreshSeconds(null, { ...at, standing: 'confirming', moving: { paidAt: ago(seconds) } })
    expect([moving(60), moving(901)]).toEqual([5, null])
  })
})

describe('a question to the payment service', () => {
  it('is put at once, but not while the last answer is fresh', () => {
    expect(questionAt('polling', ago(4), now)).toEqual(now)
    expect(questionAt('polling', ago(1), now).getTime() - now.getTime()).toBe(3_000)
    expect(questionAt('opened', ago(1), now)).toEqual(now)
    expect(questionAt('opened', ago(0), now).getTime() - now.getTime()).toBe(1_000)
  })

  const fresh = { createdAt: now, lastError: null, isNew: true }
  const waiting = { createdAt: ago(2), lastError: null, isNew: false }
  it('changes what a page says that is opened while the answer is near, or knows old things only', () => {
    expect(answerTo('opened', fresh, ago(10), now)).toBeNull()
    expect(answerTo('opened', fresh, ago(61), now)).toBe('due')
    expect(answerTo('opened', waiting, ago(10), now)).toBe('near')
    expect(answerTo('opened', waiting, ago(61), now)).toBe('due')
  })

  it('changes nothing on a page that has been read, unless it says that the answer is near', () => {
    expect(answerTo('polling', waiting, ago(61), now)).toBeNull()
    expect(answerTo('checking', waiting, ago(61), now)).toBe('due')
    expect(answerTo('checking', fresh, ago(1), now)).toBeNull()
  })

  it('is not waited for when it takes long or fails', () => {
    expect(answerTo('opened', { ...waiting, createdAt: ago(16) }, ago(61), now)).toBeNull()
    expect(answerTo('opened', { ...waiting, lastError: 'down' }, ago(61), now)).toBe('silent')
  })
})
