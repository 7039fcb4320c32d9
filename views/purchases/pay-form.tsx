import { paths } from '../../src/paths'
import type { CheckoutForm } from '../../src/ports/payments/payments'
import { rupees } from '../../src/rules/format'
import { Button } from '../parts/button'
import { Card } from '../parts/card'

interface Props {
  amountPaise: number
  form: CheckoutForm
  /** Otherwise the form leads to the payment page, also where scripts run. */
  opensWindow: boolean
}

/** Where scripts run, `checkout.ts` opens its window over the page. */
export function PayForm({ amountPaise, form, opensWindow }: Props) {
  return (
    <Card id="pay">
      <p class="amount">{rupees(amountPaise)}</p>
      <form method="post" action={form.action} data-checkout={opensWindow ? '' : undefined}>
        {Object.entries(form.fields).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <Button kind="primary" large wide id="purchase-next">
          Pay now
        </Button>
      </form>
      <p class="soft label-size">You pay once, securely with Razorpay. There is no subscription.</p>
    </Card>
  )
}

/** Outside of what is swapped: a script runs once, and a receipt is on its way. */
export function PaymentWindow({ scriptUrl }: { scriptUrl: string }) {
  return (
    <>
      <form method="post" action={paths.purchaseReceipt()} data-receipt hidden />
      <script src={scriptUrl} async />
    </>
  )
}
