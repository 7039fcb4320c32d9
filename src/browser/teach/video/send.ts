import { videoFileProblem } from '../../../rules/teach/video-file'
import { announce } from '../../toaster'
import type { Panel } from './panel'
import { type Outcome, Transfer } from './transfer'
import {
  findUpload,
  forget,
  isSameFile,
  openUpload,
  type Plan,
  Refusal,
  recall,
  remember,
  stopUpload,
} from './upload'

const active = new Set<Transfer>()

export const isSending = (): boolean => active.size > 0

// A page that is left takes its uploads along.
window.addEventListener('beforeunload', (event) => {
  if (isSending()) event.preventDefault()
})

const inWords: Record<'refused' | 'unreadable', string> = {
  refused: 'The video service does not take this upload any more. Try again to send the file anew.',
  unreadable:
    'The file cannot be read any more. If it was moved or changed, choose it again: it goes on where it stopped.',
}

/** Sends a file to its chapter, from where it stopped if it was on its way before; gives whether all of it arrived. */
export async function sendVideo(file: File, plan: Plan, panel: Panel): Promise<boolean> {
  const problem = videoFileProblem(file)
  panel.say(problem ?? '')
  if (problem) return false
  const outcome = await attempt(file, plan, panel).catch((error: unknown) => {
    if (error instanceof Refusal) return error
    throw error
  })
  changed()
  if (outcome === 'arrived') {
    forget(plan.chapterId)
    panel.close(`${file.name} has arrived.`)
    announce(`${file.name} has arrived.`)
    return true
  }
  panel.close()
  if (outcome === 'cancelled') return false
  panel.say(
    outcome instanceof Refusal ? outcome.message : inWords[outcome],
    outcome === 'unreadable' ? undefined : () => void sendVideo(file, plan, panel),
  )
  return false
}

async function attempt(file: File, plan: Plan, panel: Panel): Promise<Outcome> {
  const memory = recall(plan.chapterId)
  if (memory && isSameFile(memory, file)) {
    const outcome = await transfer(file, plan, memory, panel, true)
    if (outcome !== 'refused') return outcome
    forget(plan.chapterId)
  }
  const place = await openUpload(plan)
  const { name, size, lastModified } = file
  remember({ ...plan, ...place, file: { name, size, lastModified }, at: Date.now() })
  const outcome = await transfer(file, plan, place, panel, false)
  if (outcome === 'refused') forget(plan.chapterId)
  return outcome
}

async function transfer(
  file: File,
  plan: Plan,
  { url, uploadId }: { url: string; uploadId: string },
  panel: Panel,
  mayHoldBytes: boolean,
): Promise<Outcome> {
  const running = new Transfer(file, url, {
    report: (report) => panel.show(report, file),
    askSite: () => findUpload(plan, uploadId),
  })
  panel.open(file, {
    pause: () => running.pause(),
    resume: () => running.resume(),
    cancel: () => running.cancel(),
  })
  active.add(running)
  changed()
  try {
    const outcome = await running.run(mayHoldBytes)
    if (outcome === 'cancelled') {
      forget(plan.chapterId)
      await stopUpload(plan)
    }
    return outcome
  } finally {
    active.delete(running)
  }
}

/** The words about the video ask anew how things stand. */
function changed(): void {
  const words = document.querySelector('#video-state')
  words?.dispatchEvent(new CustomEvent('video-changed', { bubbles: true }))
  hideIdle()
}

/** What is said to who lost an upload is nothing for a page that sends one. */
function hideIdle(): void {
  for (const part of document.querySelectorAll<HTMLElement>('[data-idle-upload]')) part.hidden = isSending()
}
document.addEventListener('htmx:after:swap', hideIdle)
