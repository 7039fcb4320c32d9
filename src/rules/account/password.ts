export const passwordLength = { least: 8, most: 128 }

/** For hashing and counting: keyboards compose é in different ways. */
export const normalPassword = (typed: string): string => typed.normalize('NFKC')

/** Null when nothing is wrong; its length in characters is the only rule. */
export function passwordProblem(typed: string): string | null {
  const length = [...normalPassword(typed)].length
  if (length === 0) return 'Enter a password.'
  if (length < passwordLength.least) return `Use at least ${passwordLength.least} characters.`
  if (length > passwordLength.most) return `Use at most ${passwordLength.most} characters.`
  return null
}
