import Mux from '@mux/mux-node'
import * as z from 'zod'
import { type Ask, type Check, ok, unasked, wrong } from '../../check'
import type { MuxConfig } from '../../config'
import { paths } from '../../paths'
import { minuteSeconds } from '../../rules/time'

const API = 'https://api.mux.com'
const STREAM = 'https://stream.mux.com'

const Whoami = z.object({ data: z.object({ environment_name: z.string(), environment_type: z.string() }) })
const Webhooks = z.object({ data: z.array(z.object({ address: z.string(), enabled: z.boolean() })) })
const Assets = z.object({
  data: z.array(
    z.object({
      status: z.string(),
      playback_ids: z.array(z.object({ id: z.string(), policy: z.string() })).nullish(),
    }),
  ),
})
type Assets = z.output<typeof Assets>['data']

/** What only Mux knows of these keys: https://www.mux.com/docs/api-reference */
export async function inspectMux(config: MuxConfig, origin: string, ask: Ask): Promise<Check[]> {
  const authorization = `Basic ${btoa(`${config.MUX_TOKEN_ID}:${config.MUX_TOKEN_SECRET}`)}`
  const get = (path: string) =>
    ask(`${config.MUX_BASE_URL ?? API}${path}`, { headers: { Authorization: authorization } })

  const who = await get('/system/v1/whoami')
  if (!who.ok) return [refusedToken(who.status)]
  const { environment_name: name, environment_type: type } = Whoami.parse(await who.json()).data
  const assets = await get('/video/v1/assets?limit=100')
  const known = assets.ok ? Assets.parse(await assets.json()).data : null
  return [
    ok('access token', `valid for the environment "${name}" (${type})`),
    known
      ? ok('permission', 'the token may read videos')
      : wrong(
          'permission',
          `Mux answered ${assets.status} to a list of videos`,
          'Mux dashboard, Settings, Access Tokens: give the token Mux Video, Read and Write',
        ),
    await signingKey(
      config,
      await get(`/system/v1/signing-keys/${encodeURIComponent(config.MUX_SIGNING_KEY_ID)}`),
    ),
    await keyPair(config, known ?? [], ask),
    policies(known ?? []),
    await webhook(origin, await get('/system/v1/webhooks?limit=100')),
  ]
}

const refusedToken = (status: number): Check =>
  status === 401 || status === 403
    ? wrong(
        'access token',
        `Mux refuses it with ${status}`,
        'Mux dashboard, Settings, Access Tokens: make one, and set MUX_TOKEN_ID and MUX_TOKEN_SECRET',
      )
    : wrong('access token', `Mux answered ${status}`, 'look at status.mux.com, and ask again later')

async function signingKey({ MUX_SIGNING_KEY_ID: id }: MuxConfig, answer: Response): Promise<Check> {
  await answer.body?.cancel()
  if (answer.ok) return ok('signing key', `${id} belongs to the environment of the token`)
  if (answer.status === 404)
    return wrong(
      'signing key',
      `${id} does not belong to the environment of the token`,
      'Mux dashboard, Settings, Signing Keys: make one in the same environment, and set MUX_SIGNING_KEY_ID and MUX_SIGNING_PRIVATE_KEY',
    )
  return unasked(
    'signing key',
    `Mux answered ${answer.status}: the token may not read keys`,
    `Mux dashboard, Settings, Signing Keys: ${id} must be in the list`,
  )
}

/** A signature is only believed with the right half of the key, so a video is asked for with one. */
async function keyPair(config: MuxConfig, assets: Assets, ask: Ask): Promise<Check> {
  const what = 'private key'
  const mend =
    'set MUX_SIGNING_KEY_ID and MUX_SIGNING_PRIVATE_KEY as Mux showed them together, or make a new pair'
  const ready = assets.find(({ status, playback_ids: ids }) => status === 'ready' && signedIn(ids))
  const playbackId = signedIn(ready?.playback_ids) ?? 'of-no-video'
  const mux = new Mux({
    tokenId: config.MUX_TOKEN_ID,
    tokenSecret: config.MUX_TOKEN_SECRET,
    jwtSigningKey: config.MUX_SIGNING_KEY_ID,
    jwtPrivateKey: config.MUX_SIGNING_PRIVATE_KEY,
  })
  let token: string
  try {
    token = await mux.jwt.signPlaybackId(playbackId, { type: 'video', expiration: `${minuteSeconds}s` })
  } catch {
    return wrong(what, 'it is no RSA key in PEM or its base64, so nothing can be signed', mend)
  }
  if (!ready)
    return unasked(what, 'it signs, but there is no video yet to try it with', 'upload a video and ask again')
  const answer = await ask(`${config.MUX_STREAM_BASE ?? STREAM}/${playbackId}.m3u8?token=${token}`)
  await answer.body?.cancel()
  if (answer.ok) return ok(what, 'it belongs to the signing key: a video plays with its signature')
  if (answer.status === 403) return wrong(what, 'a video does not play with its signature (403)', mend)
  return unasked(what, `Mux answered ${answer.status} to a signed video`, 'ask again later')
}

const signedIn = (ids: Assets[number]['playback_ids']) => ids?.find(({ policy }) => policy === 'signed')?.id

function policies(assets: Assets): Check {
  const open = assets.filter(({ playback_ids: ids }) => ids?.some(({ policy }) => policy === 'public'))
  if (open.length === 0)
    return ok('playback policy', `no public one among the newest ${assets.length} videos`)
  return wrong(
    'playback policy',
    `${open.length} of the newest ${assets.length} videos can be watched by anybody who has the address`,
    'Mux dashboard, Assets: delete their public playback ids; this site makes signed ones only',
  )
}

async function webhook(origin: string, answer: Response): Promise<Check> {
  const url = origin + paths.muxWebhook()
  const click = `Mux dashboard, Settings, Webhooks: ${url} must be there and enabled`
  const list = answer.ok ? Webhooks.safeParse(await answer.json()) : null
  if (!list?.success) return unasked('webhook', `Mux answered ${answer.status} to a list of them`, click)
  const ours = list.data.data.find(({ address }) => address === url)
  if (!ours) return wrong('webhook', `none goes to ${url}`, click)
  if (!ours.enabled) return wrong('webhook', `the one to ${url} is switched off`, click)
  return ok('webhook', `goes to ${url}`)
}
