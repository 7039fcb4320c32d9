import type { Child } from 'hono/jsx'
import { Button, type ButtonProps } from '../parts/button'

interface Props {
  action: string
  confirm: string
  kind?: ButtonProps['kind']
  children: Child
}

export function ConfirmForm({ action, confirm, kind = 'secondary', children }: Props) {
  return (
    <form
      method="post"
      action={action}
      hx-post={action}
      hx-swap="none"
      hx-sync="this:drop"
      hx-confirm={confirm}
    >
      <Button kind={kind}>{children}</Button>
    </form>
  )
}
