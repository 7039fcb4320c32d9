import type { Confirmation } from '../../src/models/account/confirmation'
import { AskAgain } from '../parts/ask-again'
import { Button } from '../parts/button'
import { Card } from '../parts/card'

export interface DeletionCardProps {
  title: string
  action: string
  consequences: string
  /** Where the password is asked again. */
  confirmation?: Confirmation
  error?: string
}

export const DeletionCard = ({
  title,
  action,
  consequences,
  confirmation = 'fresh',
  error,
}: DeletionCardProps) => (
  <Card title={title} id="deletion" danger>
    <form
      class="form"
      method="post"
      action={action}
      hx-post={action}
      hx-target="#deletion"
      hx-swap="outerHTML"
      hx-sync="this:drop"
      hx-confirm={consequences}
      novalidate
    >
      <p>{consequences}</p>
      <AskAgain id="delete" {...{ confirmation, error }} />
      <div class="form-actions">
        <Button kind="danger">Delete</Button>
      </div>
    </form>
  </Card>
)
