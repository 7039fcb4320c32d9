export const passwordLength = { least: 8, most: 128 }

/** The form in which a password is hashed and counted, so that two keyboards that compose é differently agree. */
export const normalPassword = (typed: string): string => typed.normalize('NFKC')

/** What is wrong with a new password, in words; null when it may be taken. Length is the only rule, counted in characters. */
export function passwordProblem(typed: string): string | null {
  const length = [...normalPassword(typed)].length
  if (length === 0) return 'Enter a password.'
  if (length < passwordLength.least) return `Use ${passwordLength.least} characters or more.`
  if (length > passwordLength.most) return `Use at most ${passwordLength.most} characters.`
  return null
}
