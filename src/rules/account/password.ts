import { isCommon, isMadeOf } from './guessable-password'

export const passwordLength = { least: 8, most: 128 }

/** For hashing and counting: keyboards compose é in different ways. */
export const normalPassword = (typed: string): string => typed.normalize('NFKC')

/** Null when nothing is wrong with a new one; `about` is what others know, such as the name. */
export function passwordProblem(typed: string, about: readonly string[] = []): string | null {
  const password = normalPassword(typed)
  const length = [...password].length
  if (length === 0) return 'Enter a password.'
  if (length < passwordLength.least) return `Use at least ${passwordLength.least} characters.`
  if (length > passwordLength.most) return `Use at most ${passwordLength.most} characters.`
  if (isCommon(password))
    return 'This is one of the first passwords that are guessed. Choose another, such as a few words.'
  if (isMadeOf(password, about))
    return 'This is your name, your email address or the name of this site, which are guessed first. Choose something else.'
  return null
}
