import { paths } from '../../src/paths'
import type { CheckoutForm } from '../../src/ports/payments/payments'
import { rupees } from '../../src/rules/format'
import { Button } from '../parts/button'
import { Card } from '../parts/card'
import { CourseImage } from '../parts/course-image'
import { PageHeader } from '../parts/page-header'
import { type Step, StepList } from '../parts/progress'

interface CheckoutProps {
  course: { title: string; slug: string; instructor: string; imageUrl: string | null }
  amountPaise: number
  /** Where scripts run, `checkout.ts` opens its window over the page. */
  form: CheckoutForm
}

export function CheckoutPage({ course, amountPaise, form }: CheckoutProps) {
  return (
    <div class="wrap">
      <PageHeader title="Checkout" lead="Pay securely with Razorpay, then come straight back here." />
      <div class="checkout">
        <Card>
          <CourseImage title={course.title} categoryName={null} imageUrl={course.imageUrl} eager />
          <div>
            <h2>{course.title}</h2>
            <p class="soft">by {course.instructor}</p>
          </div>
          <dl class="details-list">
            <dt>You get</dt>
            <dd>The whole course, as long as this site runs</dd>
            <dt>You pay</dt>
            <dd>Once; there is no subscription</dd>
          </dl>
        </Card>
        <div class="stack">
          <Card>
            <p class="amount">{rupees(amountPaise)}</p>
            <form method="post" action={form.action} data-checkout>
              {Object.entries(form.fields).map(([name, value]) => (
                <input type="hidden" name={name} value={value} />
              ))}
              <Button kind="primary" large wide>
                Pay {rupees(amountPaise)}
              </Button>
            </form>
            <form method="post" action={paths.purchaseReceipt()} data-receipt hidden />
            <p role="status" data-checkout-status class="soft" />
            <p>
              <a href={paths.course(course.slug)}>Back to the course</a>
            </p>
          </Card>
          <Card title="What happens next">
            <StepList steps={whatHappensNext} />
          </Card>
        </div>
      </div>
      <script src={form.scriptUrl} async />
    </div>
  )
}

const whatHappensNext: Step[] = [
  { title: 'You pay', text: 'By UPI, card or net banking. We never see your card.', state: 'current' },
  {
    title: 'Your payment is confirmed',
    text: 'Usually within seconds, even if you close this page.',
    state: 'waiting',
  },
  { title: 'You are in', text: 'The course opens and we email you a receipt.', state: 'waiting' },
]
