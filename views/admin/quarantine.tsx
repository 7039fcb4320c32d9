import type { Quarantine } from '../../src/models/quarantine'
import { reconcileSince } from '../../src/rules/admin/restored'
import { Notice } from '../parts/notice'
import { When } from '../parts/text'

/** What is held back after a restore, and the commands that end it, in their order. */
export function InQuarantine({
  backupAt,
  since,
  timeZone,
}: Pick<Quarantine, 'backupAt' | 'since'> & { timeZone: string }) {
  return (
    <Notice kind="error" title="This site was restored and is in quarantine">
      <p>
        {backupAt ? (
          <>
            Its data is from <When date={backupAt} timeZone={timeZone} time />.{' '}
          </>
        ) : null}
        No emails or refunds are sent, and nothing is deleted at the video service or the file store. Payments
        are taken as usual. Run these on the server, in this order:
      </p>
      <ol>
        <li>
          <code>npm run reconcile -- payments --since {reconcileSince(backupAt ?? since)}</code>
        </li>
        <li>
          <code>npm run reconcile -- videos --list</code>, and then without <code>--list</code>
        </li>
        <li>
          <code>npm run restore -- --release</code>
        </li>
      </ol>
    </Notice>
  )
}
