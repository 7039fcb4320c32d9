import { firstGuesses } from './first-guesses'

const rows = [
  '01234567890',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1q2w3e4r5t6y7u8i9o0p',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  'qazwsxedcrfvtgbyhnujmikolp',
  '147258369',
  '789456123',
]
const bothWays = rows.flatMap((row) => [row, [...row].reverse().join('')])

const isRun = (text: string): boolean =>
  bothWays.some((row) => row.includes(text)) || text === text.slice(0, 1).repeat(text.length)

/** How many runs of a keyboard, an alphabet or one sign it takes to write this. */
function countRuns(text: string): number {
  let runs = 0
  for (let start = 0; start < text.length; runs += 1) {
    let end = start + 1
    while (end < text.length && isRun(text.slice(start, end + 1))) end += 1
    start = end
  }
  return runs
}

const isMadeOfRuns = (text: string): boolean => countRuns(text) * 3 <= text.length

/** abcabcabc, 12121212, testtest, also where the last round is cut short. */
function isRepetition(text: string): boolean {
  return [1, 2, 3, 4].some((length) => {
    const round = text.slice(0, length)
    return text.length >= 2 * length && round.repeat(text.length).startsWith(text)
  })
}

const [dd, mm, yyyy] = ['(0[1-9]|[12]\\d|3[01])', '(0[1-9]|1[0-2])', '(19|20)\\d\\d']
const date = new RegExp(`^(${dd}${mm}${yyyy}|${mm}${dd}${yyyy}|${yyyy}${mm}${dd})$`)

const letters: Record<string, string> = {
  ...{ '@': 'a', '4': 'a', '3': 'e', '1': 'i', '!': 'i', '0': 'o', '5': 's', $: 's', '7': 't' },
}
const withLetters = (text: string) => text.replace(/[@431!05$7]/g, (sign) => letters[sign] ?? sign)
/** Without up to four digits or signs before and behind. */
const bare = (text: string) => text.replace(/^[^\p{L}]{1,4}/u, '').replace(/[^\p{L}]{1,4}$/u, '')
/** Of a word that is written twice or more. */
const once = (text: string) => /^(.+?)\1+$/u.exec(text)?.[1] ?? text
const wordsIn = (text: string) =>
  [text, bare(text), bare(withLetters(text)), withLetters(bare(text))].flatMap((word) => [word, once(word)])

const known = new Set(firstGuesses)
/** Old systems kept eight letters, so what is cut there is as common. */
const isCutShort = (word: string) =>
  word.length === 8 && firstGuesses.some((common) => common.startsWith(word))

/** Among the first that are tried, whoever the person is. */
export function isCommon(password: string): boolean {
  const text = password.toLowerCase()
  if (isMadeOfRuns(text) || isRepetition(text) || date.test(text)) return true
  return wordsIn(text).some((word) => known.has(word) || isCutShort(word))
}

const shortestWord = 4

/** Nothing but one of these, such as a name or an email address, or a part of it. */
export function isMadeOf(password: string, about: readonly string[]): boolean {
  const own = new Set(about.flatMap(partsOf).filter(({ length }) => length >= shortestWord))
  return wordsIn(password.toLowerCase()).some((word) => own.has(word) || own.has(joined(word)))
}

function partsOf(typed: string): string[] {
  const text = typed.normalize('NFKC').toLowerCase()
  const [local = ''] = text.split('@')
  return [text, local, joined(text), joined(local), ...text.split(/[^\p{L}\p{M}\p{N}]+/u)].flatMap(wordsIn)
}

const joined = (text: string) => text.replace(/[^\p{L}\p{M}\p{N}]+/gu, '')
