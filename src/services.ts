import type { Config } from './config'
import type { Db } from './db/connect'
import type { Files } from './ports/files/files'
import type { Identity } from './ports/identity/identity'
import type { Mail } from './ports/mail/mail'
import type { Otp } from './ports/otp/otp'
import type { Payments } from './ports/payments/payments'
import type { Video } from './ports/video/video'

/** Everything outside this process. A vendor that is not configured is null: its function is off, visibly, and nothing else. */
export interface Services {
  config: Config
  db: Db
  video: Video | null
  payments: Payments | null
  files: Files | null
  mail: Mail | null
  otp: Otp | null
  identity: Identity | null
  now: () => Date
}
