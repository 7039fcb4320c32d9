/** Which file was on its way where, so that it can go on after the page was reloaded: a page loses its files then. */
export interface Memory {
  courseId: string
  chapterId: string
  uploadId: string
  url: string
  file: { name: string; size: number; lastModified: number }
  at: number
}

/** The address ends after a day. */
const keptMs = 23 * 3600 * 1000
const prefix = 'video-upload:'

/** A browser may refuse to keep anything. */
export function remember(memory: Memory): void {
  try {
    localStorage.setItem(prefix + memory.chapterId, JSON.stringify(memory))
  } catch {}
}

export function forget(chapterId: string): void {
  try {
    localStorage.removeItem(prefix + chapterId)
  } catch {}
}

export function recall(chapterId: string): Memory | null {
  try {
    const memory = JSON.parse(localStorage.getItem(prefix + chapterId) ?? 'null') as Memory | null
    if (!memory) return null
    if (Date.now() - memory.at < keptMs) return memory
    forget(chapterId)
  } catch {
    forget(chapterId)
  }
  return null
}

/** The chapter of a course that this very file was on its way to. */
export function recallFile(courseId: string, file: File): Memory | null {
  try {
    return (
      Object.keys(localStorage)
        .filter((key) => key.startsWith(prefix))
        .map((key) => recall(key.slice(prefix.length)))
        .find((memory) => memory?.courseId === courseId && isSameFile(memory, file)) ?? null
    )
  } catch {
    return null
  }
}

export const isSameFile = ({ file: { name, size, lastModified } }: Memory, file: File): boolean =>
  name === file.name && size === file.size && lastModified === file.lastModified
