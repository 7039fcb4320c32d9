import type { Site } from '../../../views/mail/email'

export interface Mail {
  /** Connects and signs in, and sends nothing; AppError `upstream` with the server's words. */
  ping(): Promise<void>
  /**
   * Gives what the mail server said; AppError `upstream` when it does not take the email.
   */
  send(email: Email): Promise<string>
  /** The same with a mail that only says where it comes from. */
  sendTest(to: Email['to'], site: Site): Promise<string>
  /** Of what `send` threw: nothing will ever reach this address. */
  isAddressRefused(error: unknown): boolean
}

export interface Email {
  to: { name: string; address: string }
  subject: string
  text: string
  html: string
}
