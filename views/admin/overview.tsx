import type { Overview } from '../../src/models/admin/overview'
import { paths } from '../../src/paths'
import type { JobState } from '../../src/rules/admin/job-query'
import { age, count, rupees } from '../../src/rules/format'
import { netOf } from '../../src/rules/purchases/money'
import { Card } from '../parts/card'
import { Notice } from '../parts/notice'
import { Stats } from '../parts/stats'
import { Badge, When } from '../parts/text'
import { Desk } from './desk'
import { AdminHeader } from './header'
import { ServiceBadge } from './health'
import { OpenOrders, Webhooks } from './operations'
import { InQuarantine } from './quarantine'

interface OverviewProps {
  overview: Overview
  now: Date
  timeZone: string
}

export function OverviewPage({ overview, now, timeZone }: OverviewProps) {
  const { missing, quarantine, list, jobs, orders, webhooks, webhookCounts, counts } = overview
  return (
    <div class="wrap">
      <AdminHeader
        title="Administration"
        lead="What needs your attention, and how the site is doing."
        at={paths.admin()}
      />
      <div class="stack stack-large">
        {missing.length > 0 ? (
          <Notice kind="error" title="The site is not ready">
            {missing.join('; ')}
          </Notice>
        ) : null}
        {quarantine ? <InQuarantine {...quarantine} timeZone={timeZone} /> : null}
        <Desk {...overview} {...{ now, timeZone }} />
        <Counts counts={counts} />
        <div class="split">
          <Card title="Health" id="health">
            <dl class="details-list">
              {list.map(({ what, vendor, state }) => (
                <>
                  <dt>{what}</dt>
                  <dd>
                    {vendor} <ServiceBadge state={state} />
                  </dd>
                </>
              ))}
            </dl>
            <p>
              <a href={paths.adminHealth()}>Service details and a test email</a>
            </p>
          </Card>
          <JobCounts jobs={jobs} now={now} timeZone={timeZone} />
        </div>
        <OpenOrders orders={orders} now={now} timeZone={timeZone} />
        <Webhooks webhooks={webhooks} webhookCounts={webhookCounts} timeZone={timeZone} />
      </div>
    </div>
  )
}

function JobCounts({ jobs, now, timeZone }: { jobs: Overview['jobs']; now: Date; timeZone: string }) {
  const { overdue, waiting, oldestAt } = jobs
  const linked = (state: JobState, n: number) =>
    n === 0 ? (
      'None'
    ) : (
      <a href={paths.adminJobs({ state })}>
        <Badge kind="danger">{count(n, 'job')}</Badge>
      </a>
    )
  return (
    <Card title="Background jobs" id="jobs" danger={overdue > 0}>
      <dl class="details-list">
        <dt>Overdue</dt>
        <dd>{linked('overdue', overdue)}</dd>
        <dt>Given up</dt>
        <dd>{linked('given-up', jobs['given-up'])}</dd>
        <dt>Waiting</dt>
        <dd>{count(waiting, 'job')}</dd>
        {overdue > 0 && oldestAt ? (
          <>
            <dt>Oldest</dt>
            <dd>
              {age(oldestAt, now)} late, since <When date={oldestAt} timeZone={timeZone} time />
            </dd>
          </>
        ) : null}
      </dl>
      <p class="label-size">
        <a href={paths.adminJobs()}>All jobs</a>
      </p>
    </Card>
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
