import type { Child } from 'hono/jsx'
import { CoursePage, type CoursePageProps } from '../../../views/teach/course'
import { listCategories } from '../../models/catalogue/category'
import { findTeachCourse } from '../../models/teach/course'
import type { GuardedContext } from '../../web/guards'
import { show } from '../../web/html'

/** The page of one's own course, or the part of it that `partOf` makes. */
export async function showCourse(
  c: GuardedContext<'ownCourse'>,
  partOf: (props: CoursePageProps) => Child,
  {
    status,
    ...state
  }: Omit<CoursePageProps, 'course' | 'categories' | 'canUpload' | 'canSendVideos'> & {
    status?: 409 | 422
  } = {},
): Promise<Response> {
  const { services, user, course: own } = c.var
  const [course, categories] = await Promise.all([
    findTeachCourse(services, user.id, own.id),
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
