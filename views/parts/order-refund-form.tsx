import type { Confirmation } from '../../src/models/account/confirmation'
import { rupees } from '../../src/rules/format'
import { Field } from './field'
import { VerbForm, type VerbProblem } from './verb-form'

interface OrderRefundFormProps {
  action: string
  buyer: string
  mostPaise: number
  formKey: string
  /** The id of the part that comes back when something is wrong. */
  target: string
  confirmation: Confirmation
  problem?: VerbProblem
}

/** All or part of a payment goes back, with a reason. */
export function OrderRefundForm({ buyer, mostPaise, formKey, ...form }: OrderRefundFormProps) {
  const typed = form.problem?.action === form.action ? form.problem : undefined
  return (
    <VerbForm
      {...form}
      id="refund"
      button="Refund"
      kind="danger"
      confirm={`${buyer} gets the money back. A full refund ends access to the course.`}
      reasonHint="The buyer may see it."
    >
      <input type="hidden" name="formKey" value={formKey} />
      <Field
        label="Amount"
        name="amount"
        id="refund-amount"
        affix="₹"
        inputmode="decimal"
        hint={`Up to ${rupees(mostPaise)}. Leave it empty to refund the full amount.`}
        value={typed?.values.amount}
        error={typed?.errors.amount}
        autocomplete="off"
      />
    </VerbForm>
  )
}
