import { Button } from '../parts/button'
import { Card } from '../parts/card'

export interface DeletionCardProps {
  title: string
  action: string
  consequences: string
}

export const DeletionCard = ({ title, action, consequences }: DeletionCardProps) => (
  <Card title={title} danger>
    <form
      class="form"
      method="post"
      action={action}
      hx-post={action}
      hx-swap="none"
      hx-sync="this:drop"
      hx-confirm={consequences}
    >
      <p>{consequences}</p>
      <div class="form-actions">
        <Button kind="danger">Delete</Button>
      </div>
    </form>
  </Card>
)
