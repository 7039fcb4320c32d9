import { describe, expect, it } from 'vitest'
import { readCourseQuery, stateOf } from './course-query'

const read = (text: string) => readCourseQuery(new URLSearchParams(text))

describe('the search for courses', () => {
  it('takes words, a state and a page, and leaves out nonsense', () => {
    expect(read('q= queues%20%20meera &state=suspended&page=3')).toEqual({
      q: 'queues meera',
      state: 'suspended',
      page: 3,
    })
    expect(read('q=&state=gone&page=-1')).toEqual({ q: undefined, state: undefined, page: undefined })
  })
})

describe('the state of a course', () => {
  const at = new Date()
  const published = { isPublished: true, archivedAt: null, suspendedAt: null }

  it.each([
    [published, 'on-sale'],
    [{ ...published, isPublished: false }, 'draft'],
    [{ ...published, suspendedAt: at }, 'suspended'],
    [{ ...published, isPublished: false, suspendedAt: at }, 'suspended'],
    [{ ...published, archivedAt: at, suspendedAt: at }, 'deleted'],
  ] as const)('%o is %s', (course, state) => {
    expect(stateOf(course)).toBe(state)
  })
})
