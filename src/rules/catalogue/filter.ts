const prices = ['free', 'paid'] as const
const sorts = ['relevance', 'newest', 'popular', 'price'] as const

export type Sort = (typeof sorts)[number]

/** What a visitor asks of the catalogue; the database may know no such category or page. */
export interface CatalogueFilter {
  q?: string
  /** A category's slug, id or exact name. */
  category?: string
  price?: (typeof prices)[number]
  sort?: Sort
  page?: number
}

/** The filter in a query string; what makes no sense is left out, the first of two counts. */
export function readCatalogueFilter(parameters: URLSearchParams): CatalogueFilter {
  const page = parameters.get('page') ?? ''
  return {
    q: cleanText(parameters.get('q'), 200),
    category: cleanText(parameters.get('category'), 80),
    price: prices.find((price) => price === parameters.get('price')),
    sort: sorts.find((sort) => sort === parameters.get('sort')),
    page: /^[1-9]\d{0,5}$/.test(page) ? Number(page) : undefined,
  }
}

/** Text without control characters and lone surrogates, which can be neither shown nor searched. */
export function cleanText(text: string | null, maxLength: number): string | undefined {
  const clean = [...(text ?? '').replace(/[\p{Cc}\p{Cs}]+/gu, ' ').trim()].slice(0, maxLength).join('')
  return clean === '' ? undefined : clean
}
