import { withoutPrivate } from '../../redaction'
import { required, type Services } from '../../services'
import type { User } from '../account/session'
import { recordAudit } from '../audit'
import { askInTime } from './service-question'

const withinMs = 15_000

/** Sends a mail to this person now, and gives the mail server's words, whether it took it or not. */
export async function sendTestMail(
  services: Services,
  { id, name, email }: Pick<User, 'id' | 'name' | 'email'>,
): Promise<{ isTaken: boolean; said: string }> {
  const mail = required(services.mail, 'Email')
  const subject = { type: 'user' as const, id }
  await recordAudit(services, { actorId: id, action: 'send-test-mail', subject })
  let said = ''
  const send = async () => {
    said = await mail.sendTest({ name, address: email }, services.config)
  }
  try {
    await askInTime(send, withinMs)
    return { isTaken: true, said: withoutPrivate(said).slice(0, 300) }
  } catch (error) {
    return { isTaken: false, said: String((error as Error).message).slice(0, 300) }
  }
}
