import type { Child } from 'hono/jsx'
import type { Confirmation } from '../../src/models/account/confirmation'
import { AskAgain } from './ask-again'
import { Button, type ButtonProps } from './button'
import { TextArea } from './field'

/** What was typed into one of several forms of a page, and what is wrong with it. */
export interface VerbProblem {
  /** The action of that form. */
  action: string
  values: Record<string, string>
  errors: Record<string, string>
}

interface Verb {
  action: string
  button: string
  kind?: ButtonProps['kind']
  /** Asked first, where scripts run. */
  confirm?: string
}

interface Props extends Verb {
  /** Of the fields, which share their names with those of the other forms. */
  id: string
  /** What else the same reason may be given for; Enter never does it. */
  other?: Verb
  /** The id of the part that comes back when something is wrong. */
  target: string
  /** Left out for a verb that never asks for the password. */
  confirmation?: Confirmation
  problem?: VerbProblem
  reasonHint: string
  children?: Child
}

/** A verb that wants a reason; a sensitive one the password, too, when it was not typed lately. */
export function VerbForm(props: Props) {
  const { id, action, button, kind, confirm, other, target, confirmation, reasonHint, children } = props
  const isRefused = [action, other?.action].includes(props.problem?.action)
  const problem = isRefused ? props.problem : undefined
  return (
    <form
      class="form"
      method="post"
      action={action}
      hx-post={action}
      hx-target={`#${target}`}
      hx-swap="outerHTML"
      hx-sync="this:drop"
      hx-confirm={confirm}
      novalidate
    >
      {children}
      <TextArea
        label="Reason"
        name="reason"
        id={`${id}-reason`}
        rows={2}
        hint={reasonHint}
        value={problem?.values.reason}
        error={problem?.errors.reason}
        autofocus={problem?.errors.reason ? true : undefined}
        maxlength={500}
        required
      />
      {confirmation ? <AskAgain {...{ id, confirmation }} error={problem?.errors.password} /> : null}
      <div class="form-actions">
        <Button kind={kind}>{button}</Button>
        {other ? <OtherButton {...other} target={target} /> : null}
      </div>
    </form>
  )
}

const OtherButton = ({ action, button, kind, confirm, target }: Verb & Pick<Props, 'target'>) => (
  <Button
    kind={kind}
    formaction={action}
    hx-post={action}
    hx-target={`#${target}`}
    hx-swap="outerHTML"
    hx-sync="closest form:drop"
    hx-confirm={confirm}
  >
    {button}
  </Button>
)
