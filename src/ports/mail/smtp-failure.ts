import { AppError, type Failure } from '../../errors'

interface Refused {
  code: string | undefined
  responseCode: number | undefined
  command: string | undefined
}

/** Nodemailer names the command that was answered, and the status of the answer where there was one. */
function readError(error: unknown): Refused {
  const value = (name: string): unknown => (error instanceof Error ? Reflect.get(error, name) : undefined)
  const text = (name: string) => {
    const given = value(name)
    return typeof given === 'string' ? given : undefined
  }
  const status = value('responseCode')
  return {
    code: text('code'),
    responseCode: typeof status === 'number' ? status : undefined,
    command: text('command'),
  }
}

const isPermanent = ({ responseCode }: Refused) => responseCode !== undefined && responseCode >= 500

/** Closing: said at any command, it is about the server and not about the email. */
const closing = 421

/**
 * A status about the recipient or the content ends this email or lets it wait, and says nothing about
 * the next. Everything before them, such as a wrong password, concerns all emails.
 */
function failureOf(refused: Refused): Failure | undefined {
  const isAboutEmail =
    refused.responseCode !== undefined &&
    refused.responseCode !== closing &&
    (refused.command === 'RCPT TO' || refused.command === 'DATA')
  if (!isAboutEmail) return 'outage'
  return isPermanent(refused) ? 'refused' : undefined
}

function messageOf(refused: Refused, failure: Failure | undefined): string {
  if (refused.code === 'EAUTH') return 'The mail server does not accept our user name and password.'
  if (failure === 'outage') return 'The mail server does not take emails right now.'
  const what = refused.command === 'RCPT TO' ? 'this address' : 'this email'
  return `The mail server refuses ${what}${failure ? '' : ' for now'}.`
}

/** AppError `upstream` for whatever the mail server said, with its words as the cause. */
export function smtpError(cause: unknown): AppError {
  const refused = readError(cause)
  const failure = failureOf(refused)
  return new AppError('upstream', messageOf(refused, failure), { cause, failure })
}

/** The server of this address knows nobody of that name, or takes nothing for them, for good. */
export function isAddressRefused(error: unknown): boolean {
  if (!(error instanceof AppError) || error.failure !== 'refused') return false
  return readError(error.cause).command === 'RCPT TO'
}
