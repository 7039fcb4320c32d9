import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  index,
  int,
  json,
  mysqlTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/mysql-core'
import { createdAt, emailAddress, exact, line, moment, prose, uuid } from './columns'

const id = () => uuid('id').primaryKey()
const paise = (name: string) => int(name, { unsigned: true })

export const users = mysqlTable(
  'users',
  {
    id: id(),
    name: line('name', { length: 100 }).notNull(),
    email: emailAddress('email').notNull(),
    passwordHash: exact('password_hash', { length: 255 }),
    phoneNumber: exact('phone_number', { length: 16 }),
    emailVerifiedAt: moment('email_verified_at'),
    /** Since when the mail server of this address refuses it for good. */
    emailRefusedAt: moment('email_refused_at'),
    imageKey: exact('image_key', { length: 255 }),
    role: exact('role', { length: 16 }).$type<Role>().notNull().default('student'),
    suspendedAt: moment('suspended_at'),
    teachingRequestedAt: moment('teaching_requested_at'),
    /** Since when they have the role; for the first ones, since the site keeps this. */
    adminSince: moment('admin_since'),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('users_email').on(table.email),
    uniqueIndex('users_phone_number').on(table.phoneNumber),
    index('users_name').on(table.name),
    index('users_role').on(table.role),
    index('users_teaching_requested').on(table.teachingRequestedAt),
    check('users_role', sql`${table.role} in ('student', 'instructor', 'admin')`),
  ],
)
export type Role = 'student' | 'instructor' | 'admin'

export const accounts = mysqlTable(
  'accounts',
  {
    id: id(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    provider: exact('provider', { length: 32 }).notNull(),
    providerAccountId: exact('provider_account_id', { length: 255 }).notNull(),
    /** The provider's address for it; null where it was linked before this was kept. */
    email: emailAddress('email'),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    expiresAt: moment('expires_at'),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex('accounts_provider_account').on(table.provider, table.providerAccountId)],
)

export const sessions = mysqlTable(
  'sessions',
  {
    id: id(),
    tokenHash: exact('token_hash', { length: 64 }).notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    device: line('device', { length: 255 }).notNull(),
    /** Null where the browser was not known yet when it signed in. */
    knownDeviceId: uuid('known_device_id'),
    expiresAt: moment('expires_at').notNull(),
    lastSeenAt: moment('last_seen_at').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('sessions_token_hash').on(table.tokenHash),
    index('sessions_expires').on(table.expiresAt),
  ],
)

/** Who signs in with two factors, and since when. */
export const twoFactors = mysqlTable('two_factors', {
  userId: uuid('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  /** In base32, encrypted. */
  secret: exact('secret', { length: 255 }).notNull(),
  /** Of the last code that was taken, so that each is taken once. */
  lastStep: int('last_step', { unsigned: true }).notNull(),
  createdAt: createdAt(),
})

/** A used one is deleted. */
export const recoveryCodes = mysqlTable(
  'recovery_codes',
  {
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    codeHmac: exact('code_hmac', { length: 64 }).notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ name: 'recovery_codes_user_code', columns: [table.userId, table.codeHmac] })],
)

