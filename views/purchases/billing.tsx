import { paths } from '../../src/paths'
import { gstStates, stateName } from '../../src/rules/purchases/gstin'
import { Button } from '../parts/button'
import { Card } from '../parts/card'
import { Field, Select } from '../parts/field'
import { Icon } from '../parts/icon'

export interface BillingProps {
  orderId: string
  /** As saved, or as typed when it was refused. */
  values: Record<string, string>
  errors?: Record<string, string>
  /** With a seller who has a GSTIN: the receipt is a tax invoice. */
  isTaxed: boolean
  /** Nothing can be paid before it is answered. */
  isNeeded: boolean
}

export function BillingCard(props: BillingProps) {
  const { isTaxed, isNeeded, errors } = props
  const what = isTaxed ? 'invoice' : 'receipt'
  if (isNeeded || errors)
    return (
      <Card title={`Your ${what}`} id="billing">
        <BillingForm {...props} />
      </Card>
    )
  const { name, gstin, state } = props.values
  const saved = [name, gstin && `GSTIN ${gstin}`, state && stateName(state)].filter(Boolean)
  return (
    <details class="fold" id="billing">
      <summary>
        <Icon name="chevron-right" />{' '}
        {saved.length > 0 ? `Your ${what}: ${saved.join(', ')}` : `Add a name or GSTIN for your ${what}`}
      </summary>
      <BillingForm {...props} />
    </details>
  )
}

const states = Object.entries(gstStates).map(([value, label]) => ({ value, label }))

function BillingForm({ orderId, values, errors = {}, isTaxed, isNeeded }: BillingProps) {
  return (
    <form method="post" action={paths.purchaseBilling(orderId)} class="stack" novalidate>
      {isNeeded ? <p>Choose your state first. Then you can pay.</p> : null}
      <Field
        label="Name"
        name="name"
        required={false}
        value={values.name}
        error={errors.name}
        hint="Yours or your company’s. Leave it empty to use the name on your account."
        autocomplete="organization"
        maxlength={100}
      />
      <Field
        label="GSTIN"
        name="gstin"
        required={false}
        value={values.gstin}
        error={errors.gstin}
        hint="Only if you are buying for a registered business."
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
      />
      <Select
        label="State"
        name="state"
        required={isTaxed}
        options={states}
        value={values.state}
        placeholder="Choose a state"
        error={errors.state}
      />
      <div>
        <Button kind={isNeeded ? 'primary' : 'secondary'}>{isNeeded ? 'Continue to payment' : 'Save'}</Button>
      </div>
    </form>
  )
}
