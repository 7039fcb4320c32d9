import { type Check, unasked, wrong } from '../../src/check'
import type { Config } from '../../src/config'
import { inspectUploadThing } from '../../src/ports/files/uploadthing-inspection'
import { inspectGoogle } from '../../src/ports/identity/google-inspection'
import { inspectSmtp } from '../../src/ports/mail/smtp-inspection'
import { inspectMongo } from '../../src/ports/otp/mongo-inspection'
import { inspectRazorpay } from '../../src/ports/payments/razorpay-inspection'
import { inspectMux } from '../../src/ports/video/mux-inspection'
import { withoutPrivate } from '../../src/redaction'
import { explained } from '../reason'
import { openAsk } from './ask'
import { checkDatabase } from './database'
import { checkClock, checkDisk, checkOrigin, checkReach } from './site'

export interface Group {
  name: string
  checks: Check[]
}

const usualMs = 5000

/** Asks everything at once; no question and no group of them waits longer than its deadline. */
export async function examine(config: Config, deadlineMs = usualMs): Promise<Group[]> {
  const { APP_ORIGIN: origin, razorpay, mux, uploadthing, google, smtp, mongo } = config
  const { ask, clocks } = openAsk(deadlineMs)
  const group = (name: string, where: string, look: (() => Promise<Check[]>) | null) =>
    look ? inTime(name, where, 3 * deadlineMs, look) : off(name)
  const groups = await Promise.all([
    inTime('Database', 'DATABASE_URL', 3 * deadlineMs, () => checkDatabase(config)),
    group(
      'Razorpay',
      'https://status.razorpay.com',
      razorpay && (() => inspectRazorpay(razorpay, origin, ask)),
    ),
    group('Mux', 'https://status.mux.com', mux && (() => inspectMux(mux, origin, ask))),
    group(
      'UploadThing',
      'https://status.uploadthing.com',
      uploadthing && (() => inspectUploadThing(uploadthing, ask)),
    ),
    group('Google', 'the network of this machine', google && (() => inspectGoogle(google, origin, ask))),
    group('Mail', 'SMTP_URL', smtp && (() => inspectSmtp(smtp, deadlineMs))),
    group('MongoDB', 'MONGODB_URI', mongo && (() => inspectMongo(mongo, config.OTP_TTL_SECONDS))),
    inTime('Site', origin, 3 * deadlineMs, async () => [
      checkOrigin(config),
      await checkDisk(),
      ...(await checkReach(config, openAsk(deadlineMs).ask)),
    ]),
  ])
  return [...groups, { name: 'Clock', checks: [checkClock(clocks)] }]
}

const off = (name: string): Group => ({
  name,
  checks: [unasked('settings', 'switched off, because it has none')],
})

async function inTime(
  name: string,
  where: string,
  deadlineMs: number,
  look: () => Promise<Check[]>,
): Promise<Group> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${deadlineMs / 1000} s`)), deadlineMs)
  })
  try {
    return { name, checks: await Promise.race([look(), late]) }
  } catch (error) {
    return {
      name,
      checks: [wrong('answers', withoutPrivate(explained(error)), `look at ${where}, and ask again`)],
    }
  } finally {
    clearTimeout(timer)
  }
}
