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
  owned: 'You own this course already',
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
    'Razorpay, our payment service, did not answer when this order was opened. Your order is kept.',
  'not-paid':
    'This order waits for your payment. If you have paid it already, this page shows that in a moment.',
  declined:
    'You can try again, also in another way. If money has left your account, it either still arrives here or your bank returns it by itself.',
  checking: 'This takes a few seconds. If the order is paid, your course opens.',
  confirming:
    'Razorpay has your payment and your bank has not confirmed it yet. Usually that takes less than a minute. You can close this page: we email you when you are in.',
  expired: 'This order is closed. If you have paid for it all the same, check again and the payment counts.',
  owned: 'There is nothing to pay. If you have paid this order all the same, you get that money back.',
  in: 'The course is yours. A receipt comes to you by email.',
  disputed: 'Your bank is asking for this payment back. You keep the course until that is decided.',
  held: 'We have your payment, but something about it needs a person to look at. You hear from us by email, and either the course opens or you get your money back.',
  returning: 'This payment goes back to you. Your bank usually takes five to seven working days to show it.',
  returned: 'This purchase was refunded. Your bank may take five to seven working days to show the money.',
  lost: 'The dispute about this payment was decided for you, so your access to the course has ended.',
  ended: 'This purchase no longer opens the course. Ask the team that runs this site if you think it should.',
}

const silent = 'Razorpay does not answer just now. We keep asking, and this page shows the answer.'

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
