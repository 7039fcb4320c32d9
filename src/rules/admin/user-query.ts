import { type Role, roles } from '../account/roles'
import { cleanText } from '../catalogue/filter'

export interface UserQuery {
  /** The start of a name or an email. */
  q?: string
  role?: Role
  page?: number
}

/** Whatever makes no sense is left out. */
export function readUserQuery(parameters: URLSearchParams): UserQuery {
  const page = parameters.get('page') ?? ''
  return {
    q: cleanText(parameters.get('q'), 100)?.replace(/\s+/g, ' '),
    role: roles.find((role) => role === parameters.get('role')),
    page: /^[1-9]\d{0,5}$/.test(page) ? Number(page) : undefined,
  }
}
