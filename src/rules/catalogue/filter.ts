const prices = ['free', 'paid'] as const
const sorts = ['relevance', 'newest', 'popular', 'price'] as const

export interface SearchQuery {
  q?: string
  category?: string
  price?: (typeof prices)[number]
  sort?: (typeof sorts)[number]
  page?: number
}

/** What an address asks of the catalogue. Whatever makes no sense is left out; of a repeated parameter the first counts. */
export function readCatalogueQuery(parameters: URLSearchParams): SearchQuery {
  const page = parameters.get('page') ?? ''
  return {
    q: line(parameters.get('q'), 200),
    category: line(parameters.get('category'), 80),
    price: prices.find((price) => price === parameters.get('price')),
    sort: sorts.find((sort) => sort === parameters.get('sort')),
    page: /^[1-9]\d{0,5}$/.test(page) ? Number(page) : undefined,
  }
}

/** Without control characters and lone halves of characters, which could be neither shown nor searched. */
export function line(text: string | null, longest: number): string | undefined {
  const clean = [...(text ?? '').replace(/[\p{Cc}\p{Cs}]+/gu, ' ').trim()].slice(0, longest).join('')
  return clean === '' ? undefined : clean
}
