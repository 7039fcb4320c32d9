import { AppError } from '../../errors'

/** What a reconciliation has found so far. `isListed` changes nothing and only tells. */
export interface Findings {
  isListed: boolean
  checked: { payments: number; refunds: number; disputes: number }
  /** What was not known here and is now. */
  recorded: string[]
  /** What a person has to look at. */
  problems: string[]
}

/** One that cannot be recorded hides no other. */
export async function repair(findings: Findings, what: string, act: () => Promise<void>): Promise<void> {
  if (findings.isListed) return void findings.problems.push(`${what}.`)
  try {
    await act()
    findings.recorded.push(`${what}.`)
  } catch (error) {
    findings.problems.push(`${what}, and it could not be recorded: ${wordsOf(error)}`)
  }
}

const wordsOf = (error: unknown) => (error instanceof AppError ? error.message : 'something went wrong.')
