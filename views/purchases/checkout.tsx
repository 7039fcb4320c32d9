import { paths } from '../../src/paths'
import { rupees } from '../../src/rules/format'
import { Button } from '../parts/button'
import { Card } from '../parts/card'
import { CourseImage } from '../parts/course-image'
import { PageHeader } from '../parts/page-header'
import { type Step, StepList } from '../parts/progress'

export interface CheckoutProps {
  course: { title: string; slug: string; instructor: string; imageUrl: string | null }
  amountPaise: number
  /** Razorpay's hosted checkout, by its own field names; `checkout.ts` opens the window over it where scripts run. */
  hosted: { action: string; fields: Record<string, string> }
  scriptUrl: string
}

/** What is bought, for how much, from whom, and what happens next. */
export function CheckoutPage({ course, amountPaise, hosted, scriptUrl }: CheckoutProps) {
  return (
    <div class="wrap">
      <PageHeader title="Check and pay" lead="You pay on Razorpay's secure page and come back here." />
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
            <form method="post" action={hosted.action} data-checkout>
              {Object.entries(hosted.fields).map(([name, value]) => (
                <input type="hidden" name={name} value={value} />
              ))}
              <Button kind="primary" large wide>
                Pay {rupees(amountPaise)}
              </Button>
            </form>
            <form method="post" action={paths.purchaseReceipt()} data-receipt hidden>
              <input type="hidden" name="razorpay_order_id" />
              <input type="hidden" name="razorpay_payment_id" />
              <input type="hidden" name="razorpay_signature" />
            </form>
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
      <script src={scriptUrl} async />
    </div>
  )
}

const whatHappensNext: Step[] = [
  { title: 'You pay', text: 'By UPI, card or net banking. We never see your card.', state: 'current' },
  {
    title: 'The bank tells us',
    text: 'Usually within seconds, even if you close this page.',
    state: 'waiting',
  },
  { title: 'You are in', text: 'The course opens and a receipt is on its way by mail.', state: 'waiting' },
]
