import { type Ask, type Check, ok, wrong } from '../../check'
import type { UploadThingConfig } from '../../config'
import { askAppInfo } from './uploadthing-app'
import { readToken } from './uploadthing-token'

/** What only UploadThing knows of this token. */
export async function inspectUploadThing(config: UploadThingConfig, ask: Ask): Promise<Check[]> {
  let status = 0
  const noting: Ask = async (url, init) => {
    const answer = await ask(url, init)
    status = answer.status
    return answer
  }
  try {
    const { appId, allowACLOverride, defaultACL } = await askAppInfo(config, noting)
    return [
      appId === readToken(config.UPLOADTHING_TOKEN).appId
        ? ok('token', `valid for the app ${appId}`)
        : wrong('token', `its key belongs to another app, ${appId}`, tokenClick),
      allowACLOverride
        ? ok('private files', 'allowed')
        : wrong(
            'private files',
            `not allowed: every file is ${defaultACL}`,
            'UploadThing dashboard, the app, Settings, Regions and ACL: allow ACL override (paid plans)',
          ),
    ]
  } catch (error) {
    if (status === 401 || status === 403)
      return [wrong('token', `UploadThing refuses it with ${status}`, tokenClick)]
    if (status === 0) throw error
    return [
      wrong('token', `UploadThing answered ${status}`, 'look at status.uploadthing.com, and ask again later'),
    ]
  }
}

const tokenClick = 'UploadThing dashboard, the app, API Keys, V7: copy the token into UPLOADTHING_TOKEN'
