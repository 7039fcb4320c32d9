import * as z from 'zod'
import { passwordProblem } from '../../rules/account/password'

export const oneLine = (text: string) => text.replace(/[\p{Cc}\p{Z}]+/gu, ' ').trim()
export const isVisible = (text: string) => /[^\p{C}\p{Z}]/u.test(text)

export const UserName = z
  .string('Enter your name.')
  .transform(oneLine)
  .pipe(z.string().refine(isVisible, 'Enter your name.').max(100, 'Use at most 100 characters.'))

export const Email = z
  .string('Enter your email address.')
  .trim()
  .toLowerCase()
  .min(1, 'Enter your email address.')
  .max(254, 'Use at most 254 characters.')
  .pipe(z.email('Enter an email address like asha@example.com.'))

export const NewPassword = z.string('Enter a password.').superRefine((password, context) => {
  const problem = passwordProblem(password)
  if (problem) context.addIssue(problem)
})

export const CurrentPassword = z.string('Enter your password.').min(1, 'Enter your password.')

export const Next = z.string().optional()
