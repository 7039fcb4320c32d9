import * as z from 'zod'
import { gstStates, isGstin, stateCode, stateOfGstin } from './rules/purchases/gstin'

const text = z.string().trim().min(1)
const address = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''))
const flag = z.enum(['true', 'false']).transform((word) => word === 'true')
const secret = z.string().min(32, 'needs 32 characters or more')
const count = z.coerce.number().int().positive()
/** How many proxies of ours stand before us. */
const hops = z
  .string()
  .trim()
  .regex(/^(true|false|\d)$/, 'takes true, false, or how many proxies of yours stand in front, such as 2')
  .transform((word) => (word === 'true' ? 1 : Number(word) || 0))
const timeZone = text.refine(isTimeZone, 'is not a time zone such as Asia/Kolkata')

const General = z.object({
  /** The one source of absolute addresses: mails, callbacks, OAuth. */
  APP_ORIGIN: address.refine(
    (url) => new URL(url).origin === url,
    'must be an origin such as https://learn.example.com',
  ),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  /** Processes that serve; Node counts the cores when it is not said. */
  WEB_CONCURRENCY: count.max(64, 'takes 64 at most').optional(),
  DATABASE_URL: text,
  /** The authority that signed the database's certificate, in PEM. */
  DATABASE_CA: text.regex(/-----BEGIN CERTIFICATE-----/, 'is no certificate in PEM').optional(),
  /** Pepper of one-time codes and key of tokens at rest. */
  APP_SECRET: secret,
  /** What it was before, while it is changed: still accepted, and used for nothing new. */
  APP_SECRET_OLD: secret.optional(),
  /** Who proves this address becomes administrator, while there is none. */
  ADMIN_EMAIL: z.string().trim().toLowerCase().pipe(z.email()).optional(),
  TRUST_PROXY: hops.default(0),
  /** Who knows it may read `/metrics`; without it there is no such address. */
  METRICS_TOKEN: text.min(20, 'needs 20 characters or more').optional(),
  TIME_ZONE: timeZone.default('Asia/Kolkata'),
  SITE_NAME: text.default('CodeCrafters'),
  OTP_TTL_SECONDS: count.default(45),
  /** Set by `npm run dev`: ready means that the demo data stands, too. */
  DEMO_DATA: flag.default(false),
  /** `optimum` is instant where the bank can, for a fee each time. */
  REFUND_SPEED: z.enum(['normal', 'optimum']).default('normal'),
  /** On receipts; the site's name unless set. */
  SELLER_NAME: text.max(100).optional(),
  SELLER_ADDRESS: text.max(500).optional(),
  SELLER_STATE: text
    .transform((given, context) => {
      const code = stateCode(given)
      if (code !== null && code !== '96') return code
      context.addIssue('is not a state of India, by its name or by the two digits of its GST code')
      return z.NEVER
    })
    .optional(),
  /** With it receipts are tax invoices. */
  SELLER_GSTIN: text
    .toUpperCase()
    .refine(isGstin, 'is not a GSTIN: 15 characters, the last of which checks the others')
    .optional(),
  /** The service accounting code of what is sold. */
  SAC: text.regex(/^99\d{2,4}$/, 'is not a service accounting code such as 999293').optional(),
  /** Included in every price. */
  TAX_RATE_PERCENT: z.coerce.number().min(0).max(100).multipleOf(0.01, 'has two decimals at most').optional(),
  /** So long after paying a refund is sent without a person; 0 asks one always. */
  REFUND_DAYS: z.coerce.number().int().min(0).max(365).default(14),
  /** From so much of the lessons completed on a person decides. */
  REFUND_WATCHED_PERCENT: z.coerce.number().int().min(0).max(100).default(30),
  INSTRUCTOR_SIGNUP: z.enum(['open', 'approval']).default('open'),
  LIMIT_SIGN_UPS_PER_HOUR: count.default(100),
  LIMIT_FAILED_SIGN_INS_PER_HOUR: count.default(300),
  LIMIT_RESETS_PER_HOUR: count.default(100),
  LIMIT_FAILED_SIGN_INS_PER_ACCOUNT: count.default(10),
  /** Of an authenticator app, by who has signed in with the first factor. */
  LIMIT_WRONG_CODES_PER_ACCOUNT: count.default(5),
  /** Emails with a code and a link, per email address. */
  LIMIT_RESET_MAILS_PER_HOUR: count.default(3),
  LIMIT_RESET_MAILS_PER_DAY: count.default(10),
  LIMIT_VERIFICATION_MAILS_PER_HOUR: count.default(5),
})

const Mux = z.object({
  MUX_TOKEN_ID: text,
  MUX_TOKEN_SECRET: text,
  MUX_WEBHOOK_SECRET: text,
  MUX_SIGNING_KEY_ID: text,
  MUX_SIGNING_PRIVATE_KEY: text,
  MUX_BASE_URL: address.optional(),
  MUX_STREAM_BASE: address.optional(),
  MUX_IMAGE_BASE: address.optional(),
})

const Razorpay = z.object({
  RAZORPAY_KEY_ID: text,
  RAZORPAY_KEY_SECRET: text,
  RAZORPAY_WEBHOOK_SECRET: text,
  /** Still accepted while old deliveries are retried after a change of secret. */
  RAZORPAY_WEBHOOK_SECRET_OLD: text.optional(),
  RAZORPAY_API_BASE: address.optional(),
  RAZORPAY_CHECKOUT_JS: address.optional(),
})

