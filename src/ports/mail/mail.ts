/** Sends one mail; refuses with AppError `upstream` when the mail server does not take it. */
export interface Mail {
  send(email: Email): Promise<void>
}

export interface Email {
  to: { name: string; address: string }
  subject: string
  text: string
  html: string
}
