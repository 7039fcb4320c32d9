import { paymentNumbers } from '../addresses'
import { memberPassword } from '../member'

export type FormName = 'good' | 'bad'

/** Every field of every form, as it would be taken; what a form does not know it leaves. */
const good = {
  name: 'Asha Rao',
  email: 'asha.rao@new.example.com',
  password: memberPassword,
  currentPassword: memberPassword,
  phoneNumber: '+91 98765 43210',
  title: 'Queues in practice',
  description: 'What waits, and why.',
  price: '499',
  level: 'beginner',
  outcomes: 'Name three queues',
  isFree: 'on',
  completed: 'on',
  seconds: '7',
  role: 'instructor',
  theme: 'dark',
  code: '123456',
  token: 'a-token-of-nobody',
  reason: 'The buyer asked for it by phone.',
  amount: '100',
  gstin: '',
  state: '29',
}

/** The same fields with what no form takes. */
const bad: Record<keyof typeof good, string> = {
  ...{ name: '', email: 'nobody', password: '', currentPassword: '', phoneNumber: 'none' },
  ...{ title: '', description: 'x'.repeat(20_000), price: 'none', level: 'none', isFree: 'maybe' },
  ...{ outcomes: 'x'.repeat(300), completed: 'maybe', seconds: 'none', role: 'owner', theme: 'none' },
  ...{ code: 'none', token: '', reason: '', amount: 'none', gstin: 'none', state: 'none' },
}

/** A form for whatever address, with the ids that some of them carry. */
export function formOf(which: FormName, ids: Record<string, string>): URLSearchParams {
  if (which === 'bad')
    return new URLSearchParams({ ...bad, categoryId: 'none', chapter: 'none', reference: '' })
  const { vendorOrderId, paymentId } = paymentNumbers(ids.orderId ?? '')
  return new URLSearchParams({
    ...{
      ...good,
      categoryId: ids.categoryId ?? '',
      courseId: ids.courseId ?? '',
      chapter: ids.chapterId ?? '',
      reference: ids.orderId ?? '',
    },
    ...{ razorpay_order_id: vendorOrderId, razorpay_payment_id: paymentId },
    razorpay_signature: '0'.repeat(64),
  })
}
