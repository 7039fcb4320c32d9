import type { Child } from 'hono/jsx'
import type { OrderLetter, RefundLetterData, Site } from '../../../views/mail/letter'
import { ReceiptLetter, receiptText } from '../../../views/mail/receipt'
import { RefundLetter, refundText } from '../../../views/mail/refund'
import type { Letter } from './mail'

type Content = Omit<Letter, 'to'>

export const receiptLetter = async (site: Site, data: OrderLetter): Promise<Content> => ({
  subject: `Receipt: ${data.course.title}`,
  text: receiptText(site, data),
  html: await html(<ReceiptLetter site={site} {...data} />),
})

export const refundLetter = async (site: Site, data: RefundLetterData): Promise<Content> => ({
  subject: `Refund: ${data.course.title}`,
  text: refundText(site, data),
  html: await html(<RefundLetter site={site} {...data} />),
})

const html = async (letter: Child): Promise<string> => `<!doctype html>${await String(letter)}`
