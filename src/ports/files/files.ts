/** Stores images and attachments. Every method throws AppError `upstream` when the vendor fails. */
export interface Files {
  /** The URL at which anyone may fetch a public file. */
  publicUrl(key: string): string
  /** A URL that serves a private file for `seconds`; signed locally. */
  temporaryUrl(key: string, seconds: number): Promise<string>
  /** Stores bytes of the server and gives the key of the file. */
  store(file: {
    name: string
    type: string
    bytes: Uint8Array
    access: 'public' | 'private'
  }): Promise<{ key: string }>
  /** Harmless for files that are already deleted. */
  remove(keys: string[]): Promise<void>
  /** Whether a request claims to come from the store; `handle` proves it before anything else. */
  isCallback(request: Request): boolean
  /**
   * Answers a request of the vendor's upload protocol: a browser's, or the store's signed callback
   * (400 with a wrong signature). `routes` must be the same object every time, because it is
   * cached; `caller` is handed to its functions. Reads the whole body, so limit it before.
   */
  handle<Caller>(request: Request, routes: UploadRoutes<Caller>, caller: Caller): Promise<Response>
  /** Origins for the Content-Security-Policy. */
  readonly hosts: { image: string[]; connect: string[] }
}

/** One route of uploads by name, such as `avatar`. */
export type UploadRoutes<Caller> = Record<string, UploadRoute<Caller>>

export interface UploadRoute<Caller> {
  /** MIME types. */
  types: string[]
  maxBytes: number
  maxCount: number
  access: 'public' | 'private'
  /**
   * Called before any byte moves; what it gives comes back in `save`. Throws AppError to refuse.
   */
  authorize(
    caller: Caller,
    input: unknown,
    files: { name: string; size: number; type: string }[],
  ): Promise<Record<string, string>>
  /** Called from the vendor's signed callback, perhaps twice. */
  save(caller: Caller, uploader: Record<string, string>, file: StoredFile): Promise<void>
}

export interface StoredFile {
  key: string
  name: string
  size: number
  type: string
  hash: string
}
