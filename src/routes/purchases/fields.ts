import * as z from 'zod'
import { isId } from '../../ids'
import { readPrice } from '../../rules/teach/price'
import { Password } from '../account/confirm'
import { isVisible, oneLine } from '../account/fields'

export const Reason = z
  .string('Say why.')
  .transform(oneLine)
  .pipe(
    z
      .string()
      .refine(isVisible, 'Say why, so that others understand it later.')
      .max(500, 'Use at most 500 characters.'),
  )

/** Rupees as typed, in paise; nothing typed is all that is left. */
const RefundAmount = z.string('Enter an amount.').transform((typed, context) => {
  const read = readPrice(typed)
  if ('paise' in read && read.paise !== 0) return read.paise ?? ('all' as const)
  context.addIssue('Enter an amount in rupees, such as 499 or 499.50.')
  return z.NEVER
})

/** What is no key of ours is none. */
const FormKey = z
  .string()
  .optional()
  .transform((key) => (key && isId(key) ? key : undefined))

/** By who may decide it. */
export const RefundForm = z.object({
  amount: RefundAmount,
  reason: Reason,
  password: Password,
  formKey: FormKey,
})
