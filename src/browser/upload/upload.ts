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

interface Upload {
  controller: AbortController
  /** From 0 to 1. */
  share: number
}

/** By the plan of their zone: the page may put a fresh zone in its place meanwhile. */
const running = new Map<string, Upload>()

const zoneOf = (key: string) =>
  [...document.querySelectorAll<HTMLElement>('[data-upload]')].find(({ dataset }) => dataset.upload === key)

onFiles('[data-upload]', ({ dataset }, files) => void upload(dataset.upload ?? '', files))

document.addEventListener('click', ({ target }) => {
  if (!(target instanceof Element) || !target.closest('[data-upload-cancel]')) return
  const zone = target.closest<HTMLElement>('[data-upload]')
  running.get(zone?.dataset.upload ?? '')?.controller.abort()
})

// A fresh zone shows the upload that goes on.
document.addEventListener('htmx:after:swap', () => {
  for (const [key, { share }] of running) showProgress(key, share)
})

window.addEventListener('beforeunload', (event) => {
  if (running.size > 0) event.preventDefault()
})

async function upload(key: string, files: File[]): Promise<void> {
  if (running.has(key)) return
  const plan: Plan = JSON.parse(key)
  const problem = uploadProblem(plan.limits, files)
  showProblem(key, problem)
  if (problem) return
  const controller = new AbortController()
  const state: Upload = { controller, share: 0 }
  running.set(key, state)
  announce('Uploading')
  showProgress(key, 0)
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
        onProgress: (bytes) => {
          state.share = (sentBytes + bytes) / totalBytes
          showProgress(key, state.share)
        },
      })
      sentBytes += file.size
    }
    showToast({ kind: 'success', text: plan.done })
  } catch (error) {
    if (!controller.signal.aborted) showFailure(key, error, sentBytes > 0)
  } finally {
    running.delete(key)
    showProgress(key, null)
  }
  if (sentBytes > 0) zoneOf(key)?.dispatchEvent(new CustomEvent('uploaded', { bubbles: true }))
}

/**
 * When some files were stored the zone is fetched again, which would remove a problem shown in it.
 */
function showFailure(key: string, error: unknown, isPartial: boolean): void {
  const problem = error instanceof UserError ? error.message : 'The connection was lost. Try again.'
  if (isPartial) showToast({ kind: 'error', text: `Some files were not stored. ${problem}` })
  else showProblem(key, problem)
}

/** `share` from 0 to 1; null when nothing is being sent. */
function showProgress(key: string, share: number | null): void {
  const zone = zoneOf(key)
  if (!zone) return
  const box = zone.querySelector<HTMLElement>('[data-upload-progress]')
  const bar = zone.querySelector('progress')
  const text = zone.querySelector('[data-upload-percent]')
  const percent = Math.floor((share ?? 0) * 100)
  if (box) box.hidden = share === null
  if (bar) bar.value = percent
  if (text) text.textContent = percent < 100 ? `${percent}%` : 'Almost done'
}

/** Screen readers read a new alert, not an empty one that is filled. */
function showProblem(key: string, problem: string | null): void {
  const zone = zoneOf(key)
  zone?.querySelector('[role=alert]')?.remove()
  if (!zone || !problem) return
  const alert = document.createElement('p')
  alert.className = 'field-error'
  alert.role = 'alert'
  alert.textContent = problem
  zone.append(alert)
}
