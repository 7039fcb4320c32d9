import type { SessionSummary } from '../../src/models/account/session-list'
import { paths } from '../../src/paths'
import { deviceInWords } from '../../src/rules/account/device'
import { Button } from '../parts/button'
import { PageHeader } from '../parts/page-header'
import { Table } from '../parts/table'
import { Badge, When } from '../parts/text'

export interface SessionsPageProps {
  sessions: SessionSummary[]
  timeZone: string
}

export function SessionsPage({ sessions, timeZone }: SessionsPageProps) {
  const columns = [{ label: 'Device' }, { label: 'Last used' }, { label: 'Signed in' }, { label: 'Action' }]
  return (
    <div class="wrap">
      <PageHeader
        title="Where you are signed in"
        eyebrow={<a href={paths.account()}>Account</a>}
        lead="Don’t recognise something? Sign it out, then change your password."
      >
        {sessions.length > 1 ? (
          <form method="post" action={paths.otherSessionsDelete()}>
            <Button kind="danger">Sign out everywhere else</Button>
          </form>
        ) : null}
      </PageHeader>
      <Table
        caption="Sessions"
        hideCaption
        columns={columns}
        rows={sessions.map((session) => ({
          cells: [
            <Device {...session} />,
            session.isCurrent ? 'Now' : <When date={session.lastSeenAt} timeZone={timeZone} time />,
            <When date={session.createdAt} timeZone={timeZone} time />,
            <form method="post" action={paths.sessionDelete(session.id)}>
              <Button>
                Sign out<span class="visually-hidden"> {deviceInWords(session.device)}</span>
              </Button>
            </form>,
          ],
        }))}
      />
    </div>
  )
}

function Device({ device, isCurrent }: SessionSummary) {
  return (
    <span class="cluster">
      {deviceInWords(device)}
      {isCurrent ? <Badge kind="accent">This browser</Badge> : null}
    </span>
  )
}
