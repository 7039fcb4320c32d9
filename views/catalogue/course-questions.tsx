import type { Child } from 'hono/jsx'
import { paths } from '../../src/paths'

/** What people ask before they decide; `isFree` leaves out what is about money. */
export function CourseQuestions({ isFree }: { isFree: boolean }) {
  return (
    <section aria-labelledby="questions">
      <div class="section-head">
        <h2 id="questions">Questions</h2>
      </div>
      <div class="stack">
        <Question title="How long can I watch?">
          As long as you like. The course stays in your library, also when it is no longer on sale.
        </Question>
        <Question title="Can I watch on my phone?">
          Yes. Lessons play in the browser of a phone, tablet or computer, and open where you stopped.
        </Question>
        {isFree ? null : (
          <>
            <Question title="How can I pay?">
              By UPI, card or net banking, through Razorpay. We never see your card.
            </Question>
            <Question title="I paid but something went wrong. What now?">
              Do not pay twice. Open <a href={paths.purchases()}>My purchases</a>: it shows where your payment
              stands, and finds a payment by its number. Money for a payment that did not succeed goes back by
              itself.
            </Question>
            <Question title="How do refunds work?" id="refunds">
              A refund goes back the way you paid; banks usually take five to seven working days. You get a
              mail when it is done, and access to the course ends with it.
            </Question>
          </>
        )}
      </div>
    </section>
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
