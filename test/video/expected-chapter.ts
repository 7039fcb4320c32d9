interface OpenedUpload {
  uploadId: string
  url: string
}

/** What the outside saw of a chapter; the database is compared with it. */
export class ExpectedChapter {
  /** The last upload whose address somebody got, with nothing attempted on the chapter since. */
  last: OpenedUpload | null = null
  /**
   * Whether somebody tried to remove its video, or an asset of it was deleted at the video service.
   */
  mayBeEmpty = false
  private openings = 0
  private stops = 0

  /** From now on no earlier upload is certain to succeed. */
  stop(): void {
    this.last = null
    this.stops += 1
  }

  /** Somebody begins to open an upload; the functions say what came of it. */
  open() {
    const before = this.last
    const { stops } = this
    const opening = ++this.openings
    this.last = null
    return {
      got: (upload: OpenedUpload) => {
        // Of two that were opened at the same time the later one stays.
        if (this.stops === stops && upload.uploadId > (this.last?.uploadId ?? '')) this.last = upload
      },
      refused: () => {
        // Who was refused has stopped nothing.
        if (this.stops === stops && this.openings === opening) this.last = before
      },
      /** Whether it may have been stopped by something else at the same time. */
      mayBeStopped: () => this.openings > opening || this.stops > stops,
    }
  }
}
