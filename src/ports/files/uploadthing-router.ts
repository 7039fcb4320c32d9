import type { FileRouter } from 'uploadthing/server'
import * as z from 'zod'
import { AppError, type ErrorCode } from '../../errors'
import { log } from '../../log'
import type { StoredFile, UploadRoute, UploadRoutes } from './files'

type Sdk = typeof import('uploadthing/server')
type RouteConfig = Parameters<ReturnType<Sdk['createUploadthing']>>[0]

const codes: Partial<Record<ErrorCode, 'FORBIDDEN' | 'NOT_FOUND' | 'BAD_REQUEST'>> = {
  unauthenticated: 'FORBIDDEN',
  forbidden: 'FORBIDDEN',
  not_found: 'NOT_FOUND',
  invalid: 'BAD_REQUEST',
  conflict: 'BAD_REQUEST',
  limited: 'BAD_REQUEST',
}

/** Our routes in UploadThing's words. Why a finished upload could not be kept is left in `failure`, because the SDK swallows it. */
export function buildRouter(
  sdk: Sdk,
  routes: UploadRoutes,
): { router: FileRouter; failure: { cause?: unknown } } {
  const { createUploadthing, UploadThingError } = sdk
  const failure: { cause?: unknown } = {}
  const upload = createUploadthing()

  const refused = (cause: unknown) => {
    const code = cause instanceof AppError ? codes[cause.code] : undefined
    if (code && cause instanceof AppError) return new UploadThingError({ code, message: cause.message })
    log('error', { upload: 'could not be admitted', error: cause })
    return new UploadThingError({
      code: 'INTERNAL_SERVER_ERROR',
      message: 'Something went wrong on our side.',
    })
  }

  const built = (route: UploadRoute) =>
    upload(routeConfig(route), { getFileHashParts: (file) => [file.name, file.size, crypto.randomUUID()] })
      // The SDK demands a JSON type here; `admit` takes it as unknown all the same.
      .input(z.custom<null>())
      .middleware(async ({ input, files }) => {
        try {
          const admitted = await route.admit(
            input,
            files.map(({ name, size, type }) => ({ name, size, type })),
          )
          for (const file of files) checkClaims(route, file)
          return admitted
        } catch (cause) {
          throw refused(cause)
        }
      })
      .onUploadComplete(async ({ metadata, file }) => {
        const stored: StoredFile = {
          key: file.key,
          name: file.name,
          size: file.size,
          type: file.type,
          hash: file.fileHash,
        }
        try {
          checkClaims(route, stored)
          return await route.stored(metadata, stored)
        } catch (cause) {
          failure.cause = cause
          throw cause
        }
      })

  const router = Object.fromEntries(Object.entries(routes).map(([name, route]) => [name, built(route)]))
  return { router, failure }
}

function routeConfig(route: UploadRoute): RouteConfig {
  const limits = Object.entries(route.types).map(([type, { maxBytes, maxCount }]) => [
    type,
    { maxFileSize: `${maxBytes}B`, maxFileCount: maxCount, ...placement(route.access) },
  ])
  // The SDK's types know only some sizes and names of types; its parser takes any number of bytes and any exact type.
  return Object.fromEntries(limits) as RouteConfig
}

/** Private files are handed over as downloads; whoever opens one never shows it as a page. */
export const placement = (access: 'public' | 'private') =>
  access === 'private'
    ? ({ acl: 'private', contentDisposition: 'attachment' } as const)
    : ({ acl: 'public-read', contentDisposition: 'inline' } as const)

/** What the browser claims. A file without a type is left to the SDK, which judges it by its name. */
function checkClaims(route: UploadRoute, file: { name: string; size: number; type: string }) {
  const limit = route.types[file.type]
  if (file.type && !limit) {
    throw new AppError('invalid', `${file.name} is not of a type that can be uploaded here.`)
  }
  if (!Number.isInteger(file.size) || file.size < 1) throw new AppError('invalid', `${file.name} is empty.`)
  if (limit && file.size > limit.maxBytes) {
    throw new AppError('invalid', `${file.name} is larger than ${megabytes(limit.maxBytes)}.`)
  }
}

const megabytes = (bytes: number) => `${Number((bytes / 1024 / 1024).toPrecision(2))} MB`
