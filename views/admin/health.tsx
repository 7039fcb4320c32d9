import type { Health, ServiceHealth } from '../../src/models/admin/health'
import { paths } from '../../src/paths'
import type { ServiceState } from '../../src/rules/admin/health'
import { age } from '../../src/rules/format'
import { Button } from '../parts/button'
import { Card } from '../parts/card'
import { Notice } from '../parts/notice'
import { Table } from '../parts/table'
import { Badge, type BadgeProps, When } from '../parts/text'
import { AdminHeader } from './header'

interface Props {
  health: Health
  /** The address of whoever looks, where mail is switched on. */
  testMailTo: string | null
  now: Date
  timeZone: string
}

export function HealthPage(props: Props) {
  return (
    <div class="wrap">
      <AdminHeader
        title="Health"
        lead="Whether every service this site uses is answering, and its last error."
        at={paths.adminHealth()}
      />
      <div class="stack stack-large">
        <Services {...props} />
        {props.testMailTo ? <TestMail to={props.testMailTo} /> : null}
        <p class="soft">
          <code>npm run doctor</code> checks each service in depth with its keys, such as whether its webhooks
          reach this site, and says how to fix what is wrong.
        </p>
      </div>
    </div>
  )
}

/** Who is still being asked is looked up again in a moment. */
export function Services({ health: { missing, list }, now, timeZone }: Props) {
  const action = paths.adminHealth({ ask: 'now' })
  const isWaiting = list.some(({ state }) => state === 'waiting')
  const again = isWaiting ? { 'hx-get': action, 'hx-trigger': 'load delay:1s', 'hx-swap': 'outerHTML' } : {}
  return (
    <section id="services" class="stack" {...again}>
      {missing.length > 0 ? (
        <Notice kind="error" title="The site is not ready">
          {missing.join('; ')}
        </Notice>
      ) : null}
      <Table
        caption="Services"
        hideCaption
        columns={[
          { label: 'Service' },
          { label: 'State' },
          { label: 'Last answer' },
          { label: 'Last error' },
        ]}
        rows={list.map((service) => ({
          cells: [
            <>
              <strong>{service.what}</strong> <span class="soft">{service.vendor}</span>
            </>,
            <ServiceBadge state={service.state} />,
            <Answer service={service} now={now} timeZone={timeZone} />,
            <Failure service={service} now={now} timeZone={timeZone} />,
          ],
        }))}
      />
      <div class="cluster">
        <form
          method="get"
          action={paths.adminHealth()}
          hx-get={action}
          hx-target="#services"
          hx-swap="outerHTML"
          hx-sync="this:drop"
        >
          <input type="hidden" name="ask" value="now" />
          <Button id="ask-now">Check now</Button>
        </form>
        <span class="soft">
          Each service is checked at most every ten seconds and has three seconds to answer.
        </span>
      </div>
    </section>
  )
}

const words: Record<ServiceState, [text: string, kind?: BadgeProps['kind']]> = {
  answers: ['Answers', 'success'],
  fails: ['Fails', 'danger'],
  waiting: ['Checking'],
  never: ['Not checked yet'],
  off: ['Off'],
}

export function ServiceBadge({ state }: { state: ServiceState }) {
  const [text, kind] = words[state]
  return <Badge kind={kind}>{text}</Badge>
}

type CellProps = { service: ServiceHealth } & Pick<Props, 'now' | 'timeZone'>

function Answer({ service: { state, probe }, now, timeZone }: CellProps) {
  if (state === 'off') return null
  if (!probe?.answeredAt) return <>None yet</>
  return (
    <>
      <When date={probe.answeredAt} timeZone={timeZone} time />{' '}
      <span class="soft nowrap">
        ({age(probe.answeredAt, now)} ago, in {probe.latencyMs ?? 0} ms)
      </span>
    </>
  )
}

function Failure({ service: { state, probe }, now, timeZone }: CellProps) {
  if (state === 'off') return null
  if (!probe?.failedAt) return <>None</>
  return (
    <div class="stack stack-small">
      <span class="break">{probe.error}</span>
      <span class="soft">
        <When date={probe.failedAt} timeZone={timeZone} time /> ({age(probe.failedAt, now)} ago)
      </span>
    </div>
  )
}

function TestMail({ to }: { to: string }) {
  return (
    <Card title="Test email">
      <p>Sends an email to {to} and shows the mail server’s answer here.</p>
      <form method="post" action={paths.adminHealthMail()}>
        <Button>Send test email</Button>
      </form>
    </Card>
  )
}
