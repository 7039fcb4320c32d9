import { describe, expect, it } from 'vitest'
import { clientIp } from './client'

describe('the ip of a client', () => {
  it('is the socket’s, whatever a client says, unless a proxy of ours stands before us', () => {
    expect(clientIp('198.51.100.1', '203.0.113.7', false)).toBe('203.0.113.7')
    expect(clientIp(undefined, undefined, false)).toBe('unknown')
  })

  it('is what our proxy wrote, not what the client wrote before it', () => {
    expect(clientIp('198.51.100.1, 203.0.113.7', '10.0.0.1', true)).toBe('203.0.113.7')
    expect(clientIp(undefined, '10.0.0.1', true)).toBe('10.0.0.1')
    expect(clientIp(' , ', '10.0.0.1', true)).toBe('10.0.0.1')
  })

  it('has no port, or each connection would be a client of its own', () => {
    expect(clientIp('203.0.113.7:50123', '10.0.0.1', true)).toBe('203.0.113.7')
    expect(clientIp('[2001:db8::1]:50123', '10.0.0.1', true)).toBe('2001:db8::1')
    expect(clientIp('2001:db8::1', '10.0.0.1', true)).toBe('2001:db8::1')
  })
})
