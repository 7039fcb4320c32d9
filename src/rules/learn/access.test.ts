import { describe, expect, it } from 'vitest'
import { accessTo, mayDownload } from './access'

const course = { ownerId: 'instructor', isPublished: true, archivedAt: null, suspendedAt: null }
const chapter = { isPublished: true, isFree: false, withdrawnAt: null }
const free = { isPublished: true, isFree: true, withdrawnAt: null }
const draft = { isPublished: false, isFree: true, withdrawnAt: null }
const visitor = { id: null, ownedSince: null }
const student = { id: 'student', ownedSince: null }
const buyer = { id: 'student', ownedSince: new Date(2_000) }
const instructor = { id: 'instructor', ownedSince: null }

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

  it('leaves a withdrawn chapter to those who owned the course before, and to its instructor', () => {
    const withdrawnAt = (at: number) => ({ ...draft, withdrawnAt: new Date(at) })
    for (const at of [2_000, 3_000]) expect(accessTo(withdrawnAt(at), course, buyer)).toBe('buyer')
    expect(accessTo(withdrawnAt(1_000), course, buyer)).toBeNull()
    for (const person of [visitor, student]) expect(accessTo(withdrawnAt(3_000), course, person)).toBeNull()
    expect(accessTo(withdrawnAt(1_000), course, instructor)).toBe('owner')
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
