import type { Child } from 'hono/jsx'
import type { Confirmation } from '../../src/models/account/confirmation'
import { Button, type ButtonProps } from '../parts/button'
import { Notice } from '../parts/notice'
import { CurrentPasswordField, UsernameHint } from './fields'

export interface ConfirmedFormProblem {
  /** The action of the form that was refused. */
  action: string
  errors: Record<string, string>
}

interface ConfirmedFormProps {
  /** Of its password field, whose name others on the page share. */
  id: string
  action: string
  button: string
  kind?: ButtonProps['kind']
  /** Asked first, where scripts run. */
  confirm?: string
  email: string
  confirmation: Confirmation
  problem?: ConfirmedFormProblem
  children?: Child
}

/** A verb about one's own account that wants the password when it was not typed lately. */
export function ConfirmedForm(props: ConfirmedFormProps) {
  const { id, action, button, kind, confirm, email, confirmation, children } = props
  const problem = props.problem?.action === action ? props.problem : undefined
  return (
    <form class="form" method="post" action={action} hx-confirm={confirm}>
      {problem && confirmation === 'sign-in' ? <Notice kind="error">{signInAgain}</Notice> : null}
      {children}
      {confirmation === 'password' ? (
        <>
          <UsernameHint email={email} />
          <CurrentPasswordField
            id={`${id}-password`}
            hint="You last entered it more than 15 minutes ago."
            error={problem?.errors.password}
          />
        </>
      ) : null}
      {confirmation === 'sign-in' && !problem ? <p class="soft label-size">{signInAgain}</p> : null}
      <div class="form-actions">
        <Button kind={kind}>{button}</Button>
      </div>
    </form>
  )
}

const signInAgain = 'You signed in more than 15 minutes ago. Sign out and back in to do this.'
