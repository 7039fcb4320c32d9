import { UserError } from '../../upload/transfer'

export interface Plan {
  courseId: string
  chapterId: string
  open: string
  stop: string
}

const timeoutMs = 40_000

export async function openUpload({ open }: Plan): Promise<{ uploadId: string; url: string }> {
  const answer = await fetch(open, {
    method: 'POST',
    headers: { Accept: 'application/json' },
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  }).catch(() => {
    throw new UserError('There is no connection, so nothing was sent. Try again when it is back.')
  })
  if (answer.type === 'opaqueredirect')
    throw new UserError('You have been signed out. Sign in again in another tab, then try again here.')
  const body = (await answer.json().catch(() => null)) as {
    uploadUrl?: unknown
    uploadId?: unknown
    error?: unknown
  } | null
  if (answer.ok && typeof body?.uploadUrl === 'string')
    return { url: body.uploadUrl, uploadId: String(body.uploadId) }
  if (typeof body?.error === 'string') throw new UserError(body.error)
  if (answer.status === 404) throw new UserError('This chapter no longer exists.')
  throw new UserError('The upload could not be started. Try again in a moment.')
}

/** Without an answer it counts as wanted. */
export async function findUpload(
  { open }: Plan,
  uploadId: string,
): Promise<'arrived' | 'wanted' | 'unwanted'> {
  try {
    const answer = await fetch(open, { redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) })
    if (answer.status === 404) return 'unwanted'
    if (!answer.ok) return 'wanted'
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const { state, uploadId: present } = page.querySelector<HTMLElement>('#video-state')?.dataset ?? {}
    if (present !== uploadId) return 'unwanted'
    return state === 'waiting' ? 'wanted' : state === 'errored' ? 'unwanted' : 'arrived'
  } catch {
    return 'wanted'
  }
}

/** Without a connection the vendor's time limit stops it. */
export const stopUpload = ({ stop }: Plan): Promise<unknown> =>
  fetch(stop, { method: 'POST', redirect: 'manual' }).catch(() => undefined)
