import { describe, expect, it } from 'vitest'
import { clientIp } from './client'

describe('the ip of a client', () => {
  it('is the socket’s, whatever a client says, unless a proxy of ours stands before us', () => {
    expect(clientIp('198.51.100.1', '203.0.113.7', 0)).toBe('203.0.113.7')
    expect(clientIp(undefined, undefined, 0)).toBe('unknown')
  })

  it('is what our proxy wrote, not what the client wrote before it', () => {
    expect(clientIp('198.51.100.1, 203.0.113.7', '10.0.0.1', 1)).toBe('203.0.113.7')
    expect(clientIp(undefined, '10.0.0.1', 1)).toBe('10.0.0.1')
    expect(clientIp(' , ', '10.0.0.1', 1)).toBe('10.0.0.1')
  })

  it('is found behind several proxies of ours, so that not all visitors are one', () => {
    expect(clientIp('203.0.113.7, 10.0.0.2', '10.0.0.1', 2)).toBe('203.0.113.7')
    expect(clientIp('203.0.113.7, 10.0.0.3, 10.0.0.2', '10.0.0.1', 3)).toBe('203.0.113.7')
  })

  it('is not what a client invents, however much it writes, nor when it comes by another way', () => {
    expect(clientIp('1.1.1.1, 2.2.2.2, 203.0.113.7, 10.0.0.2', '10.0.0.1', 2)).toBe('203.0.113.7')
    expect(clientIp('1.1.1.1', '203.0.113.7', 2)).toBe('203.0.113.7')
    expect(clientIp('', '203.0.113.7', 2)).toBe('203.0.113.7')
  })

  it('has no port, or each connection would be a client of its own', () => {
    expect(clientIp('203.0.113.7:50123', '10.0.0.1', 1)).toBe('203.0.113.7')
    expect(clientIp('[2001:db8::1]:50123', '10.0.0.1', 1)).toBe('2001:db8::1')
    expect(clientIp('2001:db8::1', '10.0.0.1', 1)).toBe('2001:db8::1')
  })
})
