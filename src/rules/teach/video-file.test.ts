import { describe, expect, it } from 'vitest'
import { titleFromFile, videoFileProblem } from './video-file'

describe('the title from a file', () => {
  it.each([
    ['03_the-first_loop.mp4', 'The first loop'],
    ['1. Hello.mov', 'Hello'],
    ['10 - Closing words.mp4', 'Closing words'],
    ['2024 in review.mp4', '2024 in review'],
    ['007.mp4', '007'],
    ['नमस्ते दुनिया.mp4', 'नमस्ते दुनिया'],
    ['3-2-1 countdown.webm', '3-2-1 countdown'],
    ['.mp4', 'Untitled chapter'],
    ['no ending', 'No ending'],
    [`${'a'.repeat(300)}.mp4`, `A${'a'.repeat(119)}`],
  ])('%s is %s', (name, title) => {
    expect(titleFromFile(name)).toBe(title)
  })
})

describe('a file that is to be a video', () => {
  it('is taken by its type or its ending, of any size but none', () => {
    expect(videoFileProblem({ name: 'a.mp4', size: 5e11, type: 'video/mp4' })).toBeNull()
    expect(videoFileProblem({ name: 'a.MKV', size: 1, type: '' })).toBeNull()
    expect(videoFileProblem({ name: 'a', size: 1, type: 'video/webm' })).toBeNull()
    expect(videoFileProblem({ name: 'a.mp4', size: 0, type: 'video/mp4' })).toContain('is empty')
    expect(videoFileProblem({ name: 'a.pdf', size: 1, type: 'application/pdf' })).toContain('is not a video')
  })
})