/** A browser in which this person has signed in; it may fail by a count of its own. */
export const knownDevices = mysqlTable(
  'known_devices',
  {
    id: id(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    tokenHash: exact('token_hash', { length: 64 }).notNull(),
    device: line('device', { length: 255 }).notNull(),
    /** When the person was told of it, unless it was their first. */
    knownSince: moment('known_since').notNull(),
    lastUsedAt: moment('last_used_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
    /** With the password that it came with: it is new again. */
    revokedAt: moment('revoked_at'),
  },
  (table) => [
    uniqueIndex('known_devices_user_token').on(table.userId, table.tokenHash),
    index('known_devices_expires').on(table.expiresAt),
  ],
)

export const verificationTokens = mysqlTable(
  'verification_tokens',
  {
    identifier: emailAddress('identifier').notNull(),
    tokenHash: exact('token_hash', { length: 64 }).notNull(),
    purpose: exact('purpose', { length: 32 }).notNull(),
    expiresAt: moment('expires_at').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({
      name: 'verification_tokens_identifier_token',
      columns: [table.identifier, table.tokenHash],
    }),
    uniqueIndex('verification_tokens_token_hash').on(table.tokenHash),
  ],
)

export const passwordResetRequests = mysqlTable(
  'password_reset_requests',
  {
    id: id(),
    email: emailAddress('email').notNull(),
    count: int('count', { unsigned: true }).notNull().default(0),
    /** Milliseconds since 1970. */
    lastReset: bigint('last_reset', { mode: 'number', unsigned: true }).notNull(),
  },
  (table) => [uniqueIndex('password_reset_requests_email').on(table.email)],
)

export const categories = mysqlTable(
  'categories',
  {
    id: id(),
    name: line('name', { length: 60 }).notNull(),
    slug: exact('slug', { length: 80 }).notNull(),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex('categories_name').on(table.name), uniqueIndex('categories_slug').on(table.slug)],
)

/** FULLTEXT (title, description, search_words) is in a migration by hand: Drizzle cannot say it. */
export const courses = mysqlTable(
  'courses',
  {
    id: id(),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => users.id),
    categoryId: uuid('category_id').references(() => categories.id),
    title: line('title', { length: 120 }).notNull(),
    slug: exact('slug', { length: 140 }).notNull(),
    description: prose('description'),
    /** What FULLTEXT cannot index as typed (C++, Go, .NET), encoded by rules/search. */
    searchWords: prose('search_words'),
    /** One outcome a line. */
    outcomes: prose('outcomes'),
    imageKey: exact('image_key', { length: 255 }),
    pricePaise: paise('price_paise'),
    level: exact('level', { length: 16 }).$type<Level>(),
    isPublished: boolean('is_published').notNull().default(false),
    publishedAt: moment('published_at'),
    archivedAt: moment('archived_at'),
    /** By an administrator: off sale, and open as before to who owns it. */
    suspendedAt: moment('suspended_at'),
    suspensionReason: line('suspension_reason', { length: 500 }),
    /** Kept with every purchase, so that "popular" is an index and not a count. */
    studentCount: int('student_count', { unsigned: true }).notNull().default(0),
    /** Published lessons and their length, so that a list of courses counts nothing. */
    lessonCount: int('lesson_count', { unsigned: true }).notNull().default(0),
    lessonSeconds: int('lesson_seconds', { unsigned: true }).notNull().default(0),
    createdAt: createdAt(),
    updatedAt: moment('updated_at').notNull().default(sql`CURRENT_TIMESTAMP(3)`),
  },
  (table) => [
    uniqueIndex('courses_slug').on(table.slug),
    index('courses_newest').on(table.isPublished, table.publishedAt),
    index('courses_popular').on(table.isPublished, table.studentCount),
    index('courses_price').on(table.isPublished, table.pricePaise),
    index('courses_category').on(table.categoryId, table.isPublished, table.publishedAt),
    index('courses_category_popular').on(table.categoryId, table.isPublished, table.studentCount),
    index('courses_category_price').on(table.categoryId, table.isPublished, table.pricePaise),
    check(
      'courses_price_range',
      sql`${table.pricePaise} is null or ${table.pricePaise} = 0 or ${table.pricePaise} between 100 and 50000000`,
    ),
    check(
      'courses_level',
      sql`${table.level} is null or ${table.level} in ('beginner', 'intermediate', 'advanced')`,
    ),
  ],
)
export type Level = 'beginner' | 'intermediate' | 'advanced'

export const courseSlugs = mysqlTable(
  'course_slugs',
  {
    slug: exact('slug', { length: 140 }).primaryKey(),
    courseId: uuid('course_id')
      .notNull()
      .references(() => courses.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
  },
  (table) => [index('course_slugs_course').on(table.courseId)],
)

export const chapters = mysqlTable(
  'chapters',
  {
    id: id(),
    courseId: uuid('course_id')
      .notNull()
      .references(() => courses.id),
    title: line('title', { length: 120 }).notNull(),
    description: prose('description'),
    position: int('position', { unsigned: true }).notNull(),
    isPublished: boolean('is_published').notNull().default(false),
    isFree: boolean('is_free').notNull().default(false),
    /** Taken out of the course; who owned the course before keeps it. */
    withdrawnAt: moment('withdrawn_at'),
    createdAt: createdAt(),
    updatedAt: moment('updated_at').notNull().default(sql`CURRENT_TIMESTAMP(3)`),
  },
  (table) => [index('chapters_course_position').on(table.courseId, table.position)],
)

export const muxData = mysqlTable(
  'mux_data',
  {
    id: id(),
    chapterId: uuid('chapter_id')
      .notNull()
      .references(() => chapters.id),
    assetId: exact('asset_id', { length: 128 }).notNull(),
    playbackId: exact('playback_id', { length: 128 }).notNull(),
    durationSeconds: int('duration_seconds', { unsigned: true }).notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('mux_data_chapter').on(table.chapterId),
    uniqueIndex('mux_data_asset').on(table.assetId),
  ],
)

/** Outlives its chapter until the vendor's side is clean. */
export const videoUploads = mysqlTable(
  'video_uploads',
  {
    id: id(),
    chapterId: uuid('chapter_id').references(() => chapters.id, { onDelete: 'set null' }),
    vendorUploadId: exact('vendor_upload_id', { length: 128 }),
    assetId: exact('asset_id', { length: 128 }),
    state: exact('state', { length: 16 }).$type<UploadState>().notNull().default('waiting'),
    error: line('error', { length: 500 }),
    createdAt: createdAt(),
    updatedAt: moment('updated_at').notNull().default(sql`CURRENT_TIMESTAMP(3)`),
  },
  (table) => [
    uniqueIndex('video_uploads_vendor_upload').on(table.vendorUploadId),
    uniqueIndex('video_uploads_asset').on(table.assetId),
    index('video_uploads_chapter').on(table.chapterId, table.createdAt),
    check(
      'video_uploads_state',
      sql`${table.state} in ('waiting', 'preparing', 'ready', 'errored', 'cancelled')`,
    ),
  ],
)
export type UploadState = 'waiting' | 'preparing' | 'ready' | 'errored' | 'cancelled'

export const attachments = mysqlTable(
  'attachments',
  {
    id: id(),
    courseId: uuid('course_id')
      .notNull()
      .references(() => courses.id),
    name: line('name', { length: 255 }).notNull(),
    fileKey: exact('file_key', { length: 255 }).notNull(),
    sizeBytes: bigint('size_bytes', { mode: 'number', unsigned: true }).notNull(),
    contentType: exact('content_type', { length: 127 }).notNull(),
    /** Taken out of the course; who owned the course before keeps it. */
    withdrawnAt: moment('withdrawn_at'),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('attachments_file_key').on(table.fileKey),
    index('attachments_course').on(table.courseId),
  ],
)

/** Who fetched which file of a course; the address that is given out counts. */
export const attachmentFetches = mysqlTable(
  'attachment_fetches',
  {
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    attachmentId: uuid('attachment_id')
      .notNull()
      .references(() => attachments.id, { onDelete: 'cascade' }),
    count: int('count', { unsigned: true }).notNull().default(1),
    lastAt: moment('last_at').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ name: 'attachment_fetches_user_attachment', columns: [table.userId, table.attachmentId] }),
    index('attachment_fetches_attachment').on(table.attachmentId),
  ],
)

