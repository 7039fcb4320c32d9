import { cleanText } from '../catalogue/filter'
import type { Sale } from '../catalogue/sale'
import { isOnSale } from '../catalogue/sale'

export const courseStates = ['on-sale', 'draft', 'suspended', 'deleted'] as const
export type CourseState = (typeof courseStates)[number]

export const courseStateNames: Record<CourseState, string> = {
  'on-sale': 'On sale',
  draft: 'Not published',
  suspended: 'Taken off sale',
  deleted: 'Deleted by its instructor',
}

export interface CourseQuery {
  /** Any part of a title, of its instructor's name or email, or of its address. */
  q?: string
  state?: CourseState
  page?: number
}

/** Whatever makes no sense is left out. */
export function readCourseQuery(parameters: URLSearchParams): CourseQuery {
  const page = parameters.get('page') ?? ''
  return {
    q: cleanText(parameters.get('q'), 100)?.replace(/\s+/g, ' '),
    state: courseStates.find((state) => state === parameters.get('state')),
    page: /^[1-9]\d{0,5}$/.test(page) ? Number(page) : undefined,
  }
}

/** A deleted course stays deleted, and one that was taken off sale says so before anything else. */
export function stateOf(course: Sale): CourseState {
  if (course.archivedAt) return 'deleted'
  if (course.suspendedAt) return 'suspended'
  return isOnSale(course) ? 'on-sale' : 'draft'
}
