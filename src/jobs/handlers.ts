import type { Job, JobOutcome } from '../models/job'
import type { JobKind } from '../rules/job-kinds'
import type { Services } from '../services'
import { mailPasswordReset, mailVerification } from './account-emails'
import { mailDispute, mailHeldPayment, mailRefundRequest, mailRefusedRefund } from './admin-emails'
import { mailCourseSuspended } from './course-emails'
import { cancelUpload, deleteAsset, deleteFile, syncVideoUpload } from './media'
import { checkOpenOrders, checkOrder, mailReceipt, mailRefund } from './orders'
import { reconcileNightly } from './reconciliation'
import { mailRefundDeclined, sendRefundOfRequest } from './refunds'
import {
  mailGoogleLinked,
  mailGoogleUnlinked,
  mailNewDevice,
  mailPasswordChanged,
  mailRoleChanged,
  mailTwoFactor,
} from './security-emails'
import { checkWebhook } from './webhook-silence'

const retired = async (): Promise<JobOutcome> => undefined

/** A handler may run twice for the same job and must not mind. */
export const handlers: Record<JobKind, (services: Services, job: Job) => Promise<JobOutcome>> = {
  'mail-receipt': mailReceipt,
  'mail-refund': mailRefund,
  'mail-refund-declined': mailRefundDeclined,
  'check-order': checkOrder,
  'check-open-orders': checkOpenOrders,
  'check-refunds': retired,
  'refund-duplicate': retired,
  'check-webhook': checkWebhook,
  'reconcile-payments': reconcileNightly,
  'send-refund': sendRefundOfRequest,
  'mail-held-payment': mailHeldPayment,
  'mail-dispute': mailDispute,
  'mail-refused-refund': mailRefusedRefund,
  'mail-refund-request': mailRefundRequest,
  'mail-course-suspended': mailCourseSuspended,
  'delete-asset': deleteAsset,
  'cancel-upload': cancelUpload,
  'check-upload': syncVideoUpload,
  'delete-file': deleteFile,
  'mail-verify-address': mailVerification,
  'mail-password-reset': mailPasswordReset,
  'mail-password-changed': mailPasswordChanged,
  'mail-google-linked': mailGoogleLinked,
  'mail-two-factor': mailTwoFactor,
  'mail-google-unlinked': mailGoogleUnlinked,
  'mail-new-device': mailNewDevice,
  'mail-role-changed': mailRoleChanged,
}
