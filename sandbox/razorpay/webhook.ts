import type { Settings } from './entities'

const told = [
  'payment.authorized',
  'payment.pending',
  'payment.captured',
  'payment.failed',
  'order.paid',
  'refund.created',
  'refund.processed',
  'refund.failed',
  'refund.speed_changed',
  'payment.dispute.created',
  'payment.dispute.under_review',
  'payment.dispute.action_required',
  'payment.dispute.won',
  'payment.dispute.lost',
  'payment.dispute.closed',
]

/** As the dashboard has it: https://razorpay.com/docs/api/partners/webhooks/entity */
export const registeredWebhook = (settings: Settings, url: string) => ({
  id: 'SandboxWebhook',
  created_at: 1_750_000_000,
  updated_at: 1_750_000_000,
  service: 'api-test',
  owner_id: 'SandboxMerchan',
  owner_type: 'merchant',
  context: [],
  disabled_at: settings.webhooks === 'off' ? 1_750_000_000 : 0,
  url: settings.registeredUrl ?? url,
  alert_email: 'merchant@sandbox.example.com',
  secret_exists: true,
  entity: 'webhook',
  active: settings.webhooks !== 'off',
  events: settings.registeredEvents ?? told,
})
