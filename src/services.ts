import type { Config } from './config'
import type { Db, Transaction } from './db/connect'
import { AppError } from './errors'
import type { Files, UploadRoutes } from './ports/files/files'
import { openUploadThing } from './ports/files/uploadthing'
import { openGoogle } from './ports/identity/google'
import type { Identity } from './ports/identity/identity'
import type { Mail } from './ports/mail/mail'
import { openSmtp } from './ports/mail/smtp'
import { openMongo } from './ports/otp/mongo'
import type { Otp } from './ports/otp/otp'
import type { Payments } from './ports/payments/payments'
import { openRazorpay } from './ports/payments/razorpay'
import { openMux } from './ports/video/mux'
import type { Video } from './ports/video/video'

export type { UploadRoutes }

/** A vendor that is not configured is null: its function is off, visibly, and nothing else. */
export interface Services {
  config: Config
  db: Db
  video: Video | null
  payments: Payments | null
  files: Files | null
  mail: Mail | null
  otp: Otp | null
  identity: Identity | null
  memory: Memory
  now: () => Date
}

/** Outlives a request: it is the process's on Node, the isolate's on Workers. */
export interface Memory {
  /** Answers what it has begun and should get nothing new. */
  isStopping?: boolean
  writeProbe?: { at: number; answer: Promise<string[]> }
  /** When the database had no room for a write, and what it said. */
  noRoom?: { at: number; said: string }
}

export type DbNow = Pick<Services, 'db' | 'now'>

/** What follows of money needs: its papers name the seller. */
export type MoneyServices = Pick<Services, 'db' | 'now' | 'config'>

export type TxNow = Pick<Services, 'now'> & { db: Db | Transaction }

/** Opening asks nobody: every adapter connects when it is first used. */
export function openServices(
  config: Config,
  db: Db,
  memory: Memory = {},
  { maxCodeConnections = 5 } = {},
): Services {
  return {
    config,
    db,
    video: config.mux && openMux(config.mux, config.APP_ORIGIN),
    payments: config.razorpay && openRazorpay(config.razorpay),
    files: config.uploadthing && openUploadThing(config.uploadthing, config.APP_ORIGIN),
    mail: config.smtp && openSmtp(config.smtp, config.SITE_NAME),
    otp: config.mongo && openMongo(config.mongo, { maxPoolSize: maxCodeConnections }),
    identity: config.google && openGoogle(config.google, config.APP_ORIGIN),
    memory,
    now: () => new Date(),
  }
}

/** AppError `unavailable` where it is switched off. */
export function required<T>(service: T | null, what: string): T {
  if (service === null) throw new AppError('unavailable', `${what} is not set up on this site yet.`)
  return service
}

/** Null without an image, or while files are switched off. */
export const imageUrl = ({ files }: Pick<Services, 'files'>, key: string | null): string | null =>
  key && files ? files.publicUrl(key) : null
