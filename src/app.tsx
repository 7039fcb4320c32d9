import { type Context, Hono } from 'hono'
import { csrf } from 'hono/csrf'
import { requestId } from 'hono/request-id'
import { matchedRoutes } from 'hono/route'
import { AppError } from './errors'
import { log } from './log'
import { paths } from './paths'
import { account } from './routes/account/account'
import { google } from './routes/account/google'
import { passwordReset } from './routes/account/password-reset'
import { verifyEmail } from './routes/account/verify-email'
import { admin } from './routes/admin/admin'
import { catalogue } from './routes/catalogue/catalogue'
import { site } from './routes/catalogue/site'
import { sitemap } from './routes/catalogue/sitemap'
import { health } from './routes/health'
import { learn } from './routes/learn/learn'
import { billing } from './routes/purchases/billing'
import { checkout } from './routes/purchases/checkout'
import { papers } from './routes/purchases/papers'
import { purchase } from './routes/purchases/purchase'
import { purchases } from './routes/purchases/purchases'
import { purchaseRefund } from './routes/purchases/refund'
import { teachChapter } from './routes/teach/chapter'
import { teachChapters } from './routes/teach/chapters'
import { teachCourse } from './routes/teach/course'
import { earnings } from './routes/teach/earnings'
import { teachPublication } from './routes/teach/publication'
import { sales } from './routes/teach/sales'
import { teach } from './routes/teach/teach'
import { teachVideo } from './routes/teach/video'
import { uploads } from './routes/uploads'
import { webhooks } from './routes/webhooks'
import { limitBody } from './web/body-limit'
import { setCaching } from './web/caching'
import { type AppContext, type Env, type Runtime, requestOf } from './web/env'
import { refuseOtherMethods } from './web/methods'
import { securityHeaders } from './web/policy'
import { answerFailure } from './web/problem'

/** Posted by other sites on purpose; each checks a signature, or the origin, itself. */
const crossSite = new Set<string>(
  Object.values(paths).flatMap(({ access, pattern }) =>
    access === 'machine' || access === 'uploader' ? [pattern] : [],
  ),
)

/** Of the address that answered; what is not there has none, however often it is guessed. */
const patternOf = (c: Context) => matchedRoutes(c).findLast(({ method }) => method !== 'ALL')?.path ?? 'none'

export function createApp(runtime: Runtime): Hono<Env> {
  const app = new Hono<Env>()

  app.use(requestId())
  app.use(async (c, next) => {
    const startedAt = performance.now()
    const services = runtime.open(c)
    c.set('services', services)
    c.set('runtime', runtime)
    await next()
    c.header('Vary', 'HX-Request-Type', { append: true })
    setCaching(c)
    const { status } = c.res
    const ms = Math.round(performance.now() - startedAt)
    log(status >= 500 ? 'error' : 'info', { ...requestOf(c), status, ms })
    runtime.metrics?.count({ method: c.req.method, pattern: patternOf(c), status, ms })
    // Who was refused left nothing to do, and a crowd of them should not ask for it.
    const wrote = c.req.method === 'POST' && status < 400
    runtime.after(c, services, wrote || c.var.hasJobs === true)
  })
  app.use(securityHeaders)
  app.use(refuseOtherMethods(() => app.routes))
  app.use(limitBody(1024 * 1024))
  app.use(async (c, next) => {
    if (crossSite.has(c.req.path)) return next()
    return csrf({ origin: c.var.services.config.APP_ORIGIN })(c, next)
  })

  for (const routes of [
    health,
    site,
    sitemap,
    catalogue,
    account,
    verifyEmail,
    passwordReset,
    google,
    checkout,
    purchases,
    purchase,
    billing,
    papers,
    learn,
    teach,
    teachCourse,
    teachPublication,
    teachChapters,
    teachChapter,
    earnings,
    sales,
    purchaseRefund,
    teachVideo,
    admin,
    uploads,
    webhooks,
  ])
    app.route('/', routes)

  app.notFound((c) =>
    answerFailure(new AppError('not_found', 'There is no page at this address.'), c as AppContext),
  )
  app.onError((error, c) => answerFailure(error, c as AppContext))
  return app
}
