export const webhookSources = { razorpay: 'Razorpay', mux: 'Mux', uploadthing: 'UploadThing' } as const
export const webhookOutcomes = { understood: 'Understood', unclear: 'Not understood' } as const

export interface WebhookQuery {
  source?: keyof typeof webhookSources
  outcome?: keyof typeof webhookOutcomes
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
