/** Sends one mail; refuses with AppError `upstream` when the mail server does not take it. */
export interface Mail {
  send(letter: Letter): Promise<void>
}

export interface Letter {
  to: { name: string; address: string }
  subject: string
  text: string
  html: string
}
