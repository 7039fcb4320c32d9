import type { Child } from 'hono/jsx'
import { paths } from '../../src/paths'
import type { RefundTerms } from '../../src/rules/purchases/refund-rule'
import { Section } from '../parts/page-header'
import { RefundPromise } from '../parts/refund-promise'

export function CourseQuestions({ isFree, terms }: { isFree: boolean; terms: RefundTerms }) {
  return (
    <Section id="questions" title="Questions">
      <div class="stack">
        <Question title="How long can I watch?">
          As long as you like. The course stays in your library, even after it is taken off sale.
        </Question>
        <Question title="Can I watch on my phone?">
          Yes. Lessons play in the browser on your phone, tablet or computer, and pick up where you left off.
        </Question>
        {isFree ? null : (
          <>
            <Question title="How can I pay?">
              By UPI, card or net banking, through Razorpay. We never see your card details.
            </Question>
            <Question title="I paid, but something went wrong. What now?">
              Do not pay twice. <a href={paths.purchases()}>My purchases</a> shows the status of your payment
              and can look up a payment by its ID. Failed payments are returned automatically.
            </Question>
            <Question title="How do refunds work?" id="refunds">
              <RefundPromise terms={terms} /> Refunds go back the way you paid. Banks usually take five to
              seven working days. We email you when the refund is done, and your access to the course ends
              with it.
            </Question>
          </>
        )}
      </div>
    </Section>
  )
}

function Question({ title, id, children }: { title: string; id?: string; children: Child }) {
  return (
    <div class="measure" id={id}>
      <h3>{title}</h3>
      <p class="soft">{children}</p>
    </div>
  )
}
