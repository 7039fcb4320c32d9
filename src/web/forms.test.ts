import { describe, expect, it } from 'vitest'
import { safeNext } from './forms'

describe('where to go next', () => {
  it('may be any path of this site', () => {
    for (const path of ['/', '/account', '/courses?q=c%2B%2B&page=2', '/learn/queues/1?t=4#notes']) {
      expect(safeNext(path)).toBe(path)
    }
  })

  it('is ignored when it leads elsewhere, however it is dressed', () => {
    const elsewhere = [
      undefined,
      '',
      'account',
      '//evil.example',
      '///evil.example',
      '/\\evil.example',
      '/\t/evil.example',
      '/\n/evil.example',
      '/.//evil.example',
      '/courses/..//evil.example',
      'https://evil.example/',
      'javascript:alert(1)',
      ' //evil.example',
    ]
    for (const path of elsewhere) expect([path, safeNext(path)]).toEqual([path, undefined])
  })

  it('can stand in a header', () => {
    expect(safeNext('/a\r\nSet-Cookie: b')).toBe('/aSet-Cookie:%20b')
    expect(safeNext('/courses?q=पाठ')).toMatch(/^\/courses\?q=%E0/)
  })
})
