import { type UploadLimits, uploadProblem } from '../../rules/uploads'
import { announce, showToast } from '../toaster'
import { onFiles } from './drop-zone'
import { requestUrls, sendFile, UserError } from './transfer'

interface Plan {
  route: string
  input: Record<string, string> | null
  limits: UploadLimits
  done: string
}

const running = new Map<HTMLElement, AbortController>()

onFiles('[data-upload]', (zone, files) => void upload(zone, files))

document.addEventListener('click', ({ target }) => {
  if (!(target instanceof Element) || !target.closest('[data-upload-cancel]')) return
  const zone = target.closest<HTMLElement>('[data-upload]')
  if (zone) running.get(zone)?.abort()
})

window.addEventListener('beforeunload', (event) => {
  if (running.size > 0) event.preventDefault()
})

async function upload(zone: HTMLElement, files: File[]): Promise<void> {
  if (running.has(zone)) return
  const plan: Plan = JSON.parse(zone.dataset.upload ?? '')
  const problem = uploadProblem(plan.limits, files)
  showProblem(zone, problem)
  if (problem) return
  const controller = new AbortController()
  running.set(zone, controller)
  showProgress(zone, 0)
  let sentBytes = 0
  try {
    const urls = await requestUrls(plan.route, { files, input: plan.input }, controller.signal)
    const totalBytes = files.reduce((sum, { size }) => sum + size, 0)
    for (const [index, file] of files.entries()) {
      const url = urls[index]
      controller.signal.throwIfAborted()
      if (!url) throw new UserError('The file store did not answer as expected. Try again later.')
      await sendFile(url, file, {
        signal: controller.signal,
        onProgress: (bytes) => showProgress(zone, (sentBytes + bytes) / totalBytes),
      })
      sentBytes += file.size
    }
    showToast({ kind: 'success', text: plan.done })
  } catch (error) {
    if (!controller.signal.aborted) showFailure(zone, error, sentBytes > 0)
  } finally {
    running.delete(zone)
    showProgress(zone, null)
  }
  if (sentBytes > 0) zone.dispatchEvent(new CustomEvent('uploaded', { bubbles: true }))
}

/**
 * When some files were stored the zone is fetched again, which would remove a problem shown in it.
 */
function showFailure(zone: HTMLElement, error: unknown, isPartial: boolean): void {
  const problem = error instanceof UserError ? error.message : 'The connection was lost. Try again.'
  if (isPartial) showToast({ kind: 'error', text: `Some files were not stored. ${problem}` })
  else showProblem(zone, problem)
}

/** `share` from 0 to 1; null when nothing is being sent. */
function showProgress(zone: HTMLElement, share: number | null): void {
  const box = zone.querySelector<HTMLElement>('[data-upload-progress]')
  const bar = zone.querySelector('progress')
  const text = zone.querySelector('[data-upload-percent]')
  const percent = Math.floor((share ?? 0) * 100)
  if (box) box.hidden = share === null
  if (bar) bar.value = percent
  if (text) text.textContent = percent < 100 ? `${percent}%` : 'Almost done'
  if (share === 0) announce('Uploading')
}

/** Screen readers read a new alert, not an empty one that is filled. */
function showProblem(zone: HTMLElement, problem: string | null): void {
  zone.querySelector('[role=alert]')?.remove()
  if (!problem) return
  const alert = document.createElement('p')
  alert.className = 'field-error'
  alert.role = 'alert'
  alert.textContent = problem
  zone.append(alert)
}
