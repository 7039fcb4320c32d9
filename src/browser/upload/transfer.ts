import { paths } from '../../paths'

/** UploadThing's protocol as a browser speaks it: leave is asked of this site, the bytes go to the store. */

/** A reason that can be shown as it stands. */
export class Refusal extends Error {}

/** Where the bytes of each file may go, in the order of the files. */
export async function askLeave(
  route: string,
  input: Record<string, string> | null,
  files: File[],
  signal: AbortSignal,
): Promise<string[]> {
  const answer = await fetch(`${paths.uploadThing()}?actionType=upload&slug=${encodeURIComponent(route)}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      files: files.map(({ name, size, type, lastModified }) => ({ name, size, type, lastModified })),
      input,
    }),
    signal,
  })
  const body: unknown = await answer.json().catch(() => null)
  if (!answer.ok) throw new Refusal(messageOf(body) ?? 'Uploading does not work just now. Try again later.')
  return Array.isArray(body) ? body.map((place: { url: string }) => place.url) : []
}

const messageOf = (body: unknown) =>
  typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string'
    ? body.message
    : null

/** `fetch` cannot tell how far it is. Resolves when the site has taken note of the file, too. */
export function send(
  url: string,
  file: File,
  signal: AbortSignal,
  onSent: (bytes: number) => void,
): Promise<void> {
  const request = new XMLHttpRequest()
  const form = new FormData()
  form.append('file', file)
  return new Promise((resolve, reject) => {
    request.open('PUT', url)
    request.upload.addEventListener('progress', ({ loaded, total }) => onSent((loaded / total) * file.size))
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) resolve()
      else reject(new Refusal(`${file.name} arrived but could not be kept. Try again in a moment.`))
    })
    request.addEventListener('error', () => reject(new Error('connection')))
    request.addEventListener('abort', () => reject(new Error('cancelled')))
    signal.addEventListener('abort', () => request.abort())
    request.send(form)
  })
}
