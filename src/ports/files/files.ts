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
  /**
   * Whether this says that the store itself calls, and no browser; `handle` proves it before
   * anything else.
   */
  isCallback(request: Request): boolean
  /**
   * Answers the vendor's upload protocol, a browser's or the store's own callback, when all its
   * work is done; a callback whose signature is not good is refused. `routes` is the same object
   * every time, because what is made of it is kept; `caller` belongs to this request, is handed to
   * its routes and not kept. Reads the whole body: the limit is yours.
   */
  handle<Caller>(request: Request, routes: UploadRoutes<Caller>, caller: Caller): Promise<Response>
  /** Origins for the Content-Security-Policy. */
  readonly hosts: { image: string[]; connect: string[] }
}

/** One route of uploads by name, such as `avatar`. */
export type UploadRoutes<Caller> = Record<string, UploadRoute<Caller>>

export interface UploadRoute<Caller> {
  types: Record<string, { maxBytes: number; maxCount: number }>
  access: 'public' | 'private'
  /** Says who may upload, before any byte moves; what it gives comes back in `stored`. Throws AppError to refuse. */
  admit(
    caller: Caller,
    input: unknown,
    files: { name: string; size: number; type: string }[],
  ): Promise<Record<string, string>>
  /** Called from the vendor's signed callback, perhaps twice. What it gives is told to the browser. */
  stored(caller: Caller, admitted: Record<string, string>, file: StoredFile): Promise<Record<string, string>>
}

export interface StoredFile {
  key: string
  name: string
  size: number
  type: string
  hash: string
}
