import { noteReachedAddress, noteRefusedAddress } from '../models/account/email-standing'
import type { Email, Mail } from '../ports/mail/mail'
import type { Services } from '../services'

/** The same mail server, and whom it reaches is noted. */
export function notingMail(services: Services): Mail | null {
  const { mail } = services
  if (!mail) return null
  return {
    ...mail,
    async send(email: Email) {
      const { address } = email.to
      let said: string
      try {
        said = await mail.send(email)
      } catch (error) {
        if (mail.isAddressRefused(error)) await noteRefusedAddress(services, address)
        throw error
      }
      await noteReachedAddress(services, address)
      return said
    },
  }
}
