import { Hono } from 'hono'
import * as z from 'zod'
import { AppError } from '../errors'
import { keepPicture } from '../models/account/picture'
import { admitAttachments, keepAttachment } from '../models/teach/attachment'
import { keepCoursePicture } from '../models/teach/course-image'
import { findOwnCourse } from '../models/teach/own-course'
import { paths } from '../paths'
import { attachmentLimits, courseImageLimits } from '../rules/teach/course-uploads'
import type { UploadLimits } from '../rules/uploads'
import { avatarLimits } from '../rules/uploads'
import { required, type Services } from '../services'
import type { AppContext, Env } from '../web/env'
import { instructorOf, on } from '../web/guards'
import { signedIn } from '../web/session'

type UploadRoutes = Parameters<NonNullable<Services['files']>['handle']>[1]

/** UploadThing's own protocol: the browser asks for leave, the vendor calls back when the bytes are there. */
export const uploads = new Hono<Env>().all(...on(paths.uploadThing), async (c) => {
  if (isForeign(c)) return c.json({ message: 'This upload was asked for by another site.' }, 403)
  const files = required(c.var.services.files, 'Uploading')
  return files.handle(c.req.raw, routes(c), (work) => c.var.pending.push(work))
})

const Uploader = z.object({ userId: z.string() })
const OfCourse = z.object({ courseId: z.string() })
const CourseUploader = z.object({ userId: z.string(), courseId: z.string() })

const routes = (c: AppContext): UploadRoutes => ({
  avatar: {
    types: fileTypes(avatarLimits),
    access: 'public',
    admit: async () => ({ userId: (await signedIn(c)).id }),
    stored: async (admitted, file) => {
      await keepPicture(c.var.services, Uploader.parse(admitted).userId, file)
      return {}
    },
  },
  courseImage: {
    types: fileTypes(courseImageLimits),
    access: 'public',
    admit: async (input) => {
      const admitted = await courseUploader(c, input)
      await findOwnCourse(c.var.services, admitted.userId, admitted.courseId)
      return admitted
    },
    stored: async (admitted, file) => {
      await keepCoursePicture(c.var.services, CourseUploader.parse(admitted), file)
      return {}
    },
  },
  courseAttachment: {
    types: fileTypes(attachmentLimits),
    access: 'private',
    admit: async (input, files) => {
      const admitted = await courseUploader(c, input)
      await admitAttachments(c.var.services, admitted.userId, admitted.courseId, files.length)
      return admitted
    },
    stored: async (admitted, file) => {
      await keepAttachment(c.var.services, CourseUploader.parse(admitted), file)
      return {}
    },
  },
})

/** Who teaches, and the course that the page says; whether it is theirs is asked next. */
async function courseUploader(c: AppContext, input: unknown) {
  const { id } = await instructorOf(c)
  const course = OfCourse.safeParse(input)
  if (!course.success) throw new AppError('invalid', 'Say which course these files are for.')
  return { userId: id, courseId: course.data.courseId }
}

export const fileTypes = ({ types, maxBytes, maxCount }: UploadLimits) =>
  Object.fromEntries(types.map((type) => [type, { maxBytes, maxCount }]))

/** The vendor's callback is signed. Whatever else comes here comes from a page, and a browser says of which site. */
function isForeign(c: AppContext): boolean {
  if (c.req.method === 'GET' || c.req.header('uploadthing-hook')) return false
  const site = c.req.header('Sec-Fetch-Site')
  if (site !== undefined) return site !== 'same-origin'
  const origin = c.req.header('Origin')
  return origin !== undefined && origin !== c.var.services.config.APP_ORIGIN
}
