import { readFile } from 'node:fs/promises'
import { afterEach, beforeAll } from 'vitest'
import { examine } from '../bin/doctor/examine'
import type { Check } from '../src/check'
import { type Environment, readConfig } from '../src/config'
import { clip } from './ports/mux'
import { until } from './until'
import { fileWorld } from './world'

type Told = Check & { at: string }

export const parts = ['razorpay', 'mux', 'uploadthing', 'google', 'mail', 'mongo']

/** A world in which nothing is wrong at the beginning of each test, with a video that plays. */
export function doctorWorld() {
  const world = fileWorld()
  beforeAll(async () => {
    const { otp, video, config } = world.services
    await otp?.migrate(config.OTP_TTL_SECONDS)
    const upload = await video?.openUpload({ uploadId: 'a', title: 'A clip', creatorId: 'b' })
    await fetch(upload?.url ?? '', { method: 'PUT', body: new Uint8Array(await readFile(clip)) })
    await until(async () => (await firstAsset())?.status === 'ready', 'a video to play')
  })
  const firstAsset = async () => {
    const state = (await (await fetch(`${world.sandbox.origin}/mux/state`)).json()) as {
      assets: { status: string }[]
    }
    return state.assets[0]
  }

  afterEach(async () => {
    for (const part of parts) await world.settings(part, { down: false })
    const razorpay = { registeredUrl: null, registeredEvents: null, aheadSeconds: 0, capture: 'automatic' }
    await world.settings('razorpay', { ...razorpay, answer: null, webhooks: 'on' })
    await world.settings('mux', { registeredAddress: null, answer: null, webhooks: 'on' })
    await world.settings('uploadthing', { privateFiles: true })
  })

  /** What the doctor says with these settings changed; undefined removes one. */
  async function examined(change: Environment = {}, deadlineMs?: number): Promise<Told[]> {
    const groups = await examine(readConfig({ ...world.environment, ...change }), deadlineMs)
    return groups.flatMap(({ name, checks }) =>
      checks.map((check) => ({ ...check, at: `${name}: ${check.what}` })),
    )
  }
  const wrongIn = (checks: Told[]) =>
    checks.filter(({ verdict }) => verdict === 'wrong').map(({ at, said }) => `${at}: ${said}`)

  /** A machine with much to do may answer late; what is wrong stays so. */
  async function expectWrong(change: Environment, expected: RegExp) {
    await until(async () => {
      const found = wrongIn(await examined(change))
      return found.length === 1 && expected.test(found[0] ?? '')
    }, `only this to be wrong: ${expected}`)
  }

  return { world, examined, wrongIn, expectWrong }
}
