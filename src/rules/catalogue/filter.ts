const prices = ['free', 'paid'] as const
const sorts = ['relevance', 'newest', 'popular', 'price'] as const

export type Sort = (typeof sorts)[number]

export interface CatalogueFilter {
  q?: string
  /** A category's slug, id or exact name. */
  category?: string
  price?: (typeof prices)[number]
  sort?: Sort
  page?: number
}

/** What makes no sense is left out; of two the first counts. */
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

/** Control characters and lone surrogates can be neither shown nor searched. */
export function cleanText(text: string | null, maxLength: number): string | undefined {
  const clean = [...(text ?? '').replace(/[\p{Cc}\p{Cs}]+/gu, ' ').trim()].slice(0, maxLength).join('')
  return clean === '' ? undefined : clean
}
