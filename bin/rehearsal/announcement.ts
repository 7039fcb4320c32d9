import { resolve } from 'node:path'
import type { Rehearsal } from './rehearsal'

/** What still differs from production, so that nobody takes more from a rehearsal than it proves. */
const differences = [
  'The vendors are the sandbox behind their own names: it speaks as they do, but is not them.',
  'Their names, and this site’s, lead to this machine in the processes started here and in the browser below only;',
  'every other name is unknown there. Their certificates are signed by an authority made at this start.',
  'The proxy with https is a small one of this command. It speaks HTTP/1.1, and yours may add headers or limits.',
  'MongoDB is the sandbox’s and speaks plain TCP without a login. The mail server takes a login over TLS and delivers nothing.',
  'The migration ran from dist, as in the image. The demo data was then written in development’s way:',
  'a public site refuses it. Its accounts have a known password, also the administrator’s.',
  'One process on one machine, on Node: no container, no Workers.',
]

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

What differs from production:
${differences.map((line) => `  ${line}`).join('\n')}

  Ctrl-C stops it. Data lies below ${dir}; deleting that folder starts afresh.
  The whole log is ${dir}/application.log.
`
}

const quoted = (word: string) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)
