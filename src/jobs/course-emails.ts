import * as z from 'zod'
import { findSuspensionEmail } from '../models/admin/course-suspension'
import type { Job, JobOutcome } from '../models/job'
import { courseSuspendedEmail } from '../ports/mail/emails'
import type { Services } from '../services'

const CoursePayload = z.object({ courseId: z.string() })

/** Nothing is sent about a course that is on sale again meanwhile. */
export async function mailCourseSuspended({ mail, db, config }: Services, job: Job): Promise<JobOutcome> {
  const found = mail && (await findSuspensionEmail({ db }, CoursePayload.parse(job.payload).courseId))
  if (!found) return
  const { instructor, course } = found
  const content = await courseSuspendedEmail(config, { recipient: instructor.name, course })
  await mail.send({ to: { name: instructor.name, address: instructor.email }, ...content })
  return undefined
}
