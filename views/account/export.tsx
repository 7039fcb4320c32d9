import type { Confirmation } from '../../src/models/account/confirmation'
import { paths } from '../../src/paths'
import { AskAgain } from '../parts/ask-again'
import { Button, ButtonLink } from '../parts/button'
import { PageHeader } from '../parts/page-header'

export interface ExportPageProps {
  email: string
  confirmation: Confirmation
  error?: string
}

export function ExportPage({ email, confirmation, error }: ExportPageProps) {
  return (
    <div class="wrap narrow form-page">
      <PageHeader title="Download your data" lead={<span class="break">{email}</span>} />
      <div class="stack">
        <div class="prose">
          <p>Everything we store about you, as one JSON file that people and programs can read:</p>
          <ul>
            <li>your profile, where you are signed in, and linked accounts;</li>
            <li>your purchases, orders, payments, refunds, receipts and tax invoices;</li>
            <li>your progress, and the courses you teach.</li>
          </ul>
          <p>Keep the file private. It contains no passwords or keys.</p>
        </div>
        <form class="form" method="post" action={paths.accountExport()}>
          <AskAgain id="export" {...{ confirmation, error }} />
          <div class="form-actions">
            {confirmation === 'sign-in' ? null : <Button kind="primary">Download your data</Button>}
            <ButtonLink kind="quiet" href={paths.account()}>
              Back to your account
            </ButtonLink>
          </div>
        </form>
      </div>
    </div>
  )
}
