import { Hono } from 'hono'
import { HomePage } from '../../../views/catalogue/home'
import { listCategories } from '../../models/catalogue/category'
import { listShelf } from '../../models/catalogue/shelf'
import { urls } from '../../urls'
import { viewerOf } from '../../web/auth'
import type { Env } from '../../web/env'
import { show } from '../../web/html'

export const home = new Hono<Env>().get(urls.home, async (c) => {
  const services = c.get('services')
  const viewerId = (await viewerOf(c))?.id ?? null
  const [categories, popular, newest] = await Promise.all([
    listCategories(services),
    listShelf(services, 'popular', viewerId),
    listShelf(services, 'newest', viewerId),
  ])
  const { SITE_NAME } = services.config
  return show(c, {
    title: SITE_NAME,
    description: `${SITE_NAME}: short video courses by people who do the work. Learn at your own pace and keep what you buy.`,
    canonical: urls.home,
    page: <HomePage categories={categories} popular={popular} newest={newest} />,
  })
})
