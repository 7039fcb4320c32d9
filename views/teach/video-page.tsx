import type { Child } from 'hono/jsx'
import { Breadcrumbs, PageHeader } from '../parts/page-header'

/** A lesson's video on a page of its own, for who opens its address directly. */
export function VideoPage({ title, back, children }: { title: string; back: string; children?: Child }) {
  return (
    <div class="wrap">
      <Breadcrumbs items={[{ href: back, label: title }]} />
      <PageHeader title="Video" />
      {children}
    </div>
  )
}
