import type { FileRouter } from 'uploadthing/server'
import * as z from 'zod'
import { AppError, type ErrorCode } from '../../errors'
import { newId } from '../../ids'
import { log } from '../../log'
import type { StoredFile, UploadRoute, UploadRoutes } from './files'

type Sdk = typeof import('uploadthing/server')
type Limits = Pick<UploadRoute<never>, 'types' | 'maxBytes' | 'maxCount' | 'access'>
type RouteConfig = Parameters<ReturnType<Sdk['createUploadthing']>>[0]

const codes: Partial<Record<ErrorCode, 'FORBIDDEN' | 'NOT_FOUND' | 'BAD_REQUEST'>> = {
  unauthenticated: 'FORBIDDEN',
  forbidden: 'FORBIDDEN',
  not_found: 'NOT_FOUND',
  invalid: 'BAD_REQUEST',
  conflict: 'BAD_REQUEST',
  limited: 'BAD_REQUEST',
}

/** The SDK swallows why a finished upload could not be kept. */
export interface Call<Caller> {
  caller: Caller
  failure?: { cause: unknown }
}

/**
 * By request, not AsyncLocalStorage: the SDK's scheduler runs the steps of all requests in one
 * another's context.
 */
export function buildRouter<Caller>(
  sdk: Sdk,
  routes: UploadRoutes<Caller>,
  callOf: (request: Request) => Call<Caller>,
): FileRouter {
  const { createUploadthing, UploadThingError } = sdk
  const upload = createUploadthing()

  const refused = (cause: unknown) => {
    const code = cause instanceof AppError ? codes[cause.code] : undefined
    if (code && cause instanceof AppError) return new UploadThingError({ code, message: cause.message })
    log('error', { upload: 'could not be authorized', error: cause })
    return new UploadThingError({
      code: 'INTERNAL_SERVER_ERROR',
      message: 'Something went wrong on our side.',
    })
  }

  const built = (route: UploadRoute<Caller>) =>
    upload(routeConfig(route), { getFileHashParts: (file) => [file.name, file.size, newId()] })
      // The SDK demands a JSON type here; `authorize` takes it as unknown all the same.
      .input(z.custom<null>())
      .middleware(async ({ req, input, files }) => {
        try {
          const uploader = await route.authorize(
            callOf(req).caller,
            input,
            files.map(({ name, size, type }) => ({ name, size, type })),
          )
          for (const file of files) checkClaims(route, file)
          return uploader
        } catch (cause) {
          throw refused(cause)
        }
      })
      .onUploadComplete(async ({ req, metadata, file }) => {
        const call = callOf(req)
        const stored: StoredFile = {
          key: file.key,
          name: file.name,
          size: file.size,
          type: file.type,
          hash: file.fileHash,
        }
        try {
          checkClaims(route, stored)
          await route.save(call.caller, metadata, stored)
          return {}
        } catch (cause) {
          call.failure = { cause }
          throw cause
        }
      })

  return Object.fromEntries(Object.entries(routes).map(([name, route]) => [name, built(route)]))
}

function routeConfig({ types, maxBytes, maxCount, access }: Limits): RouteConfig {
  const limits = types.map((type) => [
    type,
    { maxFileSize: `${maxBytes}B`, maxFileCount: maxCount, ...placement(access) },
  ])
  // The SDK's types know only some sizes and types; its parser takes any.
  return Object.fromEntries(limits) as RouteConfig
}

/** Whoever opens a private file never shows it as a page. */
export const placement = (access: 'public' | 'private') =>
  access === 'private'
    ? ({ acl: 'private', contentDisposition: 'attachment' } as const)
    : ({ acl: 'public-read', contentDisposition: 'inline' } as const)

/** A file without a type is left to the SDK, which judges it by its name. */
function checkClaims({ types, maxBytes }: Limits, file: { name: string; size: number; type: string }) {
  if (file.type && !types.includes(file.type)) {
    throw new AppError('invalid', `${file.name} is not of a type that can be uploaded here.`)
  }
  if (!Number.isInteger(file.size) || file.size < 1) throw new AppError('invalid', `${file.name} is empty.`)
  if (file.type && file.size > maxBytes) {
    throw new AppError('invalid', `${file.name} is larger than ${megabytes(maxBytes)}.`)
  }
}

const megabytes = (bytes: number) => `${Number((bytes / 1024 / 1024).toPrecision(2))} MB`
