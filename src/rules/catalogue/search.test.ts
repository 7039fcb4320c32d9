import { describe, expect, it } from 'vitest'
import { nastyQueries } from '../../../test/nasty-queries'
import { booleanQuery, nearQuery, searchWords } from './search'

const operators = /[@"<>~-]/

describe('a query for FULLTEXT', () => {
  it('lets nothing through but words in a shape of our own', () => {
    const word = '[\\p{L}\\p{M}\\p{N}_]+'
    const term = `\\+(?:${word}\\*?|\\(${word}\\*? ${word}\\)|\\(${word}\\*? \\((?:\\+${word}\\*? ?)+\\)\\))`
    const shape = new RegExp(`^${term}(?: ${term}){0,7}$`, 'u')
    for (const q of nastyQueries) {
      const query = booleanQuery(q)
      if (query === null) continue
      expect(query, q.slice(0, 30)).toMatch(shape)
      expect(query).not.toMatch(operators)
      expect(query.length).toBeLessThan(1_000)
      expect(nearQuery(q) ?? '').not.toMatch(operators)
    }
  })

  it('asks for every word, each as a beginning', () => {
    expect(booleanQuery('Learn  PYTHON')).toBe('+learn* +python*')
    expect(booleanQuery('python python')).toBe('+python*')
  })

  it('is null when nothing can be searched', () => {
    for (const q of ['', '   ', '+', '@', '🎉', '___', '्', '()']) expect(booleanQuery(q), q).toBeNull()
  })

  it('drops stopwords, unless there is nothing else', () => {
    expect(booleanQuery('how to learn the piano')).toBe('+learn* +piano*')
    expect(booleanQuery('it')).toMatch(/^\+\(it\* xq[0-9a-f]+\)$/)
  })

  it('takes a short name of the trade exactly, and other short words as beginnings, too', () => {
    expect(booleanQuery('go')).toMatch(/^\+xq[0-9a-f]+$/)
    expect(booleanQuery('ja')).toMatch(/^\+\(ja\* xq[0-9a-f]+\)$/)
  })
})

describe('the stored search words', () => {
  it('hold the same tokens that a query for such a name asks for', () => {
    for (const name of ['C++', 'C#', 'F#', '.NET', 'Go', 'R', 'AI', 'UI', 'UX', 'C', '3D']) {
      const token = booleanQuery(name)?.slice(1) ?? ''
      expect(searchWords(`Learn ${name} today`, '').split(' '), name).toContain(token)
      expect(searchWords('A course', `About ${name.toLowerCase()}, in short.`).split(' '), name).toContain(
        token,
      )
    }
    expect(searchWords('C++17 in depth', '').split(' ')).toContain(booleanQuery('c++')?.slice(1))
  })

  it('keep names that share letters apart', () => {
    const names = ['C', 'C++', 'C#', 'Go', '.NET', 'R', 'F#']
    expect(new Set(names.map((name) => booleanQuery(name))).size).toBe(names.length)
  })

  it('join what is written with a dot, a hyphen or an apostrophe', () => {
    expect(searchWords('Node.js and Wi-Fi: don’t panic', '').split(' ')).toEqual(
      expect.arrayContaining(['nodejs', 'wifi', 'dont']),
    )
  })

  it('fit their column, whatever the description', () => {
    const many = Array.from({ length: 50_000 }, (_, i) => String.fromCodePoint(0x4e00 + (i % 20_000))).join(
      ' ',
    )
    expect(new TextEncoder().encode(searchWords('x', many)).length).toBeLessThan(65_535)
    for (const text of nastyQueries) expect(searchWords(text, text)).toMatch(/^[\p{L}\p{M}\p{N}_ ]*$/u)
  })
})
