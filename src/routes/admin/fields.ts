import * as z from 'zod'
import { isVisible, oneLine } from '../account/fields'

/** Why an administrator did something to what is another's; it is kept with what was done. */
export const Reason = z
  .string('Enter a reason.')
  .transform(oneLine)
  .pipe(z.string().refine(isVisible, 'Enter a reason.').max(500, 'Use at most 500 characters.'))
