import { describe, expect, it } from 'vitest'
import { avatarLimits, megabytes, uploadProblem } from './uploads'

const file = { name: 'me.png', size: 1000, type: 'image/png' }
const problem = (...files: (typeof file)[]) => uploadProblem(avatarLimits, files)

describe('a file before it is sent', () => {
  it('may go up to the size that the page names, and not a byte further', () => {
    expect(problem(file)).toBeNull()
    expect(problem({ ...file, size: 2 * 1024 * 1024 })).toBeNull()
    expect(problem({ ...file, size: 2 * 1024 * 1024 + 1 })).toBe(
      'me.png is larger than 2 MB. Choose a smaller file.',
    )
    expect(problem({ ...file, size: 0 })).toBe('me.png is empty. Choose another file.')
  })

  it('has one of the named types', () => {
    const words = 'me.svg cannot be used here. Choose a JPEG, PNG or WebP file.'
    expect(problem({ ...file, name: 'me.svg', type: 'image/svg+xml' })).toBe(words)
    expect(problem({ ...file, name: 'me.svg', type: '' })).toBe(words)
    for (const type of ['image/jpeg', 'image/webp']) expect(problem({ ...file, type })).toBeNull()
  })

  it('comes alone where only one is wanted', () => {
    expect(problem()).toBe('Choose a file.')
    expect(problem(file, file)).toBe('Choose one file only.')
    expect(uploadProblem({ ...avatarLimits, maxCount: 2 }, [file, file, file])).toBe(
      'Choose at most 2 files.',
    )
  })

  it('is measured in words', () => {
    expect(megabytes(1.5 * 1024 * 1024)).toBe('1.5 MB')
  })
})
