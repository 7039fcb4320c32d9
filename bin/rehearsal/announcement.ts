import { resolve } from 'node:path'
import type { Rehearsal } from './rehearsal'

/** So that nobody takes more from a rehearsal than it proves. */
const differences = `
  - The vendors are the sandbox behind their own names: it speaks as they do, but is not them.
  - The names lead here only in the processes of this command and in the browser above, which
    believes a certificate of an authority made at this start and knows no other name.
  - The proxy with https is a small one of this command: HTTP/1.1, no limits, no headers of its own.
  - One process on one machine, on Node: no container, no Workers, no second machine.
  - MongoDB is the sandbox’s, without TLS and login. The mail server has both and delivers nothing.
  - The demo data was written in development’s way, because a public site refuses it; its accounts,
    the administrator too, have a password that everybody knows.`

export function announcement({ rehearsal, dir }: { rehearsal: Rehearsal; dir: string }): string {
  const browser = process.env.CHROMIUM_BIN || 'chromium'
  const isRoot = process.getuid?.() === 0
  const command = [
    browser,
    `--user-data-dir=${resolve(dir, 'browser')}`,
    '--no-first-run',
    ...(isRoot ? ['--no-sandbox'] : []),
    ...rehearsal.browserArguments,
    rehearsal.origin,
  ]
  return `
Ready: ${rehearsal.origin}, in this browser and in no other:

${command.map(quoted).join(' ')}

  Sandbox       ${rehearsal.sandbox.origin} (mails, payments, videos, files), in any browser

  Sign in with the password learn-by-doing as
    student@example.com         owns a course and is half-way through it
    teacher@example.com         teaches
    other-teacher@example.com   teaches something else
    admin@example.com           looks after everything

What differs from production:${differences}

  Ctrl-C stops it. Data lies below ${dir}; deleting that folder starts afresh.
  The whole log is ${dir}/application.log.
`
}

const quoted = (word: string) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)
