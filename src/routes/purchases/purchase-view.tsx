import { BillingCard } from '../../../views/purchases/billing'
import { PapersLink } from '../../../views/purchases/papers'
import type { PurchaseProps } from '../../../views/purchases/purchase'
import type { StateProps } from '../../../views/purchases/purchase-state'
import { hashOf } from '../../crypto'
import type { Order } from '../../models/purchases/order'
import { findPapers } from '../../models/purchases/paper'
import { findPurchaseStatus, type PurchaseStatus } from '../../models/purchases/purchase-history'
import { paths } from '../../paths'
import { canOpenWindows } from '../../rules/purchases/in-app-browser'
import { type Answer, pollSeconds, refreshSeconds, stopsPolling } from '../../rules/purchases/polling'
import { declineReason, isUnpaid, mayPayNow, movingPayment, standingOf } from '../../rules/purchases/standing'
import { imageUrl } from '../../services'
import type { FormProblem } from '../../web/forms'
import type { GuardedContext } from '../../web/guards/found'
import type { PolicyKind } from '../../web/policy'

export type View = PurchaseProps & { policy: PolicyKind }

/** `sinceSeconds` is when the page was opened that asks again, `billing` what was refused. */
export async function openView(
  c: GuardedContext<'ownOrder'>,
  order: Order,
  { answer, sinceSeconds, billing }: { answer: Answer; sinceSeconds?: number; billing?: FormProblem },
): Promise<View> {
  const { services } = c.var
  const [status, papers] = await Promise.all([
    findPurchaseStatus(services, order),
    findPapers(services, order.id),
  ])
  const now = services.now()
  const nowSeconds = Math.floor(now.getTime() / 1000)
  const since = Math.min(sinceSeconds ?? nowSeconds, nowSeconds)
  const isAsking = answer === 'near' || answer === 'due'
  const standing = standingOf({ ...status, isAsking }, now)
  const moving = movingPayment(status.payments, now)
  const everySeconds = pollSeconds(standing, nowSeconds - since)
  const form = isUnpaid(standing) ? checkoutForm(c, status) : null
  const mayPay = status.course.isOnSale && mayPayNow(standing, { moving, isOld: answer === 'due', now })
  const isTaxed = services.config.SELLER_GSTIN !== undefined
  const needsState = isTaxed && order.billingState === null
  const payForm = mayPay && !needsState ? form : null
  const opensWindow = canOpenWindows(c.req.header('User-Agent'))
  const reason = declineReason(order, status.payments)
  const facts = [standing, everySeconds, reason, answer, payForm !== null, mayPay, moneyOf(status)]
  const shown: StateProps['shown'] = {
    seen: (await hashOf(JSON.stringify(facts))).slice(0, 16),
    pay: payForm ? 'yes' : 'no',
    since: String(since),
    ...(isAsking && { asking: 'yes' }),
  }
  return {
    status,
    state: {
      orderId: order.id,
      standing,
      reason,
      ownsOtherwise: status.hasAccess && !status.payments.some(({ outcome }) => outcome === 'granted'),
      isSilent: answer === 'silent',
      canCheck: form !== null,
      everySeconds,
      isStopped: stopsPolling(standing, everySeconds),
      refreshSeconds: refreshSeconds(answer, { standing, moving, now }),
      shown,
    },
    payForm,
    billing: mayPay && form && (
      <BillingCard {...billingOf(order, billing)} isTaxed={isTaxed} isNeeded={needsState} />
    ),
    papers: papers && <PapersLink orderId={order.id} papers={papers} />,
    opensWindow,
    scriptUrl: form && opensWindow ? form.scriptUrl : null,
    imageUrl: imageUrl(services, status.course.imageKey),
    timeZone: services.config.TIME_ZONE,
    terms: services.config,
    policy: form ? 'checkout' : 'page',
  }
}

const billingOf = (order: Order, problem: FormProblem | undefined) => ({
  orderId: order.id,
  values: problem?.values ?? {
    name: order.billingName ?? '',
    gstin: order.billingGstin ?? '',
    state: order.billingState ?? '',
  },
  errors: problem?.errors,
})

const moneyOf = ({ payments, refunds, disputes }: PurchaseStatus) => [
  payments.map(({ id, vendorStatus, outcome }) => [id, vendorStatus, outcome]),
  refunds.map(({ id, state }) => [id, state]),
  disputes.map(({ id, status }) => [id, status]),
]

/** Null where this order cannot be paid at the payment service. */
function checkoutForm(c: GuardedContext<'ownOrder'>, { order, course, buyer }: PurchaseStatus) {
  const { services } = c.var
  const { vendorOrderId, amountPaise } = order
  if (!vendorOrderId || !services.payments) return null
  const { APP_ORIGIN, SITE_NAME } = services.config
  return services.payments.checkoutForm({
    order: { vendorOrderId, amountPaise },
    course: { title: course.title, imageUrl: imageUrl(services, course.imageKey) },
    buyer,
    siteName: SITE_NAME,
    urls: {
      callback: `${APP_ORIGIN}${paths.purchaseCallback({ order: order.id })}`,
      cancel: `${APP_ORIGIN}${paths.purchase(order.id)}`,
    },
  })
}
