import { megabytes, type UploadLimits } from '../../src/rules/uploads'
import { Control, wiring } from './control'

export interface FileDropProps {
  label: string
  name: string
  route: string
  input?: Record<string, string>
  limits: UploadLimits
  done: string
}

/**
 * What shows the file listens with `hx-trigger="uploaded"`; the page needs `upload.js` and the
 * policy `upload`.
 */
export function FileDrop({ label, name, route, input, limits, done }: FileDropProps) {
  const most = limits.maxCount > 1 ? `, at most ${limits.maxCount} at once` : ''
  const hint = `${limits.typeNames}, up to ${megabytes(limits.maxBytes)}${most}. Choose it or drop it here.`
  return (
    <>
      <noscript>
        <p class="soft">Uploading files needs JavaScript. Everything else on this page works without it.</p>
      </noscript>
      <div class="drop-zone" data-upload={JSON.stringify({ route, input: input ?? null, limits, done })}>
        <Control label={label} name={name} hint={hint}>
          <input
            {...wiring({ label, name, hint })}
            class="control"
            type="file"
            accept={limits.types.join(',')}
            multiple={limits.maxCount > 1 || undefined}
          />
        </Control>
        <div class="cluster" data-upload-progress hidden>
          <progress max={100} value={0} aria-label="Upload progress" />
          <span class="label-size numeric" data-upload-percent />
          <button class="button button-quiet" type="button" data-upload-cancel>
            Cancel
          </button>
        </div>
      </div>
    </>
  )
}
