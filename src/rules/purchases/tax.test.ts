import { describe, expect, it } from 'vitest'
import { type Amounts, creditOf, includedTax, type Supply, sumAmounts, supplyOf, taxOf } from './tax'

describe('includedTax', () => {
  it('takes the tax out of the price', () => {
    expect(includedTax(118_000, 18, 'across states')).toEqual({
      ...{ totalPaise: 118_000, taxablePaise: 100_000 },
      ...{ cgstPaise: 0, sgstPaise: 0, igstPaise: 18_000 },
    })
    expect(includedTax(49_900, 18, 'within state')).toEqual({
      ...{ totalPaise: 49_900, taxablePaise: 42_288 },
      ...{ cgstPaise: 3806, sgstPaise: 3806, igstPaise: 0 },
    })
    expect(includedTax(49_900, 18, 'none')).toMatchObject({
      taxablePaise: 49_900,
      cgstPaise: 0,
      igstPaise: 0,
    })
    expect(taxOf(includedTax(49_900, 0, 'within state'))).toBe(0)
  })

  it('rounds half a paisa up', () => {
    expect(includedTax(3, 100, 'across states').igstPaise).toBe(2)
    expect(includedTax(2, 100, 'within state').cgstPaise).toBe(1)
  })
})

describe('creditOf', () => {
  it('gives each part back in proportion and ends with nothing', () => {
    const paper = includedTax(49_900, 18, 'within state')
    const first = creditOf(paper, [], 10_001)
    expect(first).toMatchObject({ totalPaise: 10_001, cgstPaise: 763, sgstPaise: 763 })
    const rest = creditOf(paper, [first], 39_899)
    expect(sumAmounts([first, rest])).toEqual(paper)
    expect(creditOf(paper, [first, rest], 500).totalPaise).toBe(0)
  })

  it('credits no more than the paper says, whatever went back with it', () => {
    const paper = includedTax(49_900, 18, 'across states')
    expect(creditOf(paper, [], 51_000)).toEqual(paper)
  })
})

describe('supplyOf', () => {
  it('is within the state unless the buyer is known to be elsewhere', () => {
    const seller = { gstin: '29AAGCB7383J1Z4', state: '29' }
    expect([supplyOf(seller, '29'), supplyOf(seller, null)]).toEqual(['within state', 'within state'])
    expect([supplyOf(seller, '27'), supplyOf(seller, '96')]).toEqual(['across states', 'across states'])
    expect(supplyOf({ gstin: null, state: '29' }, '29')).toBe('none')
  })
})

/** A sequence that is the same on every run (mulberry32). */
function sequence(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const supplies: Supply[] = ['none', 'within state', 'across states']
const rates = [0, 0.1, 0.25, 1.5, 3, 5, 12, 18, 28, 40]

function problemOf(amounts: Amounts): string | null {
  const { totalPaise, taxablePaise, cgstPaise, sgstPaise, igstPaise } = amounts
  if (taxablePaise + cgstPaise + sgstPaise + igstPaise !== totalPaise) return 'parts and total differ'
  return Object.values(amounts).some((part) => part < 0 || !Number.isInteger(part))
    ? 'a part below zero'
    : null
}

/** The whole price goes back in up to five refunds, each of them a paper of its own. */
function problemOfSale(random: (below: number) => number): string | null {
  const total = random(3) === 0 ? 1 + random(40) : 100 + random(50_000_000)
  const rate = rates[random(rates.length)] ?? 18
  const paper = includedTax(total, rate, supplies[random(3)] ?? 'none')
  const notes: Amounts[] = []
  for (let left = total; left > 0; ) {
    const back = notes.length === 4 ? left : 1 + random(left)
    const note = creditOf(paper, notes, back)
    if (note.totalPaise !== back) return 'not all went back'
    notes.push(note)
    left -= back
  }
  const problem = [paper, ...notes].map(problemOf).find((found) => found !== null)
  if (problem) return problem
  const sum = sumAmounts(notes)
  const isSame = (Object.keys(paper) as (keyof Amounts)[]).every((part) => sum[part] === paper[part])
  return isSame ? null : `${JSON.stringify(paper)} and ${JSON.stringify(notes)} do not cancel`
}

describe('all papers of random sales', () => {
  const rounds = Number(process.env.TAX_ROUNDS ?? 200_000)
  it('have parts that are their totals, and cancel to the paisa', { timeout: 60_000 }, () => {
    const random = sequence(20_261_125)
    let problem: string | null = null
    for (let round = 0; round < rounds && problem === null; round++) problem = problemOfSale(random)
    expect(problem).toBeNull()
  })
})
