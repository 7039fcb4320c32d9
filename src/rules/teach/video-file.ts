const endings = /\.(mp4|m4v|mov|mkv|webm|avi|mpe?g|ts|mts|3gp|wmv|flv|ogv)$/i

/** Null when it can be sent. */
export function videoFileProblem({ name, size, type }: { name: string; size: number; type: string }) {
  if (size === 0) return `${name} is empty. Choose another file.`
  if (!type.startsWith('video/') && !endings.test(name))
    return `${name} is not a video. Choose an MP4, MOV, MKV or WebM file.`
  return null
}

/** "03_the-first_loop.mp4" becomes "The first loop". */
export function titleFromFile(name: string): string {
  const bare = name
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .replace(/[_\s]+/g, ' ')
    .replace(/(?<=\p{L})-(?=\p{L})/gu, ' ')
    .trim()
  const words = bare.replace(/^\d{1,3}\s*[.)\-–:]*\s*(?=\p{L})/u, '')
  const title = words || bare || 'Untitled chapter'
  return (title.charAt(0).toUpperCase() + title.slice(1)).slice(0, 120).trim()
}