const UploadThing = z.object({
  UPLOADTHING_TOKEN: text,
  UPLOADTHING_INGEST_URL: address.optional(),
  UPLOADTHING_API_URL: address.optional(),
  UPLOADTHING_UFS_HOST: text.optional(),
  UPLOADTHING_UFS_APP_ID_LOCATION: z.enum(['subdomain', 'path']).optional(),
  UPLOADTHING_CALLBACK_URL: address.optional(),
})

const Google = z.object({
  GOOGLE_CLIENT_ID: text,
  GOOGLE_CLIENT_SECRET: text,
  GOOGLE_AUTHORIZATION_ENDPOINT: address.optional(),
  GOOGLE_TOKEN_ENDPOINT: address.optional(),
  GOOGLE_ISSUER: address.optional(),
})

const Smtp = z.object({ SMTP_URL: text, MAIL_FROM: z.email() })
const Mongo = z.object({ MONGODB_URI: text })

export type MuxConfig = z.output<typeof Mux>
export type RazorpayConfig = z.output<typeof Razorpay>
export type UploadThingConfig = z.output<typeof UploadThing>
export type GoogleConfig = z.output<typeof Google>
export type SmtpConfig = z.output<typeof Smtp>
export type MongoConfig = z.output<typeof Mongo>

export type Config = z.output<typeof General> & {
  mux: MuxConfig | null
  razorpay: RazorpayConfig | null
  uploadthing: UploadThingConfig | null
  google: GoogleConfig | null
  smtp: SmtpConfig | null
  mongo: MongoConfig | null
}

export type Environment = Record<string, string | undefined>

export class ConfigError extends Error {
  readonly problems: string[]
  constructor(problems: string[]) {
    super(`The configuration is not complete:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
    this.name = 'ConfigError'
    this.problems = problems
  }
}

/**
 * Refuses with ConfigError, naming each wrong or missing variable; an empty one counts as absent.
 */
export function readConfig(environment: Environment): Config {
  const env = Object.fromEntries(Object.entries(environment).filter(([, value]) => isFilled(value)))
  const problems: string[] = []
  const read = <T>(schema: z.ZodType<T>): T | null => {
    const result = schema.safeParse(env)
    if (result.success) return result.data
    for (const issue of result.error.issues) {
      const name = issue.path.join('.')
      problems.push(`${name}: ${name in env ? issue.message : 'is missing'}`)
    }
    return null
  }
  const vendor = <S extends z.ZodObject>(schema: S) =>
    Object.keys(schema.shape).some((name) => name in env) ? read<z.output<S>>(schema as never) : null

  const general = read(General)
  const vendors = {
    mux: vendor(Mux),
    razorpay: vendor(Razorpay),
    uploadthing: vendor(UploadThing),
    google: vendor(Google),
    smtp: vendor(Smtp),
    mongo: vendor(Mongo),
  }
  if (general && isPublic(general.APP_ORIGIN)) {
    problems.push(...sandboxValues(env))
    if (general.DEMO_DATA) problems.push('DEMO_DATA: exists in development only')
  }
  if (general) problems.push(...taxProblems(general))
  if (general && general.APP_SECRET_OLD === general.APP_SECRET)
    problems.push('APP_SECRET_OLD: is the same as APP_SECRET, and should be the one before it')
  if (!general || problems.length > 0) throw new ConfigError(problems)
  return { ...general, ...vendors }
}

/** A tax invoice without one of these is none. */
function taxProblems(general: z.output<typeof General>): string[] {
  const { SELLER_GSTIN, SELLER_STATE } = general
  if (!SELLER_GSTIN) return []
  const needed = ['SELLER_STATE', 'SAC', 'TAX_RATE_PERCENT'] as const
  const problems = needed
    .filter((name) => general[name] === undefined)
    .map((name) => `${name}: is missing, and with SELLER_GSTIN every receipt is a tax invoice that needs it`)
  const state = stateOfGstin(SELLER_GSTIN)
  if (SELLER_STATE && SELLER_STATE !== state)
    problems.push(`SELLER_STATE: is not ${gstStates[state]}, the state in SELLER_GSTIN`)
  return problems
}

/** Whether strangers can reach this origin, as far as its name tells. */
export function isPublic(origin: string): boolean {
  const { hostname } = new URL(origin)
  return !(
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '127.0.0.1' ||
    hostname === '[::1]'
  )
}

/** On Workers the environment also holds what is no text: resources bound to the site. */
const isFilled = (value: unknown) => typeof value === 'string' && value.trim() !== ''

/** What else stands in an environment, such as a path, may be called anything. */
export const settingNames: ReadonlySet<string> = new Set(
  [General, Mux, Razorpay, UploadThing, Google, Smtp, Mongo].flatMap(({ shape }) => Object.keys(shape)),
)

/** All keys of the sandbox carry the word "sandbox", so that none can guard a public site. */
function sandboxValues(env: Environment): string[] {
  return Object.entries(env)
    .filter(([name]) => settingNames.has(name))
    .filter(([, value]) => value && (/sandbox/i.test(value) || /sandbox/i.test(decoded(value))))
    .map(([name]) => `${name}: is a value of the development sandbox; a public APP_ORIGIN needs a real one`)
}

function decoded(value: string): string {
  try {
    return atob(value)
  } catch {
    return ''
  }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
