import { paths } from '../../src/paths'
import { PageHeader } from '../parts/page-header'

const pages = [
  { href: paths.admin(), label: 'Overview' },
  { href: paths.adminOrders(), label: 'Orders' },
  { href: paths.adminPayments(), label: 'Payments' },
  { href: paths.adminDisputes(), label: 'Disputes' },
  { href: paths.reports(), label: 'Reports' },
  { href: paths.people(), label: 'People' },
  { href: paths.adminCourses(), label: 'Courses' },
  { href: paths.categories(), label: 'Categories' },
  { href: paths.adminJobs(), label: 'Jobs' },
  { href: paths.adminWebhooks(), label: 'Webhooks' },
  { href: paths.adminHealth(), label: 'Health' },
  { href: paths.audit(), label: 'Audit' },
]

export function AdminHeader({ title, lead, at }: { title: string; lead: string; at: string }) {
  return (
    <>
      <PageHeader title={title} lead={lead} />
      <nav class="tabs" aria-label="Administration">
        {pages.map(({ href, label }) => (
          <a href={href} aria-current={href === at ? 'page' : undefined}>
            {label}
          </a>
        ))}
      </nav>
    </>
  )
}
