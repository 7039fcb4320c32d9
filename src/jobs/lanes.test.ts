import { and, inArray, isNull } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openPlace } from '../../test/addresses'
import { lookers, openLooks } from '../../test/browser/pages'
import { newBuyer } from '../../test/payments'
import { person } from '../../test/people'
import { openSilence } from '../../test/silence'
import { tellSoak } from '../../test/soak-log'
import { until } from '../../test/until'
import { fileWorld } from '../../test/world'
import { type Environment, readConfig } from '../config'
import { breakers, jobs } from '../db/schema'
import { newId } from '../ids'
import { addJob, type JobPayload } from '../models/job'
import { type JobKind, type Lane, lanes } from '../rules/job-kinds'
import { minuteSeconds } from '../rules/time'
import { openServices, type Services } from '../services'
import { type Lanes, openLanes } from './run'
import { usually } from './work'

const world = fileWorld()
let silence: Awaited<ReturnType<typeof openSilence>>
let work: Record<Lane, [kind: JobKind, payload: () => JobPayload]>
let looks: Awaited<ReturnType<typeof openLooks>>

beforeAll(async () => {
  silence = await openSilence()
  const [instructor, buyer] = [await person(world, { role: 'instructor' }), await person(world)]
  const { ids } = await openPlace(world, { instructor, buyer })
  const { orderId } = await newBuyer(world)
  looks = await openLooks(world)
  await world.services.db.delete(jobs)
  work = {
    codes: ['mail-password-reset', () => ({ email: buyer.email, nonce: newId() })],
    accounts: ['mail-password-changed', () => ({ email: buyer.email })],
    mail: ['mail-receipt', () => ({ orderId: ids.orderId })],
    payments: ['check-order', () => ({ orderId, once: 'yes' })],
    video: ['delete-asset', () => ({ assetId: newId() })],
    files: ['delete-file', () => ({ fileKey: newId() })],
    house: ['check-webhook', () => ({ paymentId: 'pay_lanes00000000' })],
  }
})
afterAll(() => silence.close())

type Vendor = 'mail' | 'otp' | 'payments' | 'video' | 'files'
const silent = (): Record<string, [lanes: Lane[], vendor: Vendor, Environment]> => {
  const at = `127.0.0.1:${silence.port}`
  return {
    'the mail server': [['codes', 'accounts', 'mail'], 'mail', { SMTP_URL: `smtp://${at}` }],
    MongoDB: [['codes'], 'otp', { MONGODB_URI: `mongodb://${at}/sandbox` }],
    Razorpay: [['payments'], 'payments', { RAZORPAY_API_BASE: `http://${at}` }],
    Mux: [['video'], 'video', { MUX_BASE_URL: `http://${at}` }],
    UploadThing: [['files'], 'files', { UPLOADTHING_API_URL: `http://${at}` }],
  }
}

const alive = (which: Lane[]) =>
  world.services.db
    .select()
    .from(jobs)
    .where(and(isNull(jobs.deadAt), inArray(jobs.lane, which)))

/** Gives the world a vendor that never answers, until `comeBack`. */
let comeBack = async () => {}
function replace(vendor: Vendor, environment: Environment): void {
  const { services } = world
  const real = services[vendor]
  const config = readConfig({ ...world.environment, ...environment })
  Object.assign(services, { [vendor]: openServices(config, services.db)[vendor] })
  comeBack = async () => {
    comeBack = async () => {}
    if (vendor === 'otp') await services.otp?.close()
    Object.assign(services, { [vendor]: real })
  }
}
afterEach(() => comeBack())

const strideSeconds = 5
const sum = { 'vendors that hung': 0, 'questions unanswered': 0, 'pages answered': 0 }

/** Ten minutes in which somebody wants something of each lane twice a minute. */
async function passTenMinutes(services: Services, others: Lane[]): Promise<Lanes> {
  const runner = openLanes(services, usually)
  for (let seconds = 0; seconds < 10 * minuteSeconds; seconds += strideSeconds) {
    const isWanted = seconds % 30 === 0
    if (isWanted)
      for (const lane of lanes) await addJob(services, work[lane][0], work[lane][1](), services.now())
    world.advance(strideSeconds)
    await runner.look()
    // The clock does not go on before they are done, so none of them is later than one stride.
    if (isWanted) await until(async () => (await alive(others)).length === 0, 'the other lanes')
    // What hangs is given up by its own deadline, every ten seconds.
    if (seconds % 10 === 0) silence.drop()
  }
  return runner
}

/** Pages that do not answer as they should, of all that there are. */
async function brokenPages(): Promise<string[]> {
  const found: string[] = []
  for (const who of lookers)
    for (const path of looks.pages[who]) {
      const { status } = await looks.browsers[who].get(path)
      if (status >= 500) found.push(`${status} ${path}`)
    }
  return found
}

describe.each(['the mail server', 'MongoDB', 'Razorpay', 'Mux', 'UploadThing'])('while %s hangs', (name) => {
  it('no other lane is ten seconds late, and every page answers', { timeout: 240_000 }, async () => {
    const [hanging, vendor, environment] = silent()[name] ?? []
    if (!hanging || !vendor || !environment) throw new Error(`Nobody knows ${name}`)
    const before = silence.asked()
    replace(vendor, environment)
    const runner = await passTenMinutes(
      world.services,
      lanes.filter((lane) => !hanging.includes(lane)),
    )
    const resting = await world.services.db.select().from(breakers)
    expect(resting.map(({ lane }) => lane).sort()).toEqual([...hanging].sort())
    expect((await alive(hanging)).length).toBeGreaterThan(0)
    expect(silence.asked()).toBeGreaterThan(before)
    expect(await brokenPages()).toEqual([])
    sum['vendors that hung'] += 1
    sum['questions unanswered'] += silence.asked() - before
    sum['pages answered'] += Object.values(looks.pages).flat().length

    await comeBack()
    silence.drop()
    await runner.idle()
    world.advance(2 * minuteSeconds)
    await world.runJobs()
    expect(await alive([...lanes])).toEqual([])
    expect(await world.services.db.select().from(breakers)).toEqual([])
    tellSoak(sum)
  })
})
