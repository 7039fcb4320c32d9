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
    imageKey: exact('image_key', { length: 255 }),
    role: exact('role', { length: 16 }).$type<Role>().notNull().default('student'),
    suspendedAt: moment('suspended_at'),
    teachingRequestedAt: moment('teaching_requested_at'),
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
    expiresAt: moment('expires_at').notNull(),
    lastSeenAt: moment('last_seen_at').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('sessions_token_hash').on(table.tokenHash),
    index('sessions_expires').on(table.expiresAt),
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
    /** Kept with every purchase, so that "popular" is an index and not a count. */
    studentCount: int('student_count', { unsigned: true }).notNull().default(0),
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
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('attachments_file_key').on(table.fileKey),
    index('attachments_course').on(table.courseId),
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

export const refunds = mysqlTable(
  'refunds',
  {
    id: exact('id', { length: 64 }).primaryKey(),
    orderId: uuid('order_id')
      .notNull()
      .references(() => orders.id),
    paymentId: exact('payment_id', { length: 64 }).notNull(),
    amountPaise: paise('amount_paise').notNull(),
    state: exact('state', { length: 16 }).$type<RefundState>().notNull(),
    createdAt: createdAt(),
    updatedAt: moment('updated_at').notNull().default(sql`CURRENT_TIMESTAMP(3)`),
  },
  (table) => [
    index('refunds_order').on(table.orderId),
    check('refunds_state', sql`${table.state} in ('pending', 'processed', 'failed')`),
  ],
)
export type RefundState = 'pending' | 'processed' | 'failed'

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
    createdAt: createdAt(),
    revokedAt: moment('revoked_at'),
  },
  (table) => [
    uniqueIndex('purchases_user_course').on(table.userId, table.courseId),
    uniqueIndex('purchases_order').on(table.orderId),
    uniqueIndex('purchases_payment').on(table.paymentId),
    index('purchases_course').on(table.courseId, table.createdAt),
  ],
)

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
  ],
)

export const jobs = mysqlTable(
  'jobs',
  {
    id: id(),
    kind: exact('kind', { length: 32 }).notNull(),
    payload: json('payload').$type<Record<string, string>>().notNull(),
    runAt: moment('run_at').notNull(),
    attempts: int('attempts', { unsigned: true }).notNull().default(0),
    lockedUntil: moment('locked_until'),
    lastError: line('last_error', { length: 500 }),
    createdAt: createdAt(),
  },
  (table) => [index('jobs_run').on(table.runAt)],
)

export const limits = mysqlTable(
  'limits',
  {
    key: exact('key', { length: 64 }).primaryKey(),
    count: int('count', { unsigned: true }).notNull(),
    endsAt: moment('ends_at').notNull(),
  },
  (table) => [index('limits_ends').on(table.endsAt)],
)

export const settings = mysqlTable('settings', {
  name: exact('name', { length: 64 }).primaryKey(),
  value: prose('value').notNull(),
  changedAt: moment('changed_at').notNull(),
})
