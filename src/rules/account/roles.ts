export const roles = ['student', 'instructor', 'admin'] as const
export type Role = (typeof roles)[number]

export const roleNames: Record<Role, string> = {
  student: 'Student',
  instructor: 'Instructor',
  admin: 'Administrator',
}

export function answerToTeaching(
  person: { role: Role; isVerified: boolean },
  signUp: 'open' | 'approval',
): 'teaches' | 'unverified' | 'granted' | 'waits' {
  if (person.role !== 'student') return 'teaches'
  if (!person.isVerified) return 'unverified'
  return signUp === 'open' ? 'granted' : 'waits'
}

export interface Courses {
  total: number
  /** On sale or owned by somebody, deleted ones too: they need an instructor. */
  needed: number
}

/** Null when nothing is in the way; `admins` are those who can sign in. */
export function refusalOfRole(
  actorId: string,
  person: { id: string; role: Role; courses: Courses },
  role: Role,
  admins: string[],
): 'last admin' | 'self' | 'courses' | null {
  if (person.role === role) return null
  if (isLastAdmin(person.id, admins)) return 'last admin'
  if (person.id === actorId) return 'self'
  return role === 'student' && person.courses.needed > 0 ? 'courses' : null
}

export function refusalToSuspend(
  actorId: string,
  personId: string,
  admins: string[],
): 'last admin' | 'self' | null {
  if (isLastAdmin(personId, admins)) return 'last admin'
  return personId === actorId ? 'self' : null
}

export const isLastAdmin = (personId: string, admins: string[]): boolean =>
  admins.length === 1 && admins[0] === personId
