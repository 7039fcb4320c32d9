import * as z from 'zod'
import type { UploadThingConfig } from '../../config'
import { parseJson } from '../../json'
import { readToken } from './uploadthing-token'

const API = 'https://api.uploadthing.com'

const AppInfo = z.object({
  appId: z.string(),
  defaultACL: z.string(),
  allowACLOverride: z.boolean(),
})

type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** What the application of this token may do; throws with the vendor's status and words. */
export async function askAppInfo(
  config: UploadThingConfig,
  ask: Fetch,
  signal?: AbortSignal,
): Promise<z.output<typeof AppInfo>> {
  const answer = await ask(`${config.UPLOADTHING_API_URL ?? API}/v7/getAppInfo`, {
    method: 'POST',
    headers: { 'x-uploadthing-api-key': readToken(config.UPLOADTHING_TOKEN).apiKey },
    ...(signal && { signal }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${answer.status} ${text.slice(0, 200)}`)
  return AppInfo.parse(parseJson(text))
}
