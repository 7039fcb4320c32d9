import type { Child } from 'hono/jsx'
import { CoursePage, type CoursePageProps } from '../../../views/teach/course'
import { listCategories } from '../../models/catalogue/category'
import { findStudioCourse } from '../../models/teach/course-studio'
import type { AppContext } from '../../web/env'
import { show } from '../../web/html'
import { placeOf } from './own'

/** The page of one's own course, or the part of it that `partOf` makes. */
export async function showCourse(
  c: AppContext,
  partOf: (props: CoursePageProps) => Child,
  {
    status,
    ...state
  }: Omit<CoursePageProps, 'course' | 'categories' | 'canUpload' | 'canSendVideos'> & {
    status?: 409 | 422
  } = {},
): Promise<Response> {
  const { ownerId, courseId } = await placeOf(c)
  const services = c.get('services')
  const [course, categories] = await Promise.all([
    findStudioCourse(services, ownerId, courseId),
    listCategories(services),
  ])
  const canUpload = services.files !== null
  const canSendVideos = services.video !== null
  const props = { course, categories, canUpload, canSendVideos, ...state }
  return show(c, {
    title: course.title,
    status,
    policy: 'upload',
    scripts: ['teach.js', 'upload.js', 'video-upload.js'],
    page: <CoursePage {...props} />,
    part: partOf(props),
  })
}
