export interface Mail {
  /** Refuses with AppError `upstream` when the mail server does not take the email, and says how. */
  send(email: Email): Promise<void>
  /** Of what `send` threw: nothing will ever reach this address. */
  isAddressRefused(error: unknown): boolean
}

export interface Email {
  to: { name: string; address: string }
  subject: string
  text: string
  html: string
}
