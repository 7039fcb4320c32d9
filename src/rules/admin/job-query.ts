export const jobStates = { overdue: 'Overdue', waiting: 'Waiting', 'given-up': 'Given up' } as const
export type JobState = keyof typeof jobStates

export interface JobQuery {
  state: JobState
  page?: number
}

/** Whatever makes no sense is left out. */
export function readJobQuery(parameters: URLSearchParams): JobQuery {
  const state = parameters.get('state') ?? ''
  const page = Number(parameters.get('page'))
  return {
    state: Object.hasOwn(jobStates, state) ? (state as JobState) : 'overdue',
    ...(Number.isInteger(page) && page > 1 ? { page } : {}),
  }
}
