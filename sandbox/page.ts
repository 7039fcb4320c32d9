import { html, raw } from 'hono/html'

type Html = ReturnType<typeof html>

const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; background: light-dark(#fff, #16161b); color: light-dark(#1b1b20, #f0f0f4) }
  body { max-width: 52rem; margin: 2rem auto; padding: 0 1rem }
  h1 { font-size: 1.4rem; line-height: 1.25 }
  h2 { font-size: 1.1rem; margin-top: 2rem }
  table { width: 100%; border-collapse: collapse }
  th, td { padding: .4rem .6rem; text-align: left; border-bottom: 1px solid #8884; overflow-wrap: anywhere }
  button, input { font: inherit; padding: .5rem .8rem; border: 1px solid #8888; border-radius: .5rem }
  button { cursor: pointer; background: light-dark(#f4f4f6, #2b2b33); color: inherit }
  button:hover { border-color: #4c6fff }
  label { display: block; margin: .6rem 0 }
  label input:not([type=checkbox]) { display: block; width: 100%; box-sizing: border-box }
  pre { white-space: pre-wrap; overflow-wrap: anywhere }
  iframe { width: 100%; height: 60vh; border: 1px solid #8886; border-radius: .5rem; background: #fff }
  small, .quiet { color: light-dark(#55555e, #c8c8d2) }
  .choices { display: grid; gap: .6rem; padding: 0; list-style: none }
  .choices button { width: 100%; text-align: left }
`

/** `body` comes from hono's `html`, which escapes. */
export function page(title: string, body: Html) {
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${raw(style)}</style></head>
<body><main>${body}</main></body>
</html>`
}
