/** Every method throws AppError `upstream` when the vendor fails. */
export interface Files {
  /** A cheap question with the site's own key. */
  ping(signal: AbortSignal): Promise<void>
  publicUrl(key: string): string
  /** Signed locally. */
  temporaryUrl(key: string, seconds: number): Promise<string>
  store(file: {
    name: string
    type: string
    bytes: Uint8Array
    access: 'public' | 'private'
  }): Promise<{ key: string }>
  /** Harmless for files that are already deleted. */
  remove(keys: string[]): Promise<void>
  /** Only a claim: `handle` proves it before anything else. */
  isCallback(request: Request): boolean
  /**
   * Answers 400 to a callback with a wrong signature; `routes` must be the same object every time,
   * because it is cached, and the whole body is read, so limit it before.
   */
  handle<Caller>(request: Request, routes: UploadRoutes<Caller>, caller: Caller): Promise<Response>
  /** Origins for the Content-Security-Policy. */
  readonly hosts: { image: string[]; connect: string[] }
}

export type UploadRoutes<Caller> = Record<string, UploadRoute<Caller>>

export interface UploadRoute<Caller> {
  /** MIME types. */
  types: string[]
  maxBytes: number
  maxCount: number
  access: 'public' | 'private'
  /** Called before any byte moves; what it gives comes back in `save`, an AppError refuses. */
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
