/** `.invalid` is reserved: no mail server can ever have such an address. */
const domain = '@deleted.invalid'

/** What stands in place of the e-mail address of somebody who has left; tells nothing about them and is nobody else's. */
export const formerEmail = (userId: string): string => `${userId}${domain}`

/** Whether whoever has this address has left: nothing may be mailed to them, nothing sold. */
export const isFormer = (email: string): boolean => email.endsWith(domain)
