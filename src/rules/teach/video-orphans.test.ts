import { expect, it } from 'vitest'
import { areTooMany } from './video-orphans'

it.each([
  [0, 0, false],
  [1, 0, true],
  [1, 19, true],
  [1, 20, false],
  [5, 100, false],
  [5, 99, true],
  [6, 1000, true],
])('%i orphans of %i assets are too many: %s', (orphans, assets, expected) => {
  expect(areTooMany(orphans, assets)).toBe(expected)
})
