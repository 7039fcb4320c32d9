import { type Role, roles } from '../account/roles'
import { cleanText } from '../catalogue/filter'

export interface PeopleQuery {
  /** The beginning of a name or an e-mail address. */
  q?: string
  role?: Role
  page?: number
}

/** Which people an address asks for. Whatever makes no sense is left out. */
export function readPeopleQuery(parameters: URLSearchParams): PeopleQuery {
  const page = parameters.get('page') ?? ''
  return {
    q: cleanText(parameters.get('q'), 100)?.replace(/\s+/g, ' '),
    role: roles.find((role) => role === parameters.get('role')),
    page: /^[1-9]\d{0,5}$/.test(page) ? Number(page) : undefined,
  }
}
