import { Hono } from 'hono'
import { CourseFilesChange } from '../../../views/teach/course'
import { deleteAttachment } from '../../models/teach/attachment'
import { urls } from '../../urls'
import { leaveNotice } from '../../web/cookies'
import type { Env } from '../../web/env'
import { isPartial, trigger } from '../../web/html'
import { showCourse } from './course-page'
import { placeOf } from './own'

export const teachAttachments = new Hono<Env>().post(
  urls.teachAttachmentDelete(':id', ':attachmentId'),
  async (c) => {
    const { ownerId, courseId } = await placeOf(c)
    const attachmentId = c.req.param('attachmentId') ?? ''
    const name = await deleteAttachment(c.get('services'), ownerId, courseId, attachmentId)
    const notice = { kind: 'success', text: `${name} is deleted.` } as const
    if (isPartial(c)) {
      trigger(c, { toast: notice })
      return showCourse(c, (props) => <CourseFilesChange {...props} />)
    }
    leaveNotice(c, notice)
    return c.redirect(urls.teachCourse(courseId), 303)
  },
)
