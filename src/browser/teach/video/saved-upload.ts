import { hourMs } from '../../../rules/time'

/** A reloaded page has lost its files, but can continue with this. */
export interface SavedUpload {
  courseId: string
  chapterId: string
  uploadId: string
  url: string
  file: { name: string; size: number; lastModified: number }
  at: number
}

/** The URL is valid for a day. */
const lifetimeMs = 23 * hourMs
const prefix = 'video-upload:'

export function saveUpload(upload: SavedUpload): void {
  try {
    localStorage.setItem(prefix + upload.chapterId, JSON.stringify(upload))
  } catch {}
}

export function forgetUpload(chapterId: string): void {
  try {
    localStorage.removeItem(prefix + chapterId)
  } catch {}
}

export function findSavedUpload(chapterId: string): SavedUpload | null {
  try {
    const saved = JSON.parse(localStorage.getItem(prefix + chapterId) ?? 'null') as SavedUpload | null
    if (!saved) return null
    if (Date.now() - saved.at < lifetimeMs) return saved
    forgetUpload(chapterId)
  } catch {
    forgetUpload(chapterId)
  }
  return null
}

export function findSavedUploadOf(file: File, courseId: string): SavedUpload | null {
  try {
    return (
      Object.keys(localStorage)
        .filter((key) => key.startsWith(prefix))
        .map((key) => findSavedUpload(key.slice(prefix.length)))
        .find((saved) => saved?.courseId === courseId && isSameFile(saved, file)) ?? null
    )
  } catch {
    return null
  }
}

export const isSameFile = ({ file: { name, size, lastModified } }: SavedUpload, file: File): boolean =>
  name === file.name && size === file.size && lastModified === file.lastModified
