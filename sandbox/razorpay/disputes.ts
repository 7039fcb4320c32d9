import type { Store } from '../store'
import {
  type Announce,
  type Dispute,
  type Payment,
  type Records,
  type Settings,
  secondsAt,
  vendorId,
} from './entities'
import { found, Refused } from './refusal'

export const phases = ['created', 'under_review', 'action_required', 'won', 'lost', 'closed'] as const
export type Phase = (typeof phases)[number]

const DAYS_TO_RESPOND = 7
const statusIn: Record<Phase, Dispute['status']> = {
  created: 'open',
  under_review: 'under_review',
  action_required: 'open',
  won: 'won',
  lost: 'lost',
  closed: 'closed',
}

/** What payers' banks take back: https://razorpay.com/docs/payments/disputes */
export function openDisputes(store: Store<Records>, settings: Settings, announce: Announce) {
  const { state } = store
  const isOpen = ({ status }: Dispute) => status === 'open' || status === 'under_review'

  function create(payment: Payment): Dispute {
    const at = secondsAt(settings)
    const dispute: Dispute = {
      id: vendorId('disp_'),
      entity: 'dispute',
      payment_id: payment.id,
      amount: payment.amount,
      currency: payment.currency,
      amount_deducted: 0,
      reason_code: 'goods_or_services_not_received_or_partially_received',
      reason_description: 'The payer says that nothing, or not all of it, was delivered',
      respond_by: at + DAYS_TO_RESPOND * 86_400,
      status: 'open',
      phase: 'chargeback',
      created_at: at,
      evidence: { submitted_at: null },
    }
    state.disputes.push(dispute)
    announce('payment.dispute.created', { payment, dispute })
    return dispute
  }

  /** The open dispute of a payment goes into this phase; where there is none one begins. */
  function dispute(paymentId: string, phase: Phase): Dispute {
    const payment = found(state.payments, paymentId)
    if (!payment.captured) throw new Refused('Only captured payments can be disputed')
    const open = state.disputes.find((one) => one.payment_id === paymentId && isOpen(one))
    if (phase === 'created' && open) throw new Refused('The payment is disputed already')
    const moved = open ?? create(payment)
    if (phase !== 'created') {
      moved.status = statusIn[phase]
      moved.amount_deducted = phase === 'lost' ? moved.amount : 0
      announce(`payment.dispute.${phase}`, { payment, dispute: moved })
    }
    store.save()
    return moved
  }

  return { dispute, disputeById: (id: string) => found(state.disputes, id) }
}
