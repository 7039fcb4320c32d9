import { describe, expect, it } from 'vitest'
import { answerToTeaching, isLastAdmin, refusalOfRole, refusalToSuspend, roles } from './roles'

describe('asking to teach', () => {
  it('grants or queues the request of a verified student, as the site is configured', () => {
    const student = { role: 'student', isVerified: true } as const
    expect(answerToTeaching(student, 'open')).toBe('granted')
    expect(answerToTeaching(student, 'approval')).toBe('waits')
  })

  it('wants a verified address first', () => {
    expect(answerToTeaching({ role: 'student', isVerified: false }, 'open')).toBe('unverified')
    expect(answerToTeaching({ role: 'student', isVerified: false }, 'approval')).toBe('unverified')
  })

  it('changes nothing for who may teach already, verified or not', () => {
    for (const role of ['instructor', 'admin'] as const)
      expect(answerToTeaching({ role, isVerified: false }, 'approval')).toBe('teaches')
  })
})

describe('giving a role', () => {
  const none = { total: 0, needed: 0 }
  const some = { total: 3, needed: 1 }

  it('is free for other people without courses', () => {
    for (const from of roles)
      for (const to of roles)
        expect(refusalOfRole('me', { id: 'them', role: from, courses: none }, to, ['me', 'them'])).toBeNull()
  })

  it('refuses one’s own role, with another reason for the only administrator', () => {
    const me = { id: 'me', role: 'admin', courses: none } as const
    expect(refusalOfRole('me', me, 'student', ['me', 'them'])).toBe('self')
    expect(refusalOfRole('me', me, 'student', ['me'])).toBe('last admin')
    expect(refusalOfRole('me', me, 'admin', ['me'])).toBeNull()
  })

  it('asks for a hand-over only when courses that others need would lose their instructor', () => {
    const instructor = { id: 'them', role: 'instructor', courses: some } as const
    expect(refusalOfRole('me', instructor, 'student', ['me'])).toBe('courses')
    expect(refusalOfRole('me', instructor, 'admin', ['me'])).toBeNull()
    expect(
      refusalOfRole('me', { ...instructor, courses: { total: 2, needed: 0 } }, 'student', ['me']),
    ).toBeNull()
  })
})

describe('suspending', () => {
  it('never locks out oneself or the only administrator', () => {
    expect(refusalToSuspend('me', 'me', ['me', 'them'])).toBe('self')
    expect(refusalToSuspend('me', 'me', ['me'])).toBe('last admin')
    expect(refusalToSuspend('me', 'them', ['me', 'them'])).toBeNull()
  })

  it('counts nobody as last when others are there or they are no administrator', () => {
    expect(isLastAdmin('me', ['me', 'them'])).toBe(false)
    expect(isLastAdmin('them', ['me'])).toBe(false)
    expect(isLastAdmin('me', ['me'])).toBe(true)
  })
})
