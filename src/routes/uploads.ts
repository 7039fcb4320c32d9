import { Hono } from 'hono'
import * as z from 'zod'
import { AppError, notFound } from '../errors'
import { saveProfileImage } from '../models/account/profile'
import type { User } from '../models/account/session'
import { addAttachment, checkAttachmentCount, saveCourseImage } from '../models/teach/course-file'
import { findOwnCourse } from '../models/teach/own-course'
import { paths } from '../paths'
import { attachmentLimits, avatarLimits, courseImageLimits } from '../rules/uploads'
import { required, type UploadRoutes } from '../services'
import { limitBody } from '../web/body-limit'
import type { Env } from '../web/env'
import { on } from '../web/guards'
import type { GuardedContext } from '../web/guards/found'

type UploadContext = GuardedContext<'uploader'>

/** A request for five files with the longest names and their course is below 10 KB. */
const maxBodyBytes = 64 * 1024

/**
 * The file store's protocol: a browser asks to upload, the store calls back when it has the bytes.
 */
export const uploads = new Hono<Env>().get(...on(paths.uploadThing), receive).post(
  ...on(paths.uploadThing),
  limitBody(maxBodyBytes, (c) => c.json({ message: 'The request is too large.' }, 413)),
  receive,
)

function receive(c: UploadContext): Promise<Response> {
  return required(c.var.services.files, 'Uploading').handle(c.req.raw, routes, c)
}

const CourseInput = z.object({ courseId: z.string() })
const Uploader = z.object({ userId: z.string() })
const CourseUploader = Uploader.extend(CourseInput.shape).transform(({ userId, courseId }) => ({
  id: courseId,
  ownerId: userId,
}))

const routes: UploadRoutes<UploadContext> = {
  avatar: {
    ...avatarLimits,
    access: 'public',
    authorize: async (c) => ({ userId: uploaderOf(c).id }),
    save: (c, uploader, file) => saveProfileImage(c.var.services, Uploader.parse(uploader).userId, file),
  },
  courseImage: {
    ...courseImageLimits,
    access: 'public',
    authorize: async (c, input) => {
      const course = await findUploadCourse(c, input)
      return { userId: course.ownerId, courseId: course.id }
    },
    save: (c, uploader, file) => saveCourseImage(c.var.services, CourseUploader.parse(uploader), file),
  },
  courseAttachment: {
    ...attachmentLimits,
    access: 'private',
    authorize: async (c, input, files) => {
      const course = await findUploadCourse(c, input)
      await checkAttachmentCount(c.var.services, course, files.length)
      return { userId: course.ownerId, courseId: course.id }
    },
    save: (c, uploader, file) => addAttachment(c.var.services, CourseUploader.parse(uploader), file),
  },
}

function uploaderOf(c: UploadContext): User {
  if (!c.var.user) throw new AppError('unauthenticated', 'Sign in to continue.')
  return c.var.user
}

async function findUploadCourse(c: UploadContext, input: unknown) {
  const user = uploaderOf(c)
  if (user.role === 'student') throw notFound('page')
  const { data } = CourseInput.safeParse(input)
  if (!data) throw new AppError('invalid', 'Name the course of these files.')
  return findOwnCourse(c.var.services, user.id, data.courseId)
}
