import { isUnpaid, type Standing } from '../../src/rules/purchases/standing'
import type { Step } from '../parts/progress'

interface Shown {
  standing: Standing
  /** Why the last payment was declined. */
  reason: string | null
  /** By another purchase than this one. */
  ownsOtherwise: boolean
  isSilent: boolean
}

const headlines: Record<Standing, string> = {
  'not-opened': 'Not paid',
  'not-paid': 'Not paid',
  declined: 'Declined',
  checking: 'We are checking with Razorpay',
  confirming: 'Confirming your payment',
  expired: 'Not paid',
  owned: 'You already own this course',
  in: 'You are in',
  disputed: 'This payment is disputed',
  held: 'We are looking into this payment',
  returning: 'Refund on its way',
  returned: 'Refunded',
  lost: 'Your bank took this payment back',
  ended: 'Your access has ended',
}

export const shortHeadline = (standing: Standing): string => headlines[standing]

export const headline = ({ standing, reason }: Pick<Shown, 'standing' | 'reason'>): string =>
  standing === 'declined' && reason ? `Declined: ${reason}` : headlines[standing]

const texts: Record<Standing, string> = {
  'not-opened':
    'Razorpay, our payment service, did not respond when we opened this order. Your order is kept.',
  'not-paid':
    'This order is waiting for your payment. If you have already paid, this page updates in a moment.',
  declined:
    'You can try again, or pay another way. If money has left your account, it will either arrive here or your bank will return it automatically.',
  checking: 'This takes a few seconds. If the order is paid, your course opens.',
  confirming:
    'Razorpay has your payment, but your bank has not confirmed it yet. Usually that takes less than a minute. You can close this page: we will email you when you are in.',
  expired: 'This order is closed. If you did pay, check again and your payment will count.',
  owned: 'There is nothing to pay. If you did pay for this order, you get that money back.',
  in: 'The course is yours. We are emailing you a receipt.',
  disputed: 'Your bank is asking for this payment back. You keep the course until that is decided.',
  held: 'We have your payment, but somebody on our team has to look at it. You will hear from us by email: either the course opens or you get your money back.',
  returning:
    'This payment is going back to you. Your bank usually takes five to seven working days to show it.',
  returned: 'This purchase was refunded. Your bank may take five to seven working days to show the money.',
  lost: 'The dispute about this payment was decided in your favour, so your access to the course has ended.',
  ended: 'This purchase no longer opens the course. Ask the team that runs this site if you think it should.',
}

const silent = 'Razorpay is not responding right now. We keep checking, and this page updates when it does.'

export function explanation({ standing, ownsOtherwise, isSilent }: Shown): string {
  if (isSilent && isUnpaid(standing)) return silent
  if (ownsOtherwise && (standing === 'returning' || standing === 'returned'))
    return `You already own this course, so you get this payment back. ${texts.returning.split('. ')[1]}`
  return texts[standing]
}

/** What is to come, before paying. */
export const whatHappensNext: Step[] = [
  { title: 'You pay', text: 'By UPI, card or net banking. We never see your card.', state: 'current' },
  {
    title: 'Your payment is confirmed',
    text: 'Usually within seconds, even if you close this page.',
    state: 'waiting',
  },
  { title: 'You are in', text: 'The course opens and we email you a receipt.', state: 'waiting' },
]

/** How far a payment has come; null where it has another end. */
export function steps(standing: Standing): Step[] | null {
  if (standing !== 'confirming' && standing !== 'in') return null
  const isIn = standing === 'in'
  return [
    { title: 'Razorpay has your payment', state: 'done' },
    { title: 'Your bank has confirmed it', state: isIn ? 'done' : 'current' },
    { title: 'You are in', state: isIn ? 'done' : 'waiting' },
  ]
}
