const maxLength = 100

/** Lower-case letters, digits and single hyphens. */
export const isSlug = (text: string): boolean => text.length <= 140 && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text)

/** Empty for a title without Latin letters and digits. */
export function slugFrom(title: string): string {
  const plain = title
    .replace(/\+\+/g, ' plus plus ')
    .replace(/#/g, ' sharp ')
    .replace(/&/g, ' and ')
    .normalize('NFKD')
    .replace(/[\u0300-\u036f'’]/g, '')
    .toLowerCase()
  const words = plain.match(/[a-z0-9]+/g) ?? []
  return words.join('-').slice(0, maxLength).replace(/-+$/, '')
}
