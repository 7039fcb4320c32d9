import type { Child } from 'hono/jsx'
import type { JobTarget } from '../../src/models/admin/job-targets'
import type { JobLine, JobList } from '../../src/models/admin/jobs'
import { paths } from '../../src/paths'
import { type JobQuery, type JobState, jobStates } from '../../src/rules/admin/job-query'
import { readError } from '../../src/rules/admin/told-error'
import { age } from '../../src/rules/format'
import type { Lane } from '../../src/rules/job-kinds'
import { Button } from '../parts/button'
import { EmptyState } from '../parts/card'
import { Notice } from '../parts/notice'
import { Pagination } from '../parts/pagination'
import { Table } from '../parts/table'
import { Badge, When } from '../parts/text'
import { AdminHeader } from './header'
import { jobWords, laneWords } from './job-words'

interface Props {
  found: JobList
  query: JobQuery
  now: Date
  timeZone: string
}
type LineProps = Omit<Props, 'found'> & { job: JobLine }

export function JobsPage(props: Props) {
  return (
    <div class="wrap">
      <AdminHeader
        title="Jobs"
        lead="Work in the background: emails, deletions and requests to outside services."
        at={paths.adminJobs()}
      />
      <Jobs {...props} />
    </div>
  )
}

export function Jobs(props: Props) {
  const { found, query } = props
  return (
    <div class="stack" id="jobs">
      <Resting {...props} />
      <nav class="tabs" aria-label="State">
        {Object.entries(jobStates).map(([state, label]) => (
          <a href={paths.adminJobs({ state })} aria-current={state === query.state ? 'page' : undefined}>
            {label} ({found.counts[state as JobState].toLocaleString('en-IN')})
          </a>
        ))}
      </nav>
      {found.list.length === 0 ? (
        <EmptyState {...nothing[query.state]} icon="check-circle" />
      ) : (
        <List {...props} />
      )}
      <Pagination
        label="Jobs"
        page={found.page}
        pages={found.pages}
        href={(page) => paths.adminJobs({ state: query.state, page })}
      />
    </div>
  )
}

const nothing: Record<JobState, { title: string; text: string }> = {
  overdue: { title: 'Nothing is overdue', text: 'Everything that was due is done.' },
  waiting: { title: 'Nothing is waiting', text: 'No job is scheduled for later.' },
  'given-up': {
    title: 'Nothing was given up',
    text: 'Jobs that cannot be done are kept here for thirty days.',
  },
}

function Resting({ found, now, timeZone }: Props) {
  if (found.resting.length === 0) return null
  return (
    <Notice kind="error" title="Not answering">
      <ul class="stack stack-small">
        {found.resting.map(({ lane, restsUntil, failingSince, lastError }) => (
          <li class="stack stack-small">
            <span>
              {laneWords[lane as Lane] ?? lane}: failing for {age(failingSince, now)},{' '}
              {restsUntil && restsUntil > now ? (
                <>
                  next try on <When date={restsUntil} timeZone={timeZone} time />
                </>
              ) : (
                'being tried again now'
              )}
              .
            </span>
            <Cause error={lastError} />
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function Cause({ error }: { error: string | null }) {
  const { said, causes } = readError(error ?? '')
  return (
    <span class="break">
      {said}
      {causes.length > 0 ? <span class="small soft"> {causes.join('; ')}</span> : null}
    </span>
  )
}

const captions: Record<JobState, string> = {
  overdue: 'Overdue jobs, oldest first',
  waiting: 'Waiting jobs, next first',
  'given-up': 'Jobs given up, latest first',
}

function List({ found, ...props }: Props) {
  const { state } = props.query
  return (
    <Table
      caption={captions[state]}
      hideCaption
      columns={[
        { label: 'Job' },
        { label: 'Due' },
        { label: 'Tries' },
        { label: 'Last error' },
        { label: state === 'given-up' ? 'Given up' : 'Next try' },
        { label: 'Actions' },
      ]}
      rows={found.list.map((job) => ({ cells: cells({ ...props, job }) }))}
    />
  )
}

function cells(props: LineProps): Child[] {
  const { job, now, timeZone } = props
  const { dueAt, lastError, failedAt, deadAt } = job
  return [
    <div class="stack stack-small">
      <span>{jobWords(job.kind)}</span>
      <Target {...job} />
    </div>,
    <span class="nowrap">
      {dueAt > now ? <When date={dueAt} timeZone={timeZone} time /> : `${age(dueAt, now)} ago`}
    </span>,
    String(job.attempts),
    lastError ? (
      <div class="stack stack-small">
        <Cause error={lastError} />
        {failedAt ? (
          <span class="soft">
            <When date={failedAt} timeZone={timeZone} time />
          </span>
        ) : null}
      </div>
    ) : (
      'None'
    ),
    deadAt ? <When date={deadAt} timeZone={timeZone} time /> : <Next {...props} />,
    <Verbs {...props} />,
  ]
}

function Next({ job, now, timeZone }: LineProps) {
  if (job.isRunning) return <Badge kind="accent">Running</Badge>
  return job.runAt > now ? <When date={job.runAt} timeZone={timeZone} time /> : 'As soon as possible'
}

const pages = {
  order: paths.adminOrder,
  dispute: paths.adminDispute,
  person: paths.person,
  course: paths.adminCourse,
}

function Target({ target, payload }: Pick<JobLine, 'target' | 'payload'>) {
  if (target) return <a href={hrefOf(target)}>{'name' in target ? target.name : `The ${target.type}`}</a>
  // Without a page; an email address is nobody's business here.
  const ids = Object.entries(payload).flatMap(([name, id]) => (name.endsWith('Id') ? [id] : []))
  const shown = payload.fileKey ?? ids[0]
  return shown ? <code class="break">{shown}</code> : null
}

const hrefOf = (target: JobTarget): string =>
  target.type === 'chapter' ? paths.adminChapter(target.courseId, target.id) : pages[target.type](target.id)

function Verbs({ job, query }: LineProps) {
  const name = `${jobWords(job.kind)}${job.target && 'name' in job.target ? `: ${job.target.name}` : ''}`
  return (
    <div class="cluster">
      <Verb action={paths.adminJobRun(job.id)} query={query} label={`Run now: ${name}`}>
        Run now
      </Verb>
      {job.mayGiveUp ? (
        <Verb
          action={paths.adminJobDrop(job.id)}
          query={query}
          label={`Give up: ${name}`}
          confirm={`${name}. It will not be tried again unless somebody runs it from here.`}
        >
          Give up
        </Verb>
      ) : null}
    </div>
  )
}

interface VerbProps {
  action: string
  query: JobQuery
  label: string
  confirm?: string
  children: Child
}

function Verb({ action, query, label, confirm, children }: VerbProps) {
  return (
    <form
      method="post"
      action={action}
      hx-post={action}
      hx-target="#jobs"
      hx-swap="outerHTML"
      hx-sync="this:drop"
      hx-confirm={confirm}
    >
      <input type="hidden" name="state" value={query.state} />
      {query.page ? <input type="hidden" name="page" value={String(query.page)} /> : null}
      <Button aria-label={label}>{children}</Button>
    </form>
  )
}
