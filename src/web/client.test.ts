import { describe, expect, it } from 'vitest'
import { clientAddress } from './client'

describe('the address of a caller', () => {
  it('is the socket’s, whatever a caller says, unless a proxy of ours stands before us', () => {
    expect(clientAddress('198.51.100.1', '203.0.113.7', false)).toBe('203.0.113.7')
    expect(clientAddress(undefined, undefined, false)).toBe('unknown')
  })

  it('is what our proxy wrote, not what the caller wrote before it', () => {
    expect(clientAddress('198.51.100.1, 203.0.113.7', '10.0.0.1', true)).toBe('203.0.113.7')
    expect(clientAddress(undefined, '10.0.0.1', true)).toBe('10.0.0.1')
    expect(clientAddress(' , ', '10.0.0.1', true)).toBe('10.0.0.1')
  })

  it('has no port, or each connection would be a caller of its own', () => {
    expect(clientAddress('203.0.113.7:50123', '10.0.0.1', true)).toBe('203.0.113.7')
    expect(clientAddress('[2001:db8::1]:50123', '10.0.0.1', true)).toBe('2001:db8::1')
    expect(clientAddress('2001:db8::1', '10.0.0.1', true)).toBe('2001:db8::1')
  })
})
