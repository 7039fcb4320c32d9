import type { JSX } from 'hono/jsx'

interface Look {
  /** One primary per view; quiet for what is rarely wanted; danger for what cannot be undone. */
  kind?: 'primary' | 'secondary' | 'quiet' | 'danger'
  large?: boolean
  wide?: boolean
}
export type ButtonProps = Look & JSX.IntrinsicElements['button']
export type ButtonLinkProps = Look & JSX.IntrinsicElements['a'] & { href: string }

/** Never `disabled`, which loses the focus: say in words why it is off. */
export function Button({ kind, large, wide, class: extra, children, ...rest }: ButtonProps) {
  return (
    <button type="submit" {...rest} class={classes({ kind, large, wide }, extra)}>
      {children}
    </button>
  )
}

export function ButtonLink({ kind, large, wide, class: extra, children, ...rest }: ButtonLinkProps) {
  return (
    <a {...rest} class={classes({ kind, large, wide }, extra)}>
      {children}
    </a>
  )
}

function classes({ kind = 'secondary', large, wide }: Look, extra: unknown): string {
  return ['button', `button-${kind}`, large && 'button-large', wide && 'button-wide', extra]
    .filter(Boolean)
    .join(' ')
}
