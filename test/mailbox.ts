import { newId } from '../src/ids'
import type { BrowserSession } from './browser-session'
import type { World } from './world'

/** All emails to this address, newest first. */
export async function mailsTo(
  world: World,
  { email }: { email: string },
): Promise<{ subject: string; text: string; html: string }[]> {
  const response = await fetch(`${world.sandbox.origin}/mail/messages?to=${encodeURIComponent(email)}`)
  return response.json() as Promise<{ subject: string; text: string; html: string }[]>
}

/** The newest email to this address (of this kind, where there is one), with code and link in its text. */
export async function newestMail(world: World, email: string, subject = '') {
  const mails = await mailsTo(world, { email })
  const mail = mails.find((one) => one.subject.includes(subject)) ?? mails[0]
  if (!mail) throw new Error(`No mail to ${email}`)
  return {
    ...mail,
    code: /(?<!\w)\d{6}(?!\w)/.exec(mail.text)?.[0] ?? '',
    ...linkIn(mail.text),
  }
}

function linkIn(text: string) {
  const url = /https?:\S+\?token=\S+/.exec(text)?.[0]
  const { pathname, search, searchParams } = new URL(url ?? 'http://none.invalid/')
  return { link: pathname + search, token: searchParams.get('token') ?? '' }
}

/** Somebody who has just signed up, and the email that came. */
export async function newcomer(world: World) {
  const browser = world.browser()
  const email = `${newId()}@new.example.com`
  await browser.post('/sign-up', { name: 'Asha Verma', email, password: 'learn-by-doing' })
  await world.runJobs()
  return { browser, email, mail: await newestMail(world, email) }
}

/** A browser that asked for a new password, and what the email says. */
export async function askForReset(
  world: World,
  email: string,
  browser: BrowserSession = world.browser(),
  headers: Record<string, string> = {},
) {
  const answer = await browser.post('/password-reset', { email }, headers)
  await world.runJobs()
  // Lanes of emails run side by side, so it need not be the last.
  return { browser, answer, ...(await newestMail(world, email, 'Choose a new password')) }
}

/** Some other six digits than these. */
export const wrongCode = (code: string, step = 1): string =>
  String((Number(code) + step) % 1_000_000).padStart(6, '0')
