import type * as z from 'zod'

/** The name of an event as our column takes it. */
export const eventType = (name: string): string => name.replace(/[^\x21-\x7e]/g, '?').slice(0, 64)

/** Where a message differs from what we know, in a line without its values. */
export const problemOf = (error: z.ZodError): string =>
  error.issues
    .slice(0, 3)
    .map(({ path, code }) => `${path.join('.') || 'body'}: ${code}`)
    .join(', ')
