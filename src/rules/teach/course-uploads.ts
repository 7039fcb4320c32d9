import type { UploadLimits } from '../uploads'

const megabyte = 1024 * 1024

export const courseImageLimits: UploadLimits = {
  types: ['image/jpeg', 'image/png', 'image/webp'],
  maxBytes: 4 * megabyte,
  maxCount: 1,
  typesInWords: 'JPEG, PNG or WebP',
}

/** Nothing that a browser would run: no HTML, no SVG. Windows has its own names for ZIP and CSV. */
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
  typesInWords: 'PDF, ZIP, text, Markdown, CSV, picture or office',
}
