import { Hono, type MiddlewareHandler } from 'hono'
import * as z from 'zod'
import { AppError } from '../errors'
import { keepPicture } from '../models/account/picture'
import { addAttachment, checkAttachmentCount } from '../models/teach/course-file'
import { saveCourseImage } from '../models/teach/course-image'
import { findOwnCourse } from '../models/teach/own-course'
import { paths } from '../paths'
import { attachmentLimits, courseImageLimits } from '../rules/teach/course-uploads'
import type { UploadLimits } from '../rules/uploads'
import { avatarLimits } from '../rules/uploads'
import { required, type UploadRoutes } from '../services'
import { limitBody } from '../web/body-limit'
import type { AppContext, Env } from '../web/env'
import { instructorOf, on } from '../web/guards'
import { signedIn, userOf } from '../web/session'

/** Five files with the longest names there are, and what their course is, are below 10 KB. */
const mostBytes = 64 * 1024

const refused = (c: AppContext, status: 403 | 413, message: string) => c.json({ message }, status)

/**
 * The store's own call is proved by its signature; anyone else is somebody here, on a page of this
 * site.
 */
const knownFirst: MiddlewareHandler<Env> = async (c, next) => {
  if (!required(c.var.services.files, 'Uploading').isCallback(c.req.raw)) {
    if (isForeign(c)) return refused(c, 403, 'This upload was asked for by another site.')
    if (!(await userOf(c))) return refused(c, 403, 'Sign in to continue.')
  }
  return next()
}

/** UploadThing's own protocol: the browser asks for leave, the vendor calls back when the bytes are there. */
export const uploads = new Hono<Env>().get(...on(paths.uploadThing), knownFirst, receive).post(
  ...on(paths.uploadThing),
  knownFirst,
  limitBody(mostBytes, (c) => refused(c, 413, 'That is more than this address takes.')),
  receive,
)

function receive(c: AppContext): Promise<Response> {
  return required(c.var.services.files, 'Uploading').handle(c.req.raw, routes, c)
}

const Uploader = z.object({ userId: z.string() })
const OfCourse = z.object({ courseId: z.string() })
const CourseUploader = z.object({ userId: z.string(), courseId: z.string() })

const routes: UploadRoutes<AppContext> = {
  avatar: {
    types: fileTypes(avatarLimits),
    access: 'public',
    admit: async (c) => ({ userId: (await signedIn(c)).id }),
    stored: async (c, admitted, file) => {
      await keepPicture(c.var.services, Uploader.parse(admitted).userId, file)
      return {}
    },
  },
  courseImage: {
    types: fileTypes(courseImageLimits),
    access: 'public',
    admit: async (c, input) => {
      const admitted = await courseUploader(c, input)
      await findOwnCourse(c.var.services, admitted.userId, admitted.courseId)
      return admitted
    },
    stored: async (c, admitted, file) => {
      await saveCourseImage(c.var.services, CourseUploader.parse(admitted), file)
      return {}
    },
  },
  courseAttachment: {
    types: fileTypes(attachmentLimits),
    access: 'private',
    admit: async (c, input, files) => {
      const admitted = await courseUploader(c, input)
      await checkAttachmentCount(c.var.services, admitted.userId, admitted.courseId, files.length)
      return admitted
    },
    stored: async (c, admitted, file) => {
      await addAttachment(c.var.services, CourseUploader.parse(admitted), file)
      return {}
    },
  },
}

/** Who teaches, and the course that the page says; whether it is theirs is asked next. */
async function courseUploader(c: AppContext, input: unknown) {
  const { id } = await instructorOf(c)
  const course = OfCourse.safeParse(input)
  if (!course.success) throw new AppError('invalid', 'Say which course these files are for.')
  return { userId: id, courseId: course.data.courseId }
}

export function fileTypes({ types, maxBytes, maxCount }: UploadLimits) {
  return Object.fromEntries(types.map((type) => [type, { maxBytes, maxCount }]))
}

/** Whatever asks here comes from a page, and a browser says of which site. */
function isForeign(c: AppContext): boolean {
  if (c.req.method === 'GET') return false
  const site = c.req.header('Sec-Fetch-Site')
  if (site !== undefined) return site !== 'same-origin'
  const origin = c.req.header('Origin')
  return origin !== undefined && origin !== c.var.services.config.APP_ORIGIN
}
