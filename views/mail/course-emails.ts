import { paths } from '../../src/paths'
import type { EmailContent, Site } from './email'

export interface CourseSuspendedEmail {
  recipient: string
  course: { id: string; title: string; reason: string | null }
}

export const courseSuspendedContent = (
  site: Site,
  { recipient, course }: CourseSuspendedEmail,
): EmailContent => ({
  subject: `Taken off sale: ${course.title}`,
  title: 'Your course is off sale',
  recipient,
  body: [
    `An administrator of ${site.SITE_NAME} has taken “${course.title}” off sale. The reason: ${course.reason ?? 'none was given.'}`,
    'Nobody new can find or buy it. Students who have it keep it, with every lesson and file, and you can go on editing it.',
    'When the reason is settled, ask an administrator to put it back on sale.',
  ],
  action: { label: 'Open the course', url: `${site.APP_ORIGIN}${paths.teachCourse(course.id)}` },
})
