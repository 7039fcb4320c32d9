import { expect, it } from 'vitest'
import { readError } from './told-error'

it.each([
  ['connect ECONNREFUSED', 'connect ECONNREFUSED', []],
  [
    'AppError [upstream]: Nobody answers. < Error [EPROTOCOL]: no greeting < Error: 421',
    'Nobody answers.',
    ['Error [EPROTOCOL]: no greeting', 'Error: 421'],
  ],
  ['Error: a < b', 'Error: a', ['b']],
  ['', '', []],
])('The error “%s” is told by its sentence, with its causes behind it', (kept, said, causes) => {
  expect(readError(kept)).toEqual({ said, causes })
})
