import { describe, expect, it } from 'vitest'
import { passwordResetContent } from './account-emails'
import { EmailPage, emailText } from './email'
import { receiptContent, refundContent } from './order-emails'

const site = { APP_ORIGIN: 'https://learn.example', SITE_NAME: 'CodeCrafters', TIME_ZONE: 'Asia/Kolkata' }
const reset = (name: string) =>
  passwordResetContent(site, { name, code: '012345', codeSeconds: 45, token: 'secret' })
const order = {
  order: {
    id: 'o1',
    amountPaise: 49_900,
    paymentId: 'p1',
    paidAt: new Date('2026-11-22T12:00:00.000Z'),
    state: 'paid',
  },
  buyer: { name: 'Asha Rao', email: 'asha@example.com' },
  course: { title: 'Queues & Stacks', slug: 'queues' },
  papers: null,
}

describe('an email as text', () => {
  it('greets by name and holds the code on a line of its own', () => {
    const lines = emailText(reset('Asha Rao'), site).split('\n')
    expect(lines[0]).toBe('Hello Asha Rao,')
    expect(lines).toContain('012345')
    expect(lines).toContain('https://learn.example/password-reset/link?token=secret')
    expect(lines.slice(-3)).toEqual(['', 'CodeCrafters', ''])
  })

  it('does not repeat a name with a link in it, because anybody can sign up with another’s address', () => {
    for (const name of ['Win a prize at evil.example', 'https://evil.example', 'me@evil.example'])
      expect(emailText(reset(name), site)).toMatch(/^Hello,\n/)
    expect(emailText(reset('Dr. Asha Rao'), site)).toMatch(/^Hello Dr\. Asha Rao,\n/)
  })

  it('lists the numbers of an order, and none that it does not have', () => {
    const text = emailText(receiptContent(site, order), site)
    expect(text).toContain('We have received your payment of ₹499 for "Queues & Stacks" on')
    expect(text).toContain('Payment number: p1\nYour purchase: https://learn.example/purchases/o1')
    const unpaid = { ...order, order: { ...order.order, paymentId: null, paidAt: null } }
    expect(emailText(receiptContent(site, unpaid), site)).not.toContain('Payment number')
  })

  it('tells what became of a refund', () => {
    const textOf = (state: 'pending' | 'failed', orderState = 'paid') => {
      const refund = { id: 'r1', amountPaise: 10_000, state }
      return emailText(
        refundContent(site, { ...order, order: { ...order.order, state: orderState }, refund }),
        site,
      )
    }
    expect(textOf('pending')).toContain('We are returning ₹100')
    expect(textOf('pending', 'duplicate')).toContain('you owned it already, so ₹100 goes back to you')
    expect(textOf('failed')).toContain('could not be completed')
  })
})

describe('an email as HTML', () => {
  it('says the same, with everything typed by people as text', async () => {
    const email = receiptContent(site, {
      ...order,
      buyer: { ...order.buyer, name: '<b>Asha</b>' },
      course: { title: '<script>alert(1)</script>', slug: 'queues' },
      papers: null,
    })
    const html = await String(<EmailPage email={{ ...email, recipient: '<b>Asha' }} site={site} />)
    expect(html).toContain('Hello &lt;b&gt;Asha,')
    expect(html).toContain('&lt;script&gt;')
    expect(html).not.toContain('<script>')
    expect(html).toContain('href="https://learn.example/learn/queues"')
    expect(html).toContain('<a href="https://learn.example/purchases/o1">')
  })

  it('shows the code in large digits and the button below it', async () => {
    const html = await String(<EmailPage email={reset('Asha Rao')} site={site} />)
    expect(html).toMatch(/letter-spacing:6px">012345</)
    expect(html.indexOf('012345')).toBeLessThan(html.indexOf('token=secret'))
  })
})
