import { describe, expect, it } from 'vitest'
import { isSlug, slugFrom } from './slug'

describe('a slug', () => {
  it('reads like the title', () => {
    expect(slugFrom('Queues, from first principles')).toBe('queues-from-first-principles')
    expect(slugFrom('  Café & naïve   Bayes ')).toBe('cafe-and-naive-bayes')
    expect(slugFrom('Don’t panic')).toBe('dont-panic')
    expect(slugFrom('C++ and C# for beginners')).toBe('c-plus-plus-and-c-sharp-for-beginners')
  })

  it('is empty when nothing of the title can be part of a slug', () => {
    expect(slugFrom('हिन्दी')).toBe('')
    expect(slugFrom('🎉 / ..')).toBe('')
  })

  it('is always a slug, however long the title', () => {
    for (const title of ['a'.repeat(500), `${'word '.repeat(40)}`, '-x-', 'A--B'])
      expect(isSlug(slugFrom(title))).toBe(true)
  })

  it('is told from what is none', () => {
    for (const text of ['', 'A', 'a b', '-a', 'a-', 'a--b', 'é', '../x', 'a\0', 'x'.repeat(141)])
      expect(isSlug(text)).toBe(false)
    expect(isSlug('course-019ab')).toBe(true)
  })
})
