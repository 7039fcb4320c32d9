export interface Taxes {
  cgstPaise: number
  sgstPaise: number
  igstPaise: number
}
/** Parts and total always agree to the paisa. */
export interface Amounts extends Taxes {
  totalPaise: number
  taxablePaise: number
}

/** CGST and SGST within a state, IGST across its border. */
export type Supply = 'none' | 'within state' | 'across states'

/** Without a known state of the buyer the law takes the seller's. */
export function supplyOf(
  seller: { gstin: string | null; state: string | null },
  buyerState: string | null,
): Supply {
  if (seller.gstin === null) return 'none'
  return buyerState === null || buyerState === seller.state ? 'within state' : 'across states'
}

/**
 * What a price holds of tax. Each tax is rounded to the nearest paisa, half a paisa up, CGST and
 * SGST are equal, and the taxable value is what remains of the price.
 */
export function includedTax(totalPaise: number, ratePercent: number, supply: Supply): Amounts {
  const rate = Math.round(ratePercent * 100)
  const share = (part: number) => roundedDivision(totalPaise * part, 2 * (10_000 + rate))
  const half = supply === 'within state' ? share(rate) : 0
  const whole = supply === 'across states' ? share(2 * rate) : 0
  return withTaxable(totalPaise, { cgstPaise: half, sgstPaise: half, igstPaise: whole })
}

/**
 * A refund's part of a paper of which `credited` went back before: in proportion to all that is
 * back then, so that the sums cancel exactly when nothing is left.
 */
export function creditOf(paper: Amounts, credited: Amounts[], refundPaise: number): Amounts {
  const before = sumAmounts(credited)
  const totalPaise = Math.max(0, Math.min(refundPaise, paper.totalPaise - before.totalPaise))
  const back = before.totalPaise + totalPaise
  let left = totalPaise
  const take = (part: keyof Taxes) => {
    const wanted = paper.totalPaise === 0 ? 0 : roundedDivision(paper[part] * back, paper.totalPaise)
    const taken = Math.max(0, Math.min(left, wanted - before[part]))
    left -= taken
    return taken
  }
  return withTaxable(totalPaise, {
    cgstPaise: take('cgstPaise'),
    sgstPaise: take('sgstPaise'),
    igstPaise: take('igstPaise'),
  })
}

export function sumAmounts(list: Amounts[]): Amounts {
  const sum: Amounts = { totalPaise: 0, taxablePaise: 0, cgstPaise: 0, sgstPaise: 0, igstPaise: 0 }
  for (const one of list) for (const part of Object.keys(sum) as (keyof Amounts)[]) sum[part] += one[part]
  return sum
}

export const taxOf = ({ cgstPaise, sgstPaise, igstPaise }: Taxes): number => cgstPaise + sgstPaise + igstPaise

const withTaxable = (totalPaise: number, taxes: Taxes): Amounts => ({
  totalPaise,
  taxablePaise: totalPaise - taxOf(taxes),
  ...taxes,
})

/** Half up, without a fraction in between: both are whole and their product stays exact. */
function roundedDivision(dividend: number, divisor: number): number {
  const rest = dividend % divisor
  return (dividend - rest) / divisor + (2 * rest >= divisor ? 1 : 0)
}
