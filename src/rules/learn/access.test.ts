import { describe, expect, it } from 'vitest'
import { accessTo, mayDownload } from './access'

const course = { ownerId: 'instructor', isPublished: true, archivedAt: null, suspendedAt: null }
const chapter = { isPublished: true, isFree: false }
const free = { isPublished: true, isFree: true }
const draft = { isPublished: false, isFree: true }
const visitor = { id: null, owns: false }
const student = { id: 'student', owns: false }
const buyer = { id: 'student', owns: true }
const instructor = { id: 'instructor', owns: false }

describe('access to a chapter', () => {
  it('is given to buyers of the course and to its instructor', () => {
    expect(accessTo(chapter, course, buyer)).toBe('buyer')
    expect(accessTo(chapter, course, instructor)).toBe('owner')
  })

  it('is given to everyone for a free preview, and locked otherwise', () => {
    for (const person of [visitor, student]) {
      expect(accessTo(free, course, person)).toBe('preview')
      expect(accessTo(chapter, course, person)).toBe('locked')
    }
  })

  it('shows a chapter that is not published to its instructor only', () => {
    for (const person of [visitor, student, buyer]) expect(accessTo(draft, course, person)).toBeNull()
    expect(accessTo(draft, course, instructor)).toBe('owner')
  })

  it('stays with buyers of a course that is off sale, and with nobody else', () => {
    for (const gone of [
      { ...course, isPublished: false },
      { ...course, archivedAt: new Date() },
      { ...course, suspendedAt: new Date() },
    ]) {
      expect(accessTo(chapter, gone, buyer)).toBe('buyer')
      for (const person of [visitor, student]) {
        expect(accessTo(free, gone, person)).toBeNull()
        expect(accessTo(chapter, gone, person)).toBeNull()
      }
    }
  })
})

describe('who may download the files of a course', () => {
  it.each([
    [{ isOwner: true, isPurchased: false }, true],
    [{ isOwner: false, isPurchased: true }, true],
    [{ isOwner: false, isPurchased: false }, false],
  ])('%o: %s', (user, expected) => {
    expect(mayDownload(user)).toBe(expected)
  })
})
