import { Hono } from 'hono'
import { CourseFilesUpdate } from '../../../views/teach/course'
import { deleteAttachment } from '../../models/teach/course-file'
import { paths } from '../../paths'
import type { Env } from '../../web/env'
import { on } from '../../web/guards'
import { changed } from '../../web/html'
import { showCourse } from './course-page'

export const teachAttachments = new Hono<Env>().post(...on(paths.teachAttachmentDelete), async (c) => {
  const { services, user, course } = c.var
  const name = await deleteAttachment(services, user.id, course.id, c.req.param('attachmentId'))
  return changed(c, {
    notice: `${name} is deleted.`,
    to: paths.teachCourse(course.id),
    part: () => showCourse(c, (props) => <CourseFilesUpdate {...props} />),
  })
})
