import { createHash } from 'node:crypto'
import { createReadStream, existsSync, rmSync } from 'node:fs'
import { cp, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import {
  ALL_FORMATS,
  CmafOutputFormat,
  Conversion,
  FilePathSource,
  FilePathTarget,
  HlsOutputFormat,
  Input,
  Output,
  PathedTarget,
} from 'mediabunny'
import type { Account } from './account'
import type { AssetRecord } from './records'

type Outcome = Pick<AssetRecord, 'status' | 'duration' | 'picture' | 'errors'>

const SEGMENT_SECONDS = 2
const playableVideo = ['avc', 'vp9', 'av1']
const playableAudio = ['aac', 'mp3', 'opus']

/** Packets are copied, not encoded, so only what a browser decodes can become ready. */
export function openPackaging(account: Account) {
  const waiting = new Map<string, NodeJS.Timeout>()
  const underWay = new Set<Promise<void>>()
  const known = new Map<string, { dir: string; outcome: Outcome }>()
  let closed = false

  async function work(asset: AssetRecord) {
    waiting.delete(asset.id)
    if (closed || !account.assets().includes(asset)) return
    const outcome = account.settings.failEncoding
      ? errored('The sandbox was told to fail this encoding.', 'internal_error')
      : await packagedOnce(account.sourceFile(asset.uploadId), account.mediaDir(asset.id))
    // Left as it is: the next start packages it again from its source.
    if (!closed) account.finishAsset(asset, outcome)
  }

  async function packagedOnce(source: string, dir: string): Promise<Outcome> {
    const hash = await hashOfFile(source)
    const twin = known.get(hash)
    if (twin && existsSync(twin.dir)) {
      await cp(twin.dir, dir, { recursive: true, force: true })
      return twin.outcome
    }
    const outcome = await packaged(source, dir)
    if (outcome.status === 'ready') known.set(hash, { dir, outcome })
    return outcome
  }

  function schedule(asset: AssetRecord) {
    const run = () => {
      const job: Promise<void> = work(asset).finally(() => underWay.delete(job))
      underWay.add(job)
    }
    waiting.set(asset.id, setTimeout(run, Math.max(0, asset.readyFrom - Date.now())))
  }

  for (const asset of account.assets()) if (asset.status === 'preparing') schedule(asset)

  return {
    schedule,
    hurry() {
      const latest = Date.now() + account.settings.delaySeconds * 1000
      for (const asset of account.assets()) {
        const timer = waiting.get(asset.id)
        if (!timer || asset.readyFrom <= latest) continue
        clearTimeout(timer)
        asset.readyFrom = latest
        schedule(asset)
      }
    },
    async close() {
      closed = true
      for (const timer of waiting.values()) clearTimeout(timer)
      await Promise.all(underWay)
    },
  }
}

async function hashOfFile(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk)
  return hash.digest('hex')
}

async function packaged(source: string, dir: string): Promise<Outcome> {
  rmSync(dir, { recursive: true, force: true })
  await mkdir(dir, { recursive: true })
  const input = new Input({ source: new FilePathSource(source), formats: ALL_FORMATS })
  try {
    if (!(await input.canRead())) return errored('The input file does not contain video or audio.')
    const [video, audio] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()]
    const refusal =
      unplayable('video', await codec(video), playableVideo) ??
      unplayable('audio', await codec(audio), playableAudio)
    if (refusal) return errored(refusal)
    if (!video && !audio) return errored('The input file does not contain video or audio.')

    const target = new PathedTarget('index.m3u8', ({ path }) => new FilePathTarget(join(dir, path)))
    const format = new HlsOutputFormat({
      segmentFormat: new CmafOutputFormat(),
      targetDuration: SEGMENT_SECONDS,
    })
    const conversion = await Conversion.init({
      input,
      output: new Output({ format, target }),
      tracks: 'primary',
      showWarnings: false,
    })
    if (!conversion.isValid) return errored('The input file can only be played after an encoding.')
    await conversion.execute()
    return {
      status: 'ready',
      duration: await input.computeDuration(),
      picture: {
        width: (await video?.getDisplayWidth()) ?? 0,
        height: (await video?.getDisplayHeight()) ?? 0,
        sound: audio !== null,
      },
      errors: null,
    }
  } catch (error) {
    return errored(`The input file is damaged: ${error instanceof Error ? error.message : String(error)}`)
  } finally {
    input.dispose()
  }
}

const errored = (message: string, type = 'invalid_input'): Outcome => ({
  status: 'errored',
  duration: null,
  picture: null,
  errors: { type, messages: [message] },
})

type Track = { getCodec(): Promise<string | null> } | null

async function codec(track: Track): Promise<string | null> {
  return track && ((await track.getCodec()) ?? 'unknown')
}

function unplayable(kind: string, name: string | null, playable: string[]): string | null {
  if (name === null || playable.includes(name)) return null
  return `The input's ${kind} codec (${name}) cannot be played without an encoding, which the sandbox does not do.`
}
