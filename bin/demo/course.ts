export interface DemoCourse {
  key: string
  instructor?: string
  title: string
  category: string
  level: 'beginner' | 'intermediate' | 'advanced'
  /** 0 is free, null is not yet decided (such a course cannot be published). */
  priceRupees: number | null
  outcomes: string[]
  description: string
  picture: string
  isPublished: boolean
  chapters: DemoChapter[]
}

export interface DemoChapter {
  title: string
  description: string
  clip: DemoClip | null
  isFree: boolean
  isPublished: boolean
}

/** A file of `clips/`: 640 by 360, H.264 and AAC, 12 to 22 seconds. */
export type DemoClip =
  | 'request.mp4'
  | 'binary-search.mp4'
  | 'index.mp4'
  | 'colour.mp4'
  | 'loop.mp4'
  | 'straight-line.mp4'

export const demoInstructor = 'teacher@example.com'

export function lesson(title: string, clip: DemoClip, ...text: string[]): DemoChapter {
  return { title, description: markdown(...text), clip, isFree: false, isPublished: true }
}

export function preview(title: string, clip: DemoClip, ...text: string[]): DemoChapter {
  return { ...lesson(title, clip, ...text), isFree: true }
}

export function unfinished(title: string, clip: DemoClip | null, ...text: string[]): DemoChapter {
  return { title, description: markdown(...text), clip, isFree: false, isPublished: false }
}

export function markdown(...blocks: string[]): string {
  return blocks.join('\n\n')
}
