import { raw } from 'hono/html'

/** Formatted text. `html` is printed as it is: it must come from the sanitiser, never from a person. */
export function Prose({ html }: { html: string }) {
  return <div class="prose">{raw(html)}</div>
}
