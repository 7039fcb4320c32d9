/** What the site stands on, in the order in which pages name it. */
export const serviceLabels = {
  database: { what: 'Database', vendor: 'MySQL' },
  payments: { what: 'Payments', vendor: 'Razorpay' },
  video: { what: 'Video', vendor: 'Mux' },
  files: { what: 'Files', vendor: 'UploadThing' },
  mail: { what: 'Mail', vendor: 'SMTP' },
  otp: { what: 'Reset codes', vendor: 'MongoDB' },
  identity: { what: 'Google sign-in', vendor: 'Google' },
} as const
export type ServiceName = keyof typeof serviceLabels
export const serviceNames = Object.keys(serviceLabels) as ServiceName[]

/** However many look, a service is asked once in so long. */
export const askEveryMs = 10_000
/** Who has not answered by then counts as not answering. */
export const answerWithinMs = 3000

export interface Probe {
  askedAt: Date
  /** Of the last good answer, with how long it took. */
  answeredAt: Date | null
  latencyMs: number | null
  failedAt: Date | null
  error: string | null
}

/** `waiting`: it is being asked just now. */
export type ServiceState = 'off' | 'never' | 'waiting' | 'answers' | 'fails'

const timeOf = (date: Date | null) => date?.getTime() ?? Number.NEGATIVE_INFINITY

/** A clock that was ahead must not silence the question for long. */
export const isDue = (probe: Pick<Probe, 'askedAt'> | undefined, now: Date): boolean =>
  !probe || Math.abs(now.getTime() - probe.askedAt.getTime()) >= askEveryMs

export function stateOf(probe: Probe | undefined, isOn: boolean, now: Date): ServiceState {
  if (!isOn) return 'off'
  if (!probe) return 'never'
  const told = Math.max(timeOf(probe.answeredAt), timeOf(probe.failedAt))
  if (told < probe.askedAt.getTime() && now.getTime() - probe.askedAt.getTime() < answerWithinMs + 1000)
    return 'waiting'
  if (told === Number.NEGATIVE_INFINITY) return 'never'
  return timeOf(probe.answeredAt) > timeOf(probe.failedAt) ? 'answers' : 'fails'
}
