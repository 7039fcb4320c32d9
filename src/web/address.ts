/** The caller's network address. Behind a proxy of ours, the last entry of the header is the one that the proxy wrote. */
export function clientAddress(
  forwarded: string | undefined,
  socket: string | undefined,
  trustProxy: boolean,
): string {
  const last = trustProxy ? forwarded?.split(',').at(-1)?.trim() : undefined
  return last || socket || 'unknown'
}
