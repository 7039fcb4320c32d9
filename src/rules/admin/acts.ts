const verbs: Record<string, string> = {
  'ask-vendor': 'checked it with Razorpay',
  'give-course': 'gave the course',
  'take-course-back': 'took the course back',
  'accept-payment': 'accepted the held payment',
  'return-payment': 'sent the held payment back',
  'request-refund': 'asked for a refund',
  'approve-refund': 'approved a refund',
  'decline-refund': 'declined a refund',
  'send-receipt': 'sent the receipt again',
}

/** One line of the record: "Meera Iyer gave the course: paid in cash." */
export function actSentence({
  action,
  actor,
  reason,
}: {
  action: string
  actor: string | null
  reason: string | null
}): string {
  const did = `${actor ?? 'This site'} ${verbs[action] ?? action.replaceAll('-', ' ')}`
  if (!reason) return `${did}.`
  return `${did}: ${/[.!?]$/.test(reason) ? reason : `${reason}.`}`
}
