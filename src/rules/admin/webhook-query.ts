export const webhookSources = { razorpay: 'Razorpay', mux: 'Mux', uploadthing: 'UploadThing' } as const
export const webhookOutcomes = {
  understood: 'Understood',
  unclear: 'Not understood',
  failed: 'Failed',
  unknown: 'Nothing here matches',
} as const
export type WebhookSource = keyof typeof webhookSources
export type WebhookOutcome = keyof typeof webhookOutcomes

export const sourceName = (source: string): string =>
  Object.hasOwn(webhookSources, source) ? webhookSources[source as WebhookSource] : source

/** How an outcome begins, by what it means; all others are understood. */
export const outcomeStarts: Record<Exclude<WebhookOutcome, 'understood'>, string> = {
  unclear: 'not understood',
  failed: 'failed:',
  unknown: 'unknown',
}

export const outcomeOf = (text: string): WebhookOutcome =>
  (Object.keys(outcomeStarts) as (keyof typeof outcomeStarts)[]).find((outcome) =>
    text.startsWith(outcomeStarts[outcome]),
  ) ?? 'understood'

/** What an outcome says beyond its name. */
export const outcomeDetail = (text: string): string =>
  text.replace(new RegExp(`^(${outcomeStarts.unclear}:?|${outcomeStarts.failed}) *`), '')

export interface WebhookQuery {
  source?: WebhookSource
  outcome?: WebhookOutcome
  /** The id of the last event of the page before. */
  after?: string
}

/** Whatever makes no sense is left out. */
export function readWebhookQuery(parameters: URLSearchParams): WebhookQuery {
  const oneOf = <T extends object>(name: string, known: T) => {
    const value = parameters.get(name) ?? ''
    return Object.hasOwn(known, value) ? (value as keyof T) : undefined
  }
  return {
    source: oneOf('source', webhookSources),
    outcome: oneOf('outcome', webhookOutcomes),
    after: parameters.get('after') ?? undefined,
  }
}

/** What came of processing an event again, in a sentence. */
export function processedSentence(outcome: string): { isGood: boolean; text: string } {
  const kind = outcomeOf(outcome)
  if (kind === 'unclear') return { isGood: false, text: `It is still ${outcome}.` }
  if (kind === 'failed')
    return { isGood: false, text: `It failed again: ${outcome.slice('failed: '.length)}` }
  if (kind === 'unknown') return { isGood: false, text: `Processed again, but it is about an ${outcome}.` }
  return { isGood: true, text: `Processed again: ${outcome || 'nothing to do'}.` }
}
