/** `.invalid` is reserved (RFC 2606): no mail server can have such an address. */
const domain = '@deleted.invalid'

export const formerEmail = (userId: string): string => `${userId}${domain}`

/** Whether the account is deleted, so that nothing may be mailed or sold to it. */
export const isFormer = (email: string): boolean => email.endsWith(domain)
