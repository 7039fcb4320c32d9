import { expect, it } from 'vitest'
import { addressesPerFile, filesFor, readFileNumber, sitemapIndexXml, sitemapXml } from './sitemap'

it('Every course has a place in one file', () => {
  expect([0, 1, addressesPerFile, addressesPerFile + 1].map(filesFor)).toEqual([1, 2, 2, 3])
})

it('A file is known by its number alone', () => {
  const names = ['0.xml', '12.xml', '01.xml', '-1.xml', '1.5.xml', '1.xml.gz', 'x.xml', '', '9999999.xml']
  expect(names.map(readFileNumber)).toEqual([0, 12, null, null, null, null, null, null, null])
})

it('Addresses are written as XML', () => {
  const changed = new Date('2026-01-02T03:04:05.678Z')
  expect(sitemapXml([{ url: 'https://a.example/?a=1&b=<', changed }])).toContain(
    '<url><loc>https://a.example/?a=1&amp;b=&lt;</loc><lastmod>2026-01-02T03:04:05.678Z</lastmod></url>',
  )
  expect(sitemapIndexXml([{ url: 'https://a.example/sitemaps/0.xml' }])).toMatch(
    /<sitemapindex [^>]+>\n<sitemap><loc>https:\/\/a.example\/sitemaps\/0.xml<\/loc><\/sitemap>\n<\/sitemapindex>\n$/,
  )
})
