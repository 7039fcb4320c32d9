import { createHash } from 'node:crypto'
import { html } from 'hono/html'
import * as z from 'zod'
import { page } from '../page'

export const Person = z.strictObject({
  sub: z.string().min(1),
  email: z.email(),
  email_verified: z.boolean().default(true),
  name: z.string().min(1).default('Someone'),
  hd: z.string().min(1).nullish(),
})
export type Person = z.output<typeof Person>

const people: (Person & { note: string })[] = [
  {
    sub: '100000000000000000001',
    email: 'asha.rao@gmail.com',
    email_verified: true,
    name: 'Asha Rao',
    note: 'a Gmail address',
  },
  {
    sub: '100000000000000000002',
    email: 'ravi@university.example',
    email_verified: true,
    name: 'Ravi Kumar',
    hd: 'university.example',
    note: 'a Workspace address of university.example',
  },
  {
    sub: '100000000000000000003',
    email: 'student@example.com',
    email_verified: true,
    name: 'Sam Student',
    note: 'an address of another provider, confirmed to Google',
  },
  {
    sub: '100000000000000000004',
    email: 'mallory@example.net',
    email_verified: false,
    name: 'Mallory',
    note: 'an address that was never verified',
  },
]

const Typed = z.object({
  email: z.email(),
  name: z.string().trim().min(1),
  verified: z.literal('on').optional(),
  hd: z.string().trim().optional(),
})

export function chosen(form: Record<string, string>): Person | null {
  const ready = people.find(({ sub }) => sub === form.sub)
  if (ready) {
    const { note, ...person } = ready
    return person
  }
  const typed = Typed.safeParse(form)
  if (!typed.success) return null
  const { email, name, verified, hd } = typed.data
  const digits = BigInt(`0x${createHash('sha256').update(email.toLowerCase()).digest('hex')}`).toString()
  return { sub: `2${digits.slice(0, 20)}`, email, email_verified: verified === 'on', name, hd: hd || null }
}

export function chooser(choiceUrl: string, request: string, problem = '') {
  const carried = html`<input type="hidden" name="request" value="${request}">`
  return page(
    'Sign in with Google (sandbox)',
    html`<h1>Choose an account</h1>
    <p class="quiet">This stands in for Google. Nobody here is real, and nothing leaves this computer.</p>
    ${problem && html`<p role="alert">${problem}</p>`}
    <form action="${choiceUrl}"><ul class="choices">${carried}${people.map(
      ({ sub, name, email, note }) =>
        html`<li><button name="sub" value="${sub}"><b>${name}</b> ${email}<br><small>${note}</small></button></li>`,
    )}</ul></form>
    <h2>Someone else</h2>
    <form action="${choiceUrl}">${carried}
      <label>Email <input type="email" name="email" required></label>
      <label>Name <input name="name" required></label>
      <label>Workspace domain (if any) <input name="hd"></label>
      <label><input type="checkbox" name="verified" checked> The address is verified</label>
      <button>Continue</button>
    </form>
    <form action="${choiceUrl}">${carried}<p><button name="cancel" value="yes">Cancel</button></p></form>`,
  )
}
