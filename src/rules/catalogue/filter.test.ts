import { describe, expect, it } from 'vitest'
import { readCatalogueFilter } from './filter'

describe('the filter in a query string', () => {
  const read = (query: string) => readCatalogueFilter(new URLSearchParams(query))

  it('is read', () => {
    expect(read('q=sql&category=databases&price=free&sort=price&page=3')).toEqual({
      q: 'sql',
      category: 'databases',
      price: 'free',
      sort: 'price',
      page: 3,
    })
  })

  it('leaves out what makes no sense, and takes the first of two', () => {
    const nothing = { q: undefined, category: undefined, price: undefined, sort: undefined, page: undefined }
    for (const query of [
      '',
      'page=-1&sort=foo&price=gratis',
      'page=1e3',
      'page=0',
      'page=1.5',
      'q=&category=',
      'q=%00',
      'page=99999999999',
      'q[]=x',
      '%00=%00',
      'q=%ED%A0%80%00',
    ])
      expect({ ...read(query), q: read(query).q?.replace(/\ufffd/g, '') || undefined }, query).toEqual(
        nothing,
      )
    expect(read('q=one&q=two&price=foo&price=free')).toEqual({ ...nothing, q: 'one' })
  })
})
