import type { Child } from 'hono/jsx'

/** What a email about an order tells. */
export interface OrderEmail {
  order: { id: string; amountPaise: number; paymentId: string | null; paidAt: Date | null; state: string }
  buyer: { name: string; email: string }
  course: { title: string; slug: string }
}
export interface RefundEmailData extends OrderEmail {
  refund: { id: string; amountPaise: number; state: 'pending' | 'processed' | 'failed' }
}
export interface Site {
  APP_ORIGIN: string
  SITE_NAME: string
  TIME_ZONE: string
}
const body = 'margin:0;padding:24px;background:#f6f7f7;color:#1a2224;font:16px/1.6 system-ui,sans-serif'
const sheet = 'max-width:34rem;margin:0 auto;padding:32px;background:#fff;border-radius:12px'
const action =
  'display:inline-block;padding:12px 20px;border-radius:8px;background:#0b6b62;color:#fff;text-decoration:none;font-weight:600'

/** A email as mail programs show it: everything inline, one column, one action. */
export function EmailSheet({
  siteName,
  title,
  children,
}: {
  siteName: string
  title: string
  children?: Child
}) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
      </head>
      <body style={body}>
        <div style={sheet}>
          <p style="margin:0 0 16px;color:#5a6668">{siteName}</p>
          <h1 style="margin:0 0 16px;font-size:22px;line-height:1.3">{title}</h1>
          {children}
        </div>
      </body>
    </html>
  )
}

export function EmailAction({ href, children }: { href: string; children?: Child }) {
  return (
    <p style="margin:24px 0">
      <a href={href} style={action}>
        {children}
      </a>
    </p>
  )
}
