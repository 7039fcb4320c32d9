import type { Child } from 'hono/jsx'
import { Icon } from './icon'

export interface NoticeProps {
  kind: 'success' | 'error' | 'info'
  title?: string
  children?: Child
}

const icon = { success: 'check-circle', error: 'alert', info: 'info' } as const

/** Screen readers announce an error at once, anything else politely. */
export function Notice({ kind, title, children }: NoticeProps) {
  return (
    <div class={`notice notice-${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
      <Icon name={icon[kind]} />
      <div>
        {title ? <p class="notice-title">{title}</p> : null}
        <div>{children}</div>
      </div>
    </div>
  )
}
