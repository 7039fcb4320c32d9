/**
 * In place of iconv-lite in the Worker: the driver asks it only for what Buffer does not know, this
 * site speaks utf8mb4, and its tables are a fifth of what Workers take.
 */
export function getDecoder(encoding: string) {
  refuseUnknown(encoding)
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  return {
    write: (bytes: Uint8Array): string => decoder.decode(bytes, { stream: true }),
    end: (): string => decoder.decode(),
  }
}

export function getEncoder(encoding: string) {
  refuseUnknown(encoding)
  return { write: (text: string): Buffer => Buffer.from(text, 'utf8'), end: () => undefined }
}

/** The driver's word for MySQL's utf8mb3: it holds no character that UTF-8 writes differently. */
function refuseUnknown(encoding: string): void {
  if (encoding === 'cesu8') return
  throw new Error(
    `The database speaks the character set ${encoding}, and on Workers only utf8mb4 and utf8mb3 are known`,
  )
}
