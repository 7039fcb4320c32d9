import { releaseQuarantine } from '../../src/models/quarantine'
import { count } from '../../src/rules/format'
import type { DbNow } from '../../src/services'

/** Tells what goes out, by kind; `isListed` lets nothing out yet. */
export async function release(
  services: DbNow,
  isListed: boolean,
  print: (line: string) => void,
): Promise<void> {
  const released = await releaseQuarantine(services, isListed)
  if (!released) return print('The site is not in quarantine. Nothing has changed.')
  const { held, droppedEmails } = released
  print(isListed ? 'A release lets out:' : 'These go out now:')
  if (held.length === 0) print('  nothing')
  for (const { kind, n, later } of held)
    print(
      `  ${n} ${kind}${later > 0 ? `, ${later === n ? 'in its time' : `${later} of them in their time`}` : ''}`,
    )
  if (droppedEmails > 0)
    print(`${isListed ? 'It drops' : 'Dropped:'} ${count(droppedEmails, 'email')} of before the backup.`)
  print(isListed ? 'Nothing has changed.' : 'The quarantine is over.')
}