export const orders = mysqlTable(
  'orders',
  {
    id: id(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    courseId: uuid('course_id')
      .notNull()
      .references(() => courses.id),
    amountPaise: paise('amount_paise').notNull(),
    state: exact('state', { length: 16 }).$type<OrderState>().notNull().default('open'),
    /** user:course:amount while the order is open, then null: one open order of each kind. */
    openKey: exact('open_key', { length: 100 }),
    vendorOrderId: exact('razorpay_order_id', { length: 64 }),
    paymentId: exact('payment_id', { length: 64 }),
    lastError: line('last_error', { length: 500 }),
    paidAt: moment('paid_at'),
    /** When the payment service last said what it has for this order. */
    checkedAt: moment('checked_at'),
    /** When its page was first shown to its buyer. */
    shownAt: moment('shown_at'),
    /** For the papers, as typed on the purchase's page. */
    billingName: line('billing_name', { length: 100 }),
    billingGstin: exact('billing_gstin', { length: 15 }),
    /** Two digits, the state's code in a GSTIN. */
    billingState: exact('billing_state', { length: 2 }),
    createdAt: createdAt(),
    updatedAt: moment('updated_at').notNull().default(sql`CURRENT_TIMESTAMP(3)`),
  },
  (table) => [
    uniqueIndex('orders_open').on(table.openKey),
    uniqueIndex('orders_razorpay_order').on(table.vendorOrderId),
    uniqueIndex('orders_payment').on(table.paymentId),
    index('orders_user').on(table.userId, table.createdAt),
    index('orders_course').on(table.courseId, table.paidAt),
    check('orders_state', sql`${table.state} in ('open', 'paid', 'duplicate', 'abandoned')`),
    check('orders_amount', sql`${table.amountPaise} >= 100`),
  ],
)
/** `duplicate`: owned already or buyer gone, so refunded; `abandoned`: unpaid for five days. */
export type OrderState = 'open' | 'paid' | 'duplicate' | 'abandoned'

/** Each payment that the vendor tells of; `id`, `vendorStatus` and `method` are its words. */
export const payments = mysqlTable(
  'payments',
  {
    id: exact('id', { length: 64 }).primaryKey(),
    /** Null when the order is not ours, or not known any more. */
    orderId: uuid('order_id').references(() => orders.id),
    vendorOrderId: exact('razorpay_order_id', { length: 64 }),
    amountPaise: bigint('amount_paise', { mode: 'number', unsigned: true }).notNull(),
    feePaise: paise('fee_paise'),
    taxPaise: paise('tax_paise'),
    currency: exact('currency', { length: 8 }).notNull(),
    method: exact('method', { length: 32 }),
    vendorStatus: exact('vendor_status', { length: 32 }).notNull(),
    outcome: exact('outcome', { length: 16 }).$type<PaymentOutcome>(),
    heldReason: line('held_reason', { length: 255 }),
    heldFor: exact('held_for', { length: 16 }).$type<HeldFor>(),
    /** Why it was declined. */
    error: line('error', { length: 500 }),
    /** When the buyer paid, by the vendor's clock. */
    paidAt: moment('paid_at').notNull(),
    createdAt: createdAt(),
    updatedAt: moment('updated_at').notNull().default(sql`CURRENT_TIMESTAMP(3)`),
  },
  (table) => [
    index('payments_order').on(table.orderId),
    index('payments_paid').on(table.paidAt),
    index('payments_outcome').on(table.outcome, table.paidAt),
    check(
      'payments_outcome_known',
      sql`${table.outcome} in ('granted', 'returning', 'returned', 'held', 'lost')`,
    ),
    /** No money without an end. */
    check(
      'payments_captured_has_outcome',
      sql`${table.vendorStatus} not in ('captured', 'refunded') or ${table.outcome} is not null`,
    ),
    check('payments_held_reason', sql`${table.outcome} <> 'held' or ${table.heldReason} is not null`),
    check('payments_held_for', sql`${table.heldFor} in ('verdict', 'decision')`),
  ],
)
/** The payment service's `verdict` on its order, which is asked for; else a person's `decision`. */
export type HeldFor = 'verdict' | 'decision'
/** `lost` in a dispute; `held` for an administrator to decide. */
export type PaymentOutcome = 'granted' | 'returning' | 'returned' | 'held' | 'lost'

export const disputes = mysqlTable(
  'disputes',
  {
    id: exact('id', { length: 64 }).primaryKey(),
    paymentId: exact('payment_id', { length: 64 }).notNull(),
    amountPaise: bigint('amount_paise', { mode: 'number', unsigned: true }).notNull(),
    deductedPaise: bigint('deducted_paise', { mode: 'number', unsigned: true }).notNull().default(0),
    currency: exact('currency', { length: 8 }).notNull(),
    reasonCode: line('reason_code', { length: 100 }),
    phase: exact('phase', { length: 32 }),
    status: exact('status', { length: 32 }).notNull(),
    respondBy: moment('respond_by'),
    createdAt: createdAt(),
    updatedAt: moment('updated_at').notNull().default(sql`CURRENT_TIMESTAMP(3)`),
  },
  (table) => [
    index('disputes_payment').on(table.paymentId),
    index('disputes_status').on(table.status, table.respondBy),
  ],
)

export const refunds = mysqlTable(
  'refunds',
  {
    id: exact('id', { length: 64 }).primaryKey(),
    /** Null where its payment belongs to no order of ours. */
    orderId: uuid('order_id').references(() => orders.id),
    paymentId: exact('payment_id', { length: 64 }).notNull(),
    amountPaise: paise('amount_paise').notNull(),
    state: exact('state', { length: 16 }).$type<RefundState>().notNull(),
    createdAt: createdAt(),
    updatedAt: moment('updated_at').notNull().default(sql`CURRENT_TIMESTAMP(3)`),
  },
  (table) => [
    index('refunds_order').on(table.orderId),
    index('refunds_payment').on(table.paymentId),
    check('refunds_state', sql`${table.state} in ('pending', 'processed', 'failed')`),
  ],
)
export type RefundState = 'pending' | 'processed' | 'failed'

/** A refund that we want; its id is the key under which the vendor makes it once. */
export const refundRequests = mysqlTable(
  'refund_requests',
  {
    id: id(),
    paymentId: exact('payment_id', { length: 64 })
      .notNull()
      .references(() => payments.id),
    amountPaise: bigint('amount_paise', { mode: 'number', unsigned: true }).notNull(),
    /** Null when this site decided it by rule. */
    requestedBy: uuid('requested_by').references(() => users.id),
    reason: line('reason', { length: 500 }).notNull(),
    state: exact('state', { length: 16 }).$type<RefundRequestState>().notNull(),
    decidedBy: uuid('decided_by').references(() => users.id),
    decidedAt: moment('decided_at'),
    /** Why it was declined, or why the vendor refused it. */
    answer: line('answer', { length: 500 }),
    refundId: exact('refund_id', { length: 64 }),
    createdAt: createdAt(),
    updatedAt: moment('updated_at').notNull().default(sql`CURRENT_TIMESTAMP(3)`),
  },
  (table) => [
    index('refund_requests_payment').on(table.paymentId),
    index('refund_requests_state').on(table.state, table.createdAt),
    index('refund_requests_requested_by').on(table.requestedBy, table.createdAt),
    uniqueIndex('refund_requests_refund').on(table.refundId),
    check(
      'refund_requests_state_known',
      sql`${table.state} in ('asked', 'declined', 'approved', 'sent', 'refused', 'closed')`,
    ),
  ],
)
/**
 * `asked` waits for a person; `approved` waits for the vendor, who has made it once `sent`. One that
 * the vendor or the bank refused waits for a person again, until it is `closed`.
 */
export type RefundRequestState = 'asked' | 'declined' | 'approved' | 'sent' | 'refused' | 'closed'

/**
 * Receipts, tax invoices and credit notes, as they were issued, and a debit note for each credit
 * note whose refund never arrived.
 */
export const invoices = mysqlTable(
  'invoices',
  {
    id: id(),
    kind: exact('kind', { length: 16 }).$type<InvoiceKind>().notNull(),
    number: exact('number', { length: 16 }).notNull(),
    orderId: uuid('order_id')
      .notNull()
      .references(() => orders.id),
    paymentId: exact('payment_id', { length: 64 }).notNull(),
    /** Of a credit note, and of the debit note that cancels it. */
    refundId: exact('refund_id', { length: 64 }),
    totalPaise: paise('total_paise').notNull(),
    taxablePaise: paise('taxable_paise').notNull(),
    cgstPaise: paise('cgst_paise').notNull().default(0),
    sgstPaise: paise('sgst_paise').notNull().default(0),
    igstPaise: paise('igst_paise').notNull().default(0),
    /** Seller, buyer, text of the line, SAC and rate at the time of issue. */
    details: json('details').$type<InvoiceDetails>().notNull(),
    issuedAt: moment('issued_at').notNull(),
  },
  (table) => [
    uniqueIndex('invoices_number').on(table.number),
    uniqueIndex('invoices_refund_kind').on(table.refundId, table.kind),
    index('invoices_order').on(table.orderId),
    index('invoices_payment').on(table.paymentId),
    index('invoices_issued').on(table.issuedAt),
    check('invoices_kind', sql`${table.kind} in ('receipt', 'invoice', 'credit-note', 'debit-note')`),
  ],
)
export type InvoiceKind = 'receipt' | 'invoice' | 'credit-note' | 'debit-note'
export interface InvoiceDetails {
  seller: { name: string; address: string | null; gstin: string | null; state: string | null }
  buyer: { name: string; email: string; gstin: string | null; state: string | null }
  text: string
  sac: string | null
  ratePercent: number | null
}

/** The last number given in each series of a financial year, taken under its lock. */
export const invoiceSeries = mysqlTable('invoice_series', {
  series: exact('series', { length: 16 }).primaryKey(),
  lastNumber: int('last_number', { unsigned: true }).notNull(),
})

export const purchases = mysqlTable(
  'purchases',
  {
    id: id(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    courseId: uuid('course_id')
      .notNull()
      .references(() => courses.id),
    orderId: uuid('order_id').references(() => orders.id),
    paymentId: exact('payment_id', { length: 64 }),
    pricePaise: paise('price_paise').notNull(),
    source: exact('source', { length: 16 }).$type<PurchaseSource>().notNull().default('bought'),
    createdAt: createdAt(),
    /** Kept in step with payment, refunds, disputes and `takenBackAt`. */
    revokedAt: moment('revoked_at'),
    /** By an administrator, whatever the money says. */
    takenBackAt: moment('taken_back_at'),
  },
  (table) => [
    uniqueIndex('purchases_user_course').on(table.userId, table.courseId),
    uniqueIndex('purchases_order').on(table.orderId),
    uniqueIndex('purchases_payment').on(table.paymentId),
    index('purchases_course').on(table.courseId, table.createdAt),
    check('purchases_source', sql`${table.source} in ('bought', 'joined', 'granted')`),
  ],
)
export type PurchaseSource = 'bought' | 'joined' | 'granted'

export const userProgress = mysqlTable(
  'user_progress',
  {
    id: id(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    chapterId: uuid('chapter_id')
      .notNull()
      .references(() => chapters.id, { onDelete: 'cascade' }),
    isCompleted: boolean('is_completed').notNull().default(false),
    positionSeconds: int('position_seconds', { unsigned: true }).notNull().default(0),
    createdAt: createdAt(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [uniqueIndex('user_progress_user_chapter').on(table.userId, table.chapterId)],
)

export const webhookEvents = mysqlTable(
  'webhook_events',
  {
    id: id(),
    source: exact('source', { length: 16 }).notNull(),
    eventId: exact('event_id', { length: 128 }).notNull(),
    type: exact('type', { length: 64 }).notNull(),
    payload: json('payload').notNull(),
    outcome: line('outcome', { length: 255 }).notNull(),
    receivedAt: moment('received_at').notNull(),
  },
  (table) => [
    uniqueIndex('webhook_events_source_event').on(table.source, table.eventId),
    index('webhook_events_received').on(table.receivedAt),
    index('webhook_events_source').on(table.source),
  ],
)

export const jobs = mysqlTable(
  'jobs',
  {
    id: id(),
    kind: exact('kind', { length: 32 }).notNull(),
    /** What an earlier version adds while both run has none, and is done in this one. */
    lane: exact('lane', { length: 16 }).notNull().default('house'),
    priority: int('priority', { unsigned: true }).notNull().default(1),
    payload: json('payload').$type<Record<string, string>>().notNull(),
    runAt: moment('run_at').notNull(),
    /** When it should first have been done; a try that fails moves `run_at` only. */
    dueAt: moment('due_at').notNull().default(sql`CURRENT_TIMESTAMP(3)`),
    attempts: int('attempts', { unsigned: true }).notNull().default(0),
    lockedUntil: moment('locked_until'),
    lastError: line('last_error', { length: 500 }),
    failedAt: moment('failed_at'),
    /** Set when it is given up: it is kept, and runs only when a person says so. */
    deadAt: moment('dead_at'),
    /** Set while the job waits and has not begun: one waiting job of each is enough. */
    dedupeKey: exact('dedupe_key', { length: 100 }),
    createdAt: createdAt(),
  },
  (table) => [
    index('jobs_due').on(table.lane, table.deadAt, table.priority, table.runAt),
    index('jobs_dead').on(table.deadAt, table.dueAt),
    uniqueIndex('jobs_dedupe').on(table.dedupeKey),
  ],
)

/** Lanes that have failed and not succeeded since. */
export const breakers = mysqlTable('breakers', {
  lane: exact('lane', { length: 16 }).primaryKey(),
  failures: int('failures', { unsigned: true }).notNull(),
  rests: int('rests', { unsigned: true }).notNull(),
  failingSince: moment('failing_since').notNull(),
  /** Nobody is asked until then, and then by one job first; null while it is only shaky. */
  restsUntil: moment('rests_until'),
  lastError: line('last_error', { length: 500 }),
  changedAt: moment('changed_at').notNull(),
})

export const limits = mysqlTable(
  'limits',
  {
    key: exact('key', { length: 64 }).primaryKey(),
    count: int('count', { unsigned: true }).notNull(),
    endsAt: moment('ends_at').notNull(),
  },
  (table) => [index('limits_ends').on(table.endsAt)],
)

/** How often something has changed, in several rows that are summed. */
export const versions = mysqlTable(
  'versions',
  {
    name: exact('name', { length: 32 }).notNull(),
    shard: int('shard', { unsigned: true }).notNull(),
    version: bigint('version', { mode: 'number', unsigned: true }).notNull(),
  },
  (table) => [primaryKey({ name: 'versions_name_shard', columns: [table.name, table.shard] })],
)

export const settings = mysqlTable('settings', {
  name: exact('name', { length: 64 }).primaryKey(),
  value: prose('value').notNull(),
  changedAt: moment('changed_at').notNull(),
})

/** What people with a role did to somebody else's things. */
export const auditEvents = mysqlTable(
  'audit_events',
  {
    id: id(),
    /** Null when this site did it by itself. */
    actorId: uuid('actor_id').references(() => users.id),
    action: exact('action', { length: 32 }).notNull(),
    subjectType: exact('subject_type', { length: 16 }).notNull(),
    subjectId: exact('subject_id', { length: 64 }).notNull(),
    reason: line('reason', { length: 500 }),
    details: json('details').$type<Record<string, string | number>>(),
    createdAt: createdAt(),
  },
  (table) => [
    index('audit_events_subject').on(table.subjectType, table.subjectId, table.createdAt),
    index('audit_events_actor').on(table.actorId, table.createdAt),
    index('audit_events_created').on(table.createdAt),
  ],
)

/** When each outside service was last asked whether it answers, and how that went. */
export const serviceProbes = mysqlTable('service_probes', {
  service: exact('service', { length: 16 }).primaryKey(),
  askedAt: moment('asked_at').notNull(),
  /** Of the last good answer. */
  answeredAt: moment('answered_at'),
  latencyMs: int('latency_ms', { unsigned: true }),
  failedAt: moment('failed_at'),
  /** In the service's own words, without anything private. */
  error: line('error', { length: 500 }),
})
