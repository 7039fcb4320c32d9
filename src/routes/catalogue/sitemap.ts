import { type Context, Hono } from 'hono'
import { notFound } from '../../errors'
import { countCoursesOnSale, listSitemapCourses } from '../../models/catalogue/catalogue'
import { listCategories } from '../../models/catalogue/category'
import { paths } from '../../paths'
import {
  addressesPerFile,
  filesFor,
  readFileNumber,
  type SitemapEntry,
  sitemapIndexXml,
  sitemapXml,
} from '../../rules/catalogue/sitemap'
import type { Services } from '../../services'
import { sharedCaching } from '../../web/caching'
import type { Env } from '../../web/env'
import { on } from '../../web/guards'

export const sitemap = new Hono<Env>()
  .get(...on(paths.sitemap), async (c) => {
    const { services } = c.var
    const files = filesFor(await countCoursesOnSale(services))
    const urls = Array.from({ length: files }, (_, number) => ({
      url: at(services, paths.sitemapFile(`${number}.xml`)),
    }))
    return answer(c, sitemapIndexXml(urls))
  })
  .get(...on(paths.sitemapFile), async (c) => {
    const { services } = c.var
    const number = readFileNumber(c.req.param('file'))
    const entries =
      number === null ? [] : number === 0 ? await fixedPages(services) : await coursesOf(services, number)
    if (entries.length === 0) throw notFound('page')
    return answer(c, sitemapXml(entries))
  })

const at = ({ config }: Pick<Services, 'config'>, path: string) => `${config.APP_ORIGIN}${path}`

async function fixedPages(services: Services): Promise<SitemapEntry[]> {
  const categories = await listCategories(services)
  const pages = [
    paths.home(),
    paths.courses(),
    ...categories.map(({ slug }) => paths.courses({ category: slug })),
  ]
  return pages.map((path) => ({ url: at(services, path) }))
}

async function coursesOf(services: Services, number: number): Promise<SitemapEntry[]> {
  const courses = await listSitemapCourses(services, {
    limit: addressesPerFile,
    offset: (number - 1) * addressesPerFile,
  })
  return courses.map(({ slug, updatedAt }) => ({ url: at(services, paths.course(slug)), changed: updatedAt }))
}

function answer(c: Context, xml: string): Response {
  c.header('Content-Type', 'application/xml; charset=utf-8')
  c.header('Cache-Control', sharedCaching)
  return c.body(xml)
}
