/** Far below the 50,000 that the protocol allows, so that no file is large. */
export const addressesPerFile = 10_000

/** The file of the fixed pages, then those of the courses. */
export const filesFor = (courses: number): number => 1 + Math.ceil(courses / addressesPerFile)

/** Of `/sitemaps/3.xml`; null for any other name. */
export function readFileNumber(name: string): number | null {
  const [, digits] = /^(0|[1-9]\d{0,5})\.xml$/.exec(name) ?? []
  return digits === undefined ? null : Number(digits)
}

export interface SitemapEntry {
  url: string
  changed?: Date
}

/** https://www.sitemaps.org/protocol.html */
export const sitemapXml = (entries: SitemapEntry[]): string => file('urlset', 'url', entries)
export const sitemapIndexXml = (entries: SitemapEntry[]): string => file('sitemapindex', 'sitemap', entries)

function file(root: string, element: string, entries: SitemapEntry[]): string {
  const lines = entries.map(({ url, changed }) => {
    const changedAt = changed ? `<lastmod>${changed.toISOString()}</lastmod>` : ''
    return `<${element}><loc>${escaped(url)}</loc>${changedAt}</${element}>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${lines.join('\n')}\n</${root}>\n`
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
