export interface Mail {
  /** Refuses with AppError `upstream` when the mail server does not take the email. */
  send(email: Email): Promise<void>
}

export interface Email {
  to: { name: string; address: string }
  subject: string
  text: string
  html: string
}
