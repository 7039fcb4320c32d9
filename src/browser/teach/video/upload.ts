/** What the site is asked about uploads, and what the browser keeps of them. */

export interface Plan {
  courseId: string
  chapterId: string
  /** POST opens an upload, GET says how it stands. */
  open: string
  /** POST stops what waits for its bytes. */
  stop: string
}

/** A reason that can be shown as it stands. */
export class Refusal extends Error {}

const waitMs = 40_000

/** Opens an upload. Refuses in words. */
export async function openUpload({ open }: Plan): Promise<{ uploadId: string; url: string }> {
  const answer = await fetch(open, {
    method: 'POST',
    headers: { Accept: 'application/json' },
    redirect: 'manual',
    signal: AbortSignal.timeout(waitMs),
  }).catch(() => {
    throw new Refusal('The connection is gone, so nothing was sent. Try again when it is back.')
  })
  if (answer.type === 'opaqueredirect')
    throw new Refusal('You were signed out meanwhile. Sign in again in another tab, then try again here.')
  const body = (await answer.json().catch(() => null)) as {
    uploadUrl?: unknown
    uploadId?: unknown
    error?: unknown
  } | null
  if (answer.ok && typeof body?.uploadUrl === 'string')
    return { url: body.uploadUrl, uploadId: String(body.uploadId) }
  if (typeof body?.error === 'string') throw new Refusal(body.error)
  if (answer.status === 404) throw new Refusal('This lesson does not exist any more.')
  throw new Refusal('The upload could not be started. Try again in a moment.')
}

/** Whether the site still waits for this upload. What cannot be asked is taken for wanted. */
export async function findUpload(
  { open }: Plan,
  uploadId: string,
): Promise<'arrived' | 'wanted' | 'unwanted'> {
  try {
    const answer = await fetch(open, { redirect: 'manual', signal: AbortSignal.timeout(waitMs) })
    if (answer.status === 404) return 'unwanted'
    if (!answer.ok) return 'wanted'
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const { state, uploadId: told } = page.querySelector<HTMLElement>('#video-state')?.dataset ?? {}
    if (told !== uploadId) return 'unwanted'
    return state === 'waiting' ? 'wanted' : state === 'errored' ? 'unwanted' : 'arrived'
  } catch {
    return 'wanted'
  }
}

/** Stops an upload; what cannot be told now, the vendor's own time limit ends. */
export const stopUpload = ({ stop }: Plan): Promise<unknown> =>
  fetch(stop, { method: 'POST', redirect: 'manual' }).catch(() => undefined)

/** Which file was on its way where, so that it can go on after the page was reloaded: a page loses its files then. */
export interface Memory {
  courseId: string
  chapterId: string
  uploadId: string
  url: string
  file: { name: string; size: number; lastModified: number }
  at: number
}

/** The address ends after a day. */
const keptMs = 23 * 3600 * 1000
const prefix = 'video-upload:'

/** A browser may refuse to keep anything. */
export function remember(memory: Memory): void {
  try {
    localStorage.setItem(prefix + memory.chapterId, JSON.stringify(memory))
  } catch {}
}

export function forget(chapterId: string): void {
  try {
    localStorage.removeItem(prefix + chapterId)
  } catch {}
}

export function recall(chapterId: string): Memory | null {
  try {
    const memory = JSON.parse(localStorage.getItem(prefix + chapterId) ?? 'null') as Memory | null
    if (!memory) return null
    if (Date.now() - memory.at < keptMs) return memory
    forget(chapterId)
  } catch {
    forget(chapterId)
  }
  return null
}

/** The chapter of a course that this very file was on its way to. */
export function recallFile(courseId: string, file: File): Memory | null {
  try {
    return (
      Object.keys(localStorage)
        .filter((key) => key.startsWith(prefix))
        .map((key) => recall(key.slice(prefix.length)))
        .find((memory) => memory?.courseId === courseId && isSameFile(memory, file)) ?? null
    )
  } catch {
    return null
  }
}

export const isSameFile = ({ file: { name, size, lastModified } }: Memory, file: File): boolean =>
  name === file.name && size === file.size && lastModified === file.lastModified
