import * as z from 'zod'
import { outcomes } from './account'
import { Refused } from './refusal'

/** An address to come back to; an empty field is none. */
export const url = z.url({ protocol: /^https?$/ }).or(z.literal('').transform(() => undefined))
/** What a shop sends the payer to the checkout with. */
export const Purchase = z.object({
  key_id: z.string(),
  order_id: z.string(),
  amount: z.coerce.number().optional(),
  currency: z.literal('INR').optional(),
  name: z.string().default('The shop'),
  description: z.string().default(''),
  contact: z.string().max(20).optional(),
  'prefill[contact]': z.string().max(20).optional(),
  callback_url: url.optional(),
  cancel_url: url.optional(),
  color: z
    .string()
    .regex(/^#[0-9a-f]{3,8}$/i)
    .optional()
    .catch(undefined),
})
export type Purchase = z.output<typeof Purchase>
export const Attempt = Purchase.extend({ outcome: z.enum([...outcomes, 'closed']) })

/** The input in this shape; refuses the first field that is not. */
export function read<T>(shape: z.ZodType<T>, input: unknown): T {
  const parsed = shape.safeParse(input)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Refused(
    `The ${issue?.path.join('.')} field is not good: ${issue?.message}`,
    issue?.path.join('.'),
  )
}
