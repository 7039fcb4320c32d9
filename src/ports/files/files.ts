/** Pictures and attachments. All methods refuse with AppError `upstream` when the vendor fails. */
export interface Files {
  /** Where anyone may fetch a public file. */
  publicUrl(key: string): string
  /** Where the holder of the address may fetch a private file for `seconds`; signs locally, asks nobody. */
  temporaryUrl(key: string, seconds: number): Promise<string>
  /** Stores bytes from the server itself; gives the file's key. */
  store(file: {
    name: string
    type: string
    bytes: Uint8Array
    access: 'public' | 'private'
  }): Promise<{ key: string }>
  /** Harmless for files that are already gone. */
  remove(keys: string[]): Promise<void>
  /** Answers the vendor's upload protocol (browser and callback) for these routes. */
  handle(request: Request, routes: UploadRoutes, defer: (work: Promise<unknown>) => void): Promise<Response>
  /** Origins for the Content-Security-Policy. */
  readonly hosts: { image: string[]; connect: string[] }
}

/** One route of uploads by name, such as `avatar`. */
export type UploadRoutes = Record<string, UploadRoute>

export interface UploadRoute {
  types: Record<string, { maxBytes: number; maxCount: number }>
  access: 'public' | 'private'
  /** Says who may upload, before any byte moves; what it gives comes back in `stored`. Throws AppError to refuse. */
  admit(
    input: unknown,
    files: { name: string; size: number; type: string }[],
  ): Promise<Record<string, string>>
  /** Called from the vendor's signed callback, perhaps twice. What it gives is told to the browser. */
  stored(admitted: Record<string, string>, file: StoredFile): Promise<Record<string, string>>
}

export interface StoredFile {
  key: string
  name: string
  size: number
  type: string
  hash: string
}
