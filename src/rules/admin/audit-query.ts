import { cleanText } from '../catalogue/filter'

export interface AuditQuery {
  /** Any part of a name, an email or a course's title, or an exact id. */
  q?: string
  action?: string
  page?: number
}

/** Whatever makes no sense is left out. */
export function readAuditQuery(parameters: URLSearchParams): AuditQuery {
  const page = parameters.get('page') ?? ''
  const action = parameters.get('action') ?? ''
  return {
    q: cleanText(parameters.get('q'), 100)?.replace(/\s+/g, ' '),
    action: /^[a-z-]{1,32}$/.test(action) ? action : undefined,
    page: /^[1-9]\d{0,5}$/.test(page) ? Number(page) : undefined,
  }
}
