import type { Child } from 'hono/jsx'

/** A word of state: Published, Draft, Free, Owned, Refunded. */
export function Badge({ kind, children }: { kind?: 'accent' | 'success' | 'danger'; children?: Child }) {
  return <span class={kind ? `badge badge-${kind}` : 'badge'}>{children}</span>
}
