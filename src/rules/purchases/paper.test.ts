import { describe, expect, it } from 'vitest'
import { buyersFeePaise, type Paper, paperDate, paperLines, placeOfSupply, sellerLines } from './paper'
import { includedTax, type Supply } from './tax'

function paper(supply: Supply, ratePercent: number | null = 18): Paper {
  return {
    ...includedTax(49_900, ratePercent ?? 0, supply),
    ...{ kind: 'invoice', number: '26-27/000001', paymentId: 'pay_1', refundId: null },
    issuedAt: new Date('2027-03-31T18:30:00Z'),
    details: {
      seller: {
        name: 'Meera Learning',
        address: '12 MG Road\nBengaluru',
        gstin: '29AAGCB7383J1Z4',
        state: '29',
      },
      buyer: {
        name: 'Asha',
        email: 'asha@example.com',
        gstin: null,
        state: supply === 'across states' ? '27' : null,
      },
      ...{ text: 'Online course: Queues', sac: '999293', ratePercent },
    },
  }
}

describe('a paper', () => {
  it('names its taxes by rate', () => {
    expect(paperLines(paper('within state'))).toEqual([
      ['Taxable value', '₹422.88'],
      ['CGST at 9%', '₹38.06'],
      ['SGST at 9%', '₹38.06'],
      ['Total', '₹499'],
    ])
    expect(paperLines(paper('across states')).map(([label]) => label)).toEqual([
      'Taxable value',
      'IGST at 18%',
      'Total',
    ])
    expect(paperLines(paper('none', null))).toEqual([['Total', '₹499']])
  })

  it('says where the tax is due and who sold', () => {
    expect(placeOfSupply(paper('across states'))).toBe('Maharashtra (27)')
    expect(placeOfSupply(paper('within state'))).toBe('Karnataka (29)')
    expect(placeOfSupply(paper('none', null))).toBe('')
    expect(sellerLines(paper('none'))).toEqual([
      ...['Meera Learning', '12 MG Road', 'Bengaluru', 'Karnataka (29)', 'GSTIN 29AAGCB7383J1Z4'],
    ])
  })

  it('bears the date of India', () => {
    expect(paperDate(paper('none').issuedAt)).toBe('1 April 2027')
  })

  it('keeps the fee of the payment service apart', () => {
    const paid = (amountPaise: number, currency = 'INR') => ({
      amountPaise,
      currency,
      method: null,
      paidAt: new Date(),
    })
    expect([51_078, 49_900, 44_910].map((paise) => buyersFeePaise(paper('none'), paid(paise)))).toEqual([
      1178, 0, 0,
    ])
    expect(buyersFeePaise(paper('none'), paid(99_900, 'USD'))).toBe(0)
  })
})
