export interface UploadLimits {
  types: string[]
  maxBytes: number
  maxCount: number
  typeNames: string
}

const megabyte = 1024 * 1024

const image = {
  types: ['image/jpeg', 'image/png', 'image/webp'],
  maxCount: 1,
  typeNames: 'JPEG, PNG or WebP',
}

export const avatarLimits: UploadLimits = { ...image, maxBytes: 2 * megabyte }
export const courseImageLimits: UploadLimits = { ...image, maxBytes: 4 * megabyte }

/** No HTML and no SVG, which a browser would run. Windows has its own types for ZIP and CSV. */
export const attachmentLimits: UploadLimits = {
  types: [
    'application/pdf',
    'application/zip',
    'application/x-zip-compressed',
    'text/plain',
    'text/markdown',
    'text/csv',
    'application/json',
    'application/epub+zip',
    'image/jpeg',
    'image/png',
    'image/webp',
    'image/gif',
    'application/msword',
    'application/vnd.ms-excel',
    'application/vnd.ms-powerpoint',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    'application/vnd.oasis.opendocument.text',
    'application/vnd.oasis.opendocument.spreadsheet',
    'application/vnd.oasis.opendocument.presentation',
  ],
  maxBytes: 64 * megabyte,
  maxCount: 5,
  typeNames: 'PDF, ZIP, text, Markdown, CSV, image or Office',
}

export interface ClaimedFile {
  name: string
  size: number
  type: string
}

/** Null when they can be uploaded. */
export function uploadProblem(limits: UploadLimits, files: ClaimedFile[]): string | null {
  if (files.length === 0) return 'Choose a file.'
  if (files.length > limits.maxCount) {
    return limits.maxCount === 1 ? 'Choose one file only.' : `Choose at most ${limits.maxCount} files.`
  }
  for (const { name, size, type } of files) {
    if (!limits.types.includes(type)) return `${name} cannot be used here. Choose a ${limits.typeNames} file.`
    if (size === 0) return `${name} is empty. Choose another file.`
    if (size > limits.maxBytes) {
      return `${name} is larger than ${megabytes(limits.maxBytes)}. Choose a smaller file.`
    }
  }
  return null
}

/** "2 MB", of 1,048,576 bytes each. */
export const megabytes = (bytes: number): string => `${Number((bytes / megabyte).toFixed(1))} MB`
