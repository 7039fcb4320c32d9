import { expect, it } from 'vitest'
import { latch } from '../../test/latch'
import { shareQuestion } from './question'

it('Who asks at one moment shares a question, and who asks later is not answered by an earlier one', async () => {
  const gates = [latch(), latch(), latch()]
  let asked = 0
  const ask = shareQuestion(async () => {
    const number = asked++
    await gates[number]?.opened
    return number
  })
  const first = [ask(), ask()]
  await Promise.resolve()
  const second = [ask(), ask(), ask()]
  gates[0]?.open()
  expect(await Promise.all(first)).toEqual([0, 0])
  gates[1]?.open()
  expect(await Promise.all(second)).toEqual([1, 1, 1])
  gates[2]?.open()
  expect(await ask()).toBe(2)
  expect(asked).toBe(3)
})

it('A question that failed fails for those who shared it alone', async () => {
  let asked = 0
  const ask = shareQuestion(async () => {
    if (asked++ === 0) throw new Error('away')
    return 'back'
  })
  expect(await Promise.allSettled([ask(), ask()])).toMatchObject([
    { status: 'rejected' },
    { status: 'rejected' },
  ])
  expect(await ask()).toBe('back')
})
