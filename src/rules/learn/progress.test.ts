import { describe, expect, it } from 'vitest'
import {
  continueAt,
  keptPosition,
  nextCourse,
  percentOf,
  playerLifetime,
  type Step,
  startAt,
} from './progress'

describe('the percent that is complete', () => {
  it('is rounded down, so that only all is 100', () => {
    expect(percentOf(1, 3)).toBe(33)
    expect(percentOf(2, 3)).toBe(66)
    expect(percentOf(199, 200)).toBe(99)
    expect(percentOf(3, 3)).toBe(100)
    expect(percentOf(29, 100)).toBe(29)
  })

  it('is 0 without chapters, and never above 100', () => {
    expect(percentOf(0, 0)).toBe(0)
    expect(percentOf(4, 3)).toBe(100)
  })
})

/** `a` open, `A` done, `-` hidden; the digit is when it was seen last. */
const steps = (text: string): Step[] =>
  text.split(' ').map((word) => {
    const id = word.charAt(0).toLowerCase()
    const when = word.replace(/\D/g, '')
    return {
      id,
      visible: !word.endsWith('-'),
      completed: word.charAt(0) !== id,
      seenAt: when ? new Date(Number(when)) : null,
    }
  })

describe('where a course continues', () => {
  it('begins with the first chapter', () => {
    expect(continueAt(steps('a b c'))).toBe('a')
  })

  it('is where the student was last, unless that is done', () => {
    expect(continueAt(steps('A1 b3 C2 d'))).toBe('b')
    expect(continueAt(steps('a1 B3 C2 d'))).toBe('d')
  })

  it('returns to what was left out, and begins again when all is done', () => {
    expect(continueAt(steps('A1 b C3'))).toBe('b')
    expect(continueAt(steps('A1 B2 C3'))).toBe('a')
  })

  it('never leads to a hidden chapter, and continues from its place', () => {
    expect(continueAt(steps('a1 b3- c d'))).toBe('c')
    expect(continueAt(steps('a- b- C1'))).toBe('c')
    expect(continueAt(steps('a- b-'))).toBeNull()
    expect(continueAt([])).toBeNull()
  })
})

describe('the course to continue', () => {
  const courses = (...percents: (number | null)[]) =>
    percents.map((percent, index) => ({
      id: index,
      chapterCount: percent === null ? 0 : 3,
      owned: { percent: percent ?? 0 },
    }))

  it('is the first with something left to do', () => {
    expect(nextCourse(courses(33, 66))?.id).toBe(0)
    expect(nextCourse(courses(100, 100, 0, 66))?.id).toBe(2)
  })

  it('is one to watch again only when all are done, and never one without chapters', () => {
    expect(nextCourse(courses(null, 100, 100))?.id).toBe(1)
    expect(nextCourse(courses(null, 100, 99))?.id).toBe(2)
    expect(nextCourse(courses(null))).toBeNull()
    expect(nextCourse([])).toBeNull()
  })
})

describe('the position', () => {
  it('is kept in whole seconds within the video', () => {
    expect(keptPosition(12.9, 60)).toBe(12)
    expect(keptPosition(1e9, 60)).toBe(60)
    expect(keptPosition(5, null)).toBe(0)
  })

  it('starts again when hardly anything is left', () => {
    expect(startAt(0, 600)).toBe(0)
    expect(startAt(300, 600)).toBe(300)
    expect(startAt(589, 600)).toBe(589)
    expect(startAt(591, 600)).toBe(0)
    expect(startAt(5, 6)).toBe(5)
    expect(startAt(6, 6)).toBe(0)
  })
})

it('lets play for two hours, or half as long again as the video', () => {
  expect(playerLifetime(0)).toBe(7200)
  expect(playerLifetime(4800)).toBe(7200)
  expect(playerLifetime(7201)).toBe(10_802)
})
