import { html, raw } from 'hono/html'
import { page } from '../sandbox/page'
import type { SandboxPart } from '../sandbox/sandbox'

const titles: Record<string, string> = {
  mail: 'Mails',
  razorpay: 'Payments (Razorpay)',
  mux: 'Videos (Mux)',
  uploadthing: 'Files (UploadThing)',
  google: 'Sign-in (Google)',
  mongo: 'One-time codes (MongoDB)',
}

const style = `
  body { max-width: 60rem }
  nav { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; padding: .75rem 0; border-block: 1px solid #8884 }
  nav a, section a { color: light-dark(#2b4bd8, #9db2ff) }
  section { margin: 2rem 0; padding: 1rem 1.25rem 1.25rem; border: 1px solid #8884; border-radius: .75rem; scroll-margin-top: 1rem; overflow-x: auto }
  section > :first-child { margin-top: 0 }
  section h2 { font-size: 1.15rem } section h3 { font-size: 1rem; margin-bottom: .4rem }
  section select { font: inherit; padding: .45rem; border-radius: .5rem }
  section form { display: flex; flex-wrap: wrap; align-items: end; gap: .5rem 1rem }
  section form label { margin: 0; font-size: .9rem }
  section form input:not([type=checkbox]), section form select { display: block; width: 11rem; max-width: 100%; box-sizing: border-box }
  section fieldset { flex: 1 1 100%; display: flex; flex-wrap: wrap; align-items: end; gap: .5rem 1rem; border: 1px solid #8884; border-radius: .6rem; padding: .4rem .9rem .8rem }
  section .row, section td { white-space: normal } section .row form { display: inline-flex; margin: .15rem }
  @media (max-width: 36rem) { body { margin: 1rem auto } section { padding: .75rem } th, td { padding: .4rem .3rem } }
`

export async function controlPage(parts: SandboxPart[], appOrigin: string): Promise<string> {
  const sections = await Promise.all(
    parts.map(async (part) => {
      const panel = await part.panel()
      const title = panel.includes('<h2') ? '' : html`<h2>${nameOf(part)}</h2>`
      return html`<section id="${part.name}" aria-label="${nameOf(part)}">${title}${raw(panel)}</section>`
    }),
  )
  const links = parts.map((part) => html`<a href="#${part.name}">${nameOf(part)}</a>`)
  const body = html`<style>${raw(style)}</style>
    <h1>Sandbox</h1>
    <p>Bank, video service, file store, mail server and sign-in of this machine. No money, no mail and no file leaves it.
      The application is at <a href="${appOrigin}">${appOrigin}</a>.</p>
    <nav aria-label="Services">${links}</nav>
    ${sections}`
  return String(await page('Sandbox', body))
}

function nameOf(part: SandboxPart): string {
  return titles[part.name] ?? part.name
}
