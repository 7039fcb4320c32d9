import type { Child } from 'hono/jsx'
import { CoursePage, type CoursePageProps } from '../../../views/teach/course'
import { neededConfirmation } from '../../models/account/confirmation'
import { listCategories } from '../../models/catalogue/category'
import { findTeachCourse } from '../../models/teach/course'
import type { GuardedContext } from '../../web/guards/found'
import { show } from '../../web/html'

type Options = Pick<CoursePageProps, 'settings' | 'isRefused' | 'deletionError' | 'chapters'> & {
  status?: 409 | 422
}

export async function showCourse(
  c: GuardedContext<'ownCourse'>,
  partOf: (props: CoursePageProps) => Child,
  { status, ...more }: Options = {},
): Promise<Response> {
  const { services, user } = c.var
  const [course, categories, confirmation] = await Promise.all([
    findTeachCourse(services, c.var.course),
    listCategories(services),
    neededConfirmation(services, user),
  ])
  const canUploadFiles = services.files !== null
  const canUploadVideos = services.video !== null
  const props = { course, categories, confirmation, canUploadFiles, canUploadVideos, ...more }
  return show(c, {
    title: course.title,
    status,
    policy: 'upload',
    scripts: ['teach.js', 'upload.js', 'video-upload.js'],
    page: <CoursePage {...props} />,
    part: partOf(props),
  })
}
