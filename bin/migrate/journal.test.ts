import { describe, expect, it } from 'vitest'
import { readMigrations } from './journal'

/** Each as `tag: statement`, in one line. */
const statements = readMigrations().flatMap(({ tag, statements }) =>
  statements.map(
    (text) =>
      `${tag}: ${text
        .replace(/^\s*--.*$/gm, '')
        .replace(/\s+/g, ' ')
        .trim()}`,
  ),
)

describe('the migrations', () => {
  it('are found', () => {
    expect(statements.length).toBeGreaterThan(50)
  })

  it('take nothing away that the version before uses, so that it serves on beside the new one', () => {
    const taking = /\bdrop (table|column|`)|\b(rename|truncate)\b|\bchange column\b/i
    expect(statements.filter((text) => taking.test(text))).toEqual([])
  })

  it('add no column that the version before would have to fill', () => {
    const demanding = /alter table `\w+` add `\w+` (?!.*\b(default|generated)\b).*\bnot null\b/i
    expect(statements.filter((text) => demanding.test(text))).toEqual([])
  })
})
