import { paths } from '../../src/paths'
import type { Standing } from '../../src/rules/purchases/standing'
import { Button } from '../parts/button'
import { StepList } from '../parts/progress'
import { explanation, headline, steps } from './purchase-words'

export interface StateProps {
  orderId: string
  standing: Standing
  /** Why the last payment was declined. */
  reason: string | null
  /** The course, by another purchase than this one. */
  ownsOtherwise: boolean
  /** The payment service did not answer when it was asked. */
  isSilent: boolean
  canCheck: boolean
  /** Null when the page does not ask again by itself; `isStopped` when it did before. */
  everySeconds: number | null
  isStopped: boolean
  /** The same where no scripts run; null while somebody may be reading the form. */
  refreshSeconds: number | null
  /** What this page shows, so that the same is not sent again. */
  shown: { seen: string; pay: string; since: string; asking?: 'yes' }
}

/** Asks again by itself; nothing is swapped as long as nothing has changed. */
export function PurchaseState(props: StateProps) {
  const { orderId, standing, everySeconds, isStopped, shown } = props
  const poll = everySeconds
    ? {
        'hx-get': paths.purchase(orderId, shown),
        'hx-trigger': `every ${everySeconds}s`,
        'hx-swap': 'outerHTML',
      }
    : {}
  const way = steps(standing)
  return (
    <section id="purchase-state" class="card purchase-state" data-standing={standing} {...poll}>
      <div role="status">
        <h2>{headline(props)}</h2>
        <p class="soft">{explanation(props)}</p>
      </div>
      {way ? <StepList steps={way} /> : null}
      {props.refreshSeconds ? (
        <noscript>
          <p>This page refreshes every {props.refreshSeconds} seconds.</p>
        </noscript>
      ) : null}
      {isStopped ? <p>This page no longer updates automatically.</p> : null}
      {props.canCheck ? <CheckForm orderId={orderId} shown={shown} /> : null}
      <p role="status" data-checkout-status class="soft" />
    </section>
  )
}

function CheckForm({ orderId, shown }: Pick<StateProps, 'orderId' | 'shown'>) {
  const action = paths.purchaseCheck(orderId)
  return (
    <form
      method="post"
      action={action}
      hx-post={action}
      hx-target="#purchase-state"
      hx-swap="outerHTML"
      hx-sync="this:drop"
      data-check
    >
      <input type="hidden" name="pay" value={shown.pay} />
      <Button id="purchase-check">I have paid: check now</Button>
    </form>
  )
}
