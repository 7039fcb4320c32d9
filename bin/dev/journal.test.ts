import { describe, expect, it } from 'vitest'
import { short } from './journal'

describe('a line of the log on the terminal', () => {
  it('is short for a request', () => {
    const event = {
      at: 'now',
      level: 'info',
      request: 'id',
      method: 'GET',
      path: '/courses',
      status: 200,
      ms: 12,
    }
    expect(short(event)).toBe('GET /courses 200 12 ms')
  })

  it('keeps the stack of an error', () => {
    const event = { at: 'now', level: 'error', method: 'GET', path: '/', error: ['Error: no\n    at here'] }
    expect(short(event)).toBe('ERROR GET / \nError: no\n    at here')
  })
})
