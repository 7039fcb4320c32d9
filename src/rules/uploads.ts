/** What one route of uploads takes; the page says it before, the browser and the server both hold to it. */
export interface UploadLimits {
  types: string[]
  maxBytes: number
  maxCount: number
  /** As the page says it: "JPEG, PNG or WebP". */
  typesInWords: string
}

const megabyte = 1024 * 1024

export const avatarLimits: UploadLimits = {
  types: ['image/jpeg', 'image/png', 'image/webp'],
  maxBytes: 2 * megabyte,
  maxCount: 1,
  typesInWords: 'JPEG, PNG or WebP',
}

export interface ClaimedFile {
  name: string
  size: number
  type: string
}

/** Why these files cannot be uploaded, in words; null when they may be sent. */
export function uploadProblem(limits: UploadLimits, files: ClaimedFile[]): string | null {
  if (files.length === 0) return 'Choose a file.'
  if (files.length > limits.maxCount) {
    return limits.maxCount === 1 ? 'Choose one file only.' : `Choose at most ${limits.maxCount} files.`
  }
  for (const { name, size, type } of files) {
    if (!limits.types.includes(type))
      return `${name} cannot be used here. Choose a ${limits.typesInWords} file.`
    if (size === 0) return `${name} is empty. Choose another file.`
    if (size > limits.maxBytes) {
      return `${name} is larger than ${megabytes(limits.maxBytes)}. Choose a smaller file.`
    }
  }
  return null
}

/** "2 MB", as file stores count: 1,048,576 bytes each. */
export const megabytes = (bytes: number): string => `${Number((bytes / megabyte).toFixed(1))} MB`
