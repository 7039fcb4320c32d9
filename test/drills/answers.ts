import type { Answer } from '../browser-session'

export interface Asked {
  what: string
  answer: Answer
  seconds: number
}

/** Asks, and takes the time until the whole answer is there. */
export async function ask(what: string, work: Promise<Answer>): Promise<Asked> {
  const startedAt = performance.now()
  const answer = await work
  return { what, answer, seconds: (performance.now() - startedAt) / 1000 }
}

/** Null where a visitor is told what is; a failure has to be said in words and to promise nothing. */
function faultOf({ what, answer: { status, $, html } }: Asked): string | null {
  const told = `${what}: ${status}`
  if (status >= 500 && status !== 503) return told
  if (status === 303) return null
  const isPage = html.trimStart().toLowerCase().startsWith('<!doctype html')
  if (!isPage) return html.trim() === '' ? `${told}, and nothing in it` : null
  const heading = $('h1').text().trim()
  if (heading === '') return `${told}, a page without a heading`
  if (status === 503 && !/again in a/.test($('main').text())) return `${told}, without a word of what to do`
  return null
}

export const faultsOf = (list: Asked[]): string[] => list.flatMap((one) => faultOf(one) ?? [])

export const slowestSeconds = (list: { seconds: number }[]): number =>
  Math.round(Math.max(0, ...list.map(({ seconds }) => seconds)) * 10) / 10
