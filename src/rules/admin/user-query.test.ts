import { describe, expect, it } from 'vitest'
import { readUserQuery } from './user-query'

const read = (query: string) => readUserQuery(new URLSearchParams(query))

describe('searching users', () => {
  it('takes a beginning, a role and a page', () => {
    expect(read('q=%20Asha%20&role=instructor&page=3')).toEqual({ q: 'Asha', role: 'instructor', page: 3 })
  })

  it('leaves out what makes no sense', () => {
    expect(read('q=%20&role=owner&page=-1')).toEqual({ q: undefined, role: undefined, page: undefined })
    expect(read('page=1e9&q=%00a%0Ab').q).toBe('a b')
    expect(read(`q=${'अ'.repeat(500)}`).q).toHaveLength(100)
  })
})
