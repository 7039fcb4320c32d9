import { expect, it } from 'vitest'
import { readJobQuery } from './job-query'

it('A list of jobs leaves out what makes no sense, and begins with what is overdue', () => {
  const read = (query: string) => readJobQuery(new URLSearchParams(query))
  expect(read('state=given-up&page=3')).toEqual({ state: 'given-up', page: 3 })
  for (const page of ['1', '0', '-2', '1.5', 'x', ''])
    expect(read(`state=constructor&page=${page}`)).toEqual({ state: 'overdue' })
})
