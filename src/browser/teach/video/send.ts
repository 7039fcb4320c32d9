import { videoFileProblem } from '../../../rules/teach/video-file'
import { announce } from '../../toaster'
import { UserError } from '../../upload/transfer'
import type { Panel } from './panel'
import { findSavedUpload, forgetUpload, isSameFile, saveUpload } from './saved-upload'
import { type Outcome, Transfer } from './transfer'
import { findUpload, openUpload, type Plan, stopUpload } from './upload'

const active = new Set<Transfer>()

export const isSending = (): boolean => active.size > 0

window.addEventListener('beforeunload', (event) => {
  if (isSending()) event.preventDefault()
})

const problems: Record<'refused' | 'unreadable', string> = {
  refused: 'The video service no longer accepts this upload. Try again to start over.',
  unreadable:
    'The file can no longer be read. If it was moved or changed, choose it again: the upload continues where it stopped.',
}

export async function sendVideo(file: File, plan: Plan, panel: Panel): Promise<boolean> {
  const problem = videoFileProblem(file)
  panel.showProblem(problem ?? '')
  if (problem) return false
  const outcome = await continueOrStart(file, plan, panel).catch((error: unknown) => {
    if (error instanceof UserError) return error
    throw error
  })
  refreshState()
  if (outcome === 'arrived') {
    forgetUpload(plan.chapterId)
    panel.close(`${file.name} has arrived.`)
    announce(`${file.name} has arrived.`)
    return true
  }
  panel.close()
  if (outcome === 'cancelled') return false
  panel.showProblem(
    outcome instanceof UserError ? outcome.message : problems[outcome],
    outcome === 'unreadable' ? undefined : () => void sendVideo(file, plan, panel),
  )
  return false
}

async function continueOrStart(file: File, plan: Plan, panel: Panel): Promise<Outcome> {
  const saved = findSavedUpload(plan.chapterId)
  if (saved && isSameFile(saved, file)) {
    const outcome = await transfer(file, { ...saved, plan, isContinued: true }, panel)
    if (outcome !== 'refused') return outcome
    forgetUpload(plan.chapterId)
  }
  const opened = await openUpload(plan)
  const { courseId, chapterId } = plan
  const { name, size, lastModified } = file
  saveUpload({ courseId, chapterId, ...opened, file: { name, size, lastModified }, at: Date.now() })
  const outcome = await transfer(file, { ...opened, plan, isContinued: false }, panel)
  if (outcome === 'refused') forgetUpload(plan.chapterId)
  return outcome
}

async function transfer(
  file: File,
  { plan, url, uploadId, isContinued }: { plan: Plan; url: string; uploadId: string; isContinued: boolean },
  panel: Panel,
): Promise<Outcome> {
  const running = new Transfer(file, url, {
    report: (report) => panel.showProgress(report, file),
    askSite: () => findUpload(plan, uploadId),
  })
  panel.open(file, {
    pause: () => running.pause(),
    resume: () => running.resume(),
    cancel: () => running.cancel(),
  })
  active.add(running)
  refreshState()
  try {
    const outcome = await running.run(isContinued)
    if (outcome === 'cancelled') {
      forgetUpload(plan.chapterId)
      await stopUpload(plan)
    }
    return outcome
  } finally {
    active.delete(running)
  }
}

function refreshState(): void {
  const state = document.querySelector('#video-state')
  state?.dispatchEvent(new CustomEvent('video-changed', { bubbles: true }))
  hideIdle()
}

function hideIdle(): void {
  for (const part of document.querySelectorAll<HTMLElement>('[data-idle-upload]')) part.hidden = isSending()
}
document.addEventListener('htmx:after:swap', hideIdle)
