export const courseNeeds = ['title', 'description', 'image', 'category', 'price', 'chapter'] as const
export type CourseNeed = (typeof courseNeeds)[number]

export const chapterNeeds = ['title', 'description', 'video'] as const
export type ChapterNeed = (typeof chapterNeeds)[number]

const isEmpty = (text: string | null) => !text || text.trim() === ''

export function missingOfCourse(course: {
  title: string
  description: string | null
  imageKey: string | null
  categoryId: string | null
  pricePaise: number | null
  publishedChapters: number
}): CourseNeed[] {
  const isMissing: Record<CourseNeed, boolean> = {
    title: isEmpty(course.title),
    description: isEmpty(course.description),
    image: isEmpty(course.imageKey),
    category: course.categoryId === null,
    price: course.pricePaise === null,
    chapter: course.publishedChapters === 0,
  }
  return courseNeeds.filter((need) => isMissing[need])
}

export function missingOfChapter(chapter: {
  title: string
  description: string | null
  hasVideo: boolean
}): ChapterNeed[] {
  const isMissing: Record<ChapterNeed, boolean> = {
    title: isEmpty(chapter.title),
    description: isEmpty(chapter.description),
    video: !chapter.hasVideo,
  }
  return chapterNeeds.filter((need) => isMissing[need])
}

const names: Record<CourseNeed | ChapterNeed, string> = {
  title: 'a title',
  description: 'a description',
  image: 'an image',
  category: 'a category',
  price: 'a price',
  chapter: 'a published chapter',
  video: 'a video that is ready',
}

/** "an image, a price and a published chapter". */
export function needsInWords(needs: (CourseNeed | ChapterNeed)[]): string {
  const list = needs.map((need) => names[need])
  const last = list.pop() ?? ''
  return list.length > 0 ? `${list.join(', ')} and ${last}` : last
}
