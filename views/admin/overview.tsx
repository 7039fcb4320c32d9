import type { Overview } from '../../src/models/admin/overview'
import { paths } from '../../src/paths'
import { age, count, rupees } from '../../src/rules/format'
import { netOf } from '../../src/rules/purchases/money'
import { Card } from '../parts/card'
import { Notice } from '../parts/notice'
import { Stats } from '../parts/stats'
import { Badge, When } from '../parts/text'
import { Desk } from './desk'
import { AdminHeader } from './header'
import { FailingJobs, OpenOrders, Webhooks } from './operations'

interface OverviewProps {
  overview: Overview
  now: Date
  timeZone: string
}

export function OverviewPage({ overview, now, timeZone }: OverviewProps) {
  const { missing, vendors, jobs, orders, webhooks, counts } = overview
  return (
    <div class="wrap">
      <AdminHeader
        title="Administration"
        lead="What needs a person, and the state of the site."
        at={paths.admin()}
      />
      <div class="stack stack-large">
        {missing.length > 0 ? (
          <Notice kind="error" title="The site is not ready">
            {missing.join('; ')}
          </Notice>
        ) : null}
        <Desk {...overview} {...{ now, timeZone }} />
        <Counts counts={counts} />
        <div class="split">
          <Card title="Health" id="health">
            <dl class="details-list">
              <dt>Database</dt>
              <dd>
                {missing.length === 0 ? (
                  <Badge kind="success">Up to date</Badge>
                ) : (
                  <Badge kind="danger">See above</Badge>
                )}
              </dd>
              {vendors.map(({ what, vendor, isOn }) => (
                <>
                  <dt>{what}</dt>
                  <dd>
                    {vendor} {isOn ? <Badge kind="success">Configured</Badge> : <Badge>Off</Badge>}
                  </dd>
                </>
              ))}
            </dl>
          </Card>
          <Card title="Background jobs" id="jobs">
            <dl class="details-list">
              <dt>Waiting</dt>
              <dd>{count(jobs.waiting, 'job')}</dd>
              <dt>Failing</dt>
              <dd>
                {jobs.failing === 0 ? 'None' : <Badge kind="danger">{count(jobs.failing, 'job')}</Badge>}
              </dd>
              <dt>Oldest</dt>
              <dd>
                {jobs.oldestAt ? (
                  <>
                    {age(jobs.oldestAt, now)} old, since{' '}
                    <When date={jobs.oldestAt} timeZone={timeZone} time />
                  </>
                ) : (
                  'Nothing is waiting'
                )}
              </dd>
            </dl>
            <p class="soft label-size">
              Emails, deletions and payment checks. Failed jobs are retried automatically.
            </p>
          </Card>
        </div>
        {jobs.list.length > 0 ? <FailingJobs jobs={jobs} timeZone={timeZone} now={now} /> : null}
        <OpenOrders orders={orders} now={now} timeZone={timeZone} />
        <Webhooks webhooks={webhooks} timeZone={timeZone} />
      </div>
    </div>
  )
}

function Counts({ counts }: { counts: Overview['counts'] }) {
  const facts = [
    ['People', counts.people.toLocaleString('en-IN')],
    ['Instructors', counts.instructors.toLocaleString('en-IN')],
    ['Courses on sale', counts.coursesOnSale.toLocaleString('en-IN')],
    ['Courses owned', counts.owned.toLocaleString('en-IN')],
    ['Sold for', rupees(counts.money.soldPaise)],
    ['Refunded', rupees(counts.money.refundedPaise)],
    ['Net', rupees(netOf(counts.money))],
  ]
  return <Stats facts={facts} />
}
