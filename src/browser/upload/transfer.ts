import { paths } from '../../paths'

/** UploadThing's protocol in a browser: this site gives the URLs, the bytes go to the store. */

export class UserError extends Error {}

export async function requestUrls(
  route: string,
  { files, input }: { files: File[]; input: Record<string, string> | null },
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
  if (!answer.ok)
    throw new UserError(messageOf(body) ?? 'Files cannot be uploaded at the moment. Try again later.')
  return Array.isArray(body) ? body.map((file: { url: string }) => file.url) : []
}

const messageOf = (body: unknown) =>
  typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string'
    ? body.message
    : null

/** Resolves when this site has stored the file, too; `fetch` cannot report progress. */
export function sendFile(
  url: string,
  file: File,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (bytes: number) => void },
): Promise<void> {
  const request = new XMLHttpRequest()
  const form = new FormData()
  form.append('file', file)
  return new Promise((resolve, reject) => {
    request.open('PUT', url)
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onProgress((loaded / total) * file.size),
    )
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) resolve()
      else reject(new UserError(`${file.name} could not be stored. Try again in a moment.`))
    })
    request.addEventListener('error', () => reject(new Error('connection')))
    request.addEventListener('abort', () => reject(new Error('cancelled')))
    signal.addEventListener('abort', () => request.abort())
    request.send(form)
  })
}
