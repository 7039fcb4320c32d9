import { Button } from '../parts/button'
import { Card } from '../parts/card'

export interface DeletionCardProps {
  title: string
  action: string
  /** What goes and what stays; a dialog asks with the same words where scripts run. */
  words: string
}

/** The last card of a page of the studio: deletes at once. */
export function DeletionCard({ title, action, words }: DeletionCardProps) {
  return (
    <Card title={title} danger>
      <form
        class="form"
        method="post"
        action={action}
        hx-post={action}
        hx-swap="none"
        hx-sync="this:drop"
        hx-confirm={words}
      >
        <p>{words}</p>
        <div class="form-actions">
          <Button kind="danger">Delete</Button>
        </div>
      </form>
    </Card>
  )
}
