import { isGstin, isState, stateName, stateOfGstin } from './gstin'

export interface Billing {
  name: string | null
  gstin: string | null
  state: string | null
}

export type BillingErrors = Partial<Record<keyof Billing, string>>

/** What was typed for the papers; a GSTIN brings its state, which a tax invoice cannot do without. */
export function billingFrom(
  typed: { name: string; gstin: string; state: string },
  isTaxed: boolean,
): { billing: Billing } | { errors: BillingErrors } {
  const gstin = typed.gstin.replace(/\s/g, '').toUpperCase() || null
  if (gstin !== null && !isGstin(gstin))
    return { errors: { gstin: 'This is not a GSTIN. Check its 15 characters, or leave it empty.' } }
  const state = typed.state || (gstin && stateOfGstin(gstin))
  if (state && !isState(state)) return { errors: { state: 'Choose a state from the list.' } }
  if (gstin && state !== stateOfGstin(gstin))
    return {
      errors: { state: `Your GSTIN belongs to ${stateName(stateOfGstin(gstin))}. Choose that state.` },
    }
  if (isTaxed && !state) return { errors: { state: 'Choose your state: the invoice has to name it.' } }
  return { billing: { name: typed.name || null, gstin, state: state || null } }
}
