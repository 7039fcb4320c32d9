import { percentOf } from '../../rules/learn/progress'
import { imageUrl, type Services } from '../../services'
import { type CourseChapter, listChapters } from '../learn/course-content'
import type { Course } from './course'
import type { CourseSummary } from './course-summary'
import { listRelated } from './featured'

export interface CoursePage extends Omit<Course, 'description' | 'outcomes'> {
  description: string
  outcomes: string[]
  imageUrl: string | null
  chapters: CourseChapter[]
  percent: number
  related: CourseSummary[]
}

export async function findCoursePage(
  services: Pick<Services, 'db' | 'files'>,
  course: Course,
  userId: string | null,
): Promise<CoursePage> {
  const [chapters, related] = await Promise.all([
    listChapters(services, userId, course.id),
    listRelated(services, course, userId),
  ])
  const offered = chapters.filter(({ isPublished }) => isPublished)
  const completed = offered.filter(({ isCompleted }) => isCompleted).length
  return {
    ...course,
    description: course.description ?? '',
    outcomes: (course.outcomes ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
    imageUrl: imageUrl(services, course.imageKey),
    chapters,
    percent: percentOf(completed, offered.length),
    related,
  }
}
