import { auditEvents } from '../db/schema'
import { newId } from '../ids'
import { logSecurity } from '../log'
import type { TxNow } from '../services'

export interface AuditEvent {
  /** Null when this site did it by itself. */
  actorId: string | null
  action: AuditAction
  subject: { type: AuditSubject; id: string }
  reason?: string
  details?: Record<string, string | number>
}

export type AuditSubject =
  | 'order'
  | 'payment'
  | 'course'
  | 'chapter'
  | 'user'
  | 'category'
  | 'job'
  | 'attachment'
  | 'webhook'

export type AuditAction =
  | 'ask-vendor'
  | 'give-course'
  | 'take-course-back'
  | 'accept-payment'
  | 'return-payment'
  | 'request-refund'
  | 'approve-refund'
  | 'decline-refund'
  | 'retry-refund'
  | 'drop-refund'
  | 'send-receipt'
  | 'suspend-course'
  | 'lift-course-suspension'
  | 'erase-chapter'
  | 'erase-file'
  | 'suspend-user'
  | 'lift-user-suspension'
  | 'sign-out-user'
  | 'change-role'
  | 'delete-account'
  | 'delete-course'
  | 'answer-teaching-request'
  | 'add-category'
  | 'rename-category'
  | 'delete-category'
  | 'run-job'
  | 'give-up-job'
  | 'send-test-mail'
  | 'process-webhook'
  | 'turn-two-factor-on'
  | 'turn-two-factor-off'
  | 'use-recovery-code'
  | 'reset-two-factor'

/** In the transaction of what it tells of, so that neither is there without the other. */
export async function recordAudit(
  { db, now }: TxNow,
  { actorId, action, subject, reason, details }: AuditEvent,
): Promise<void> {
  const id = newId()
  await db.insert(auditEvents).values({
    id,
    actorId,
    action,
    subjectType: subject.type,
    subjectId: subject.id,
    reason: reason?.slice(0, 500) ?? null,
    details: details ?? null,
    createdAt: now(),
  })
  // A transaction that is begun again says it again: the id is that of the row that stands.
  logSecurity(action, { by: actorId, on: `${subject.type} ${subject.id}`, id })
}
