const amount = /^(?:\d+|\d{1,3}(?:,\d{2,3})*,\d{3})(?:\.(\d*))?$/
const highestPaise = 50_000_000

/** Of rupees; null is an empty field. */
export function readPrice(typed: string): { paise: number | null } | { problem: string } {
  const text = typed
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/^(?:₹|rs\.?|inr)/i, '')
    .replace(/\/-$/, '')
  if (text === '') return typed.trim() === '' ? { paise: null } : notAnAmount
  const found = amount.exec(text)
  if (!found) return notAnAmount
  if ((found[1]?.length ?? 0) > 2) return { problem: 'Use at most two decimals, such as 1499.50.' }
  const [rupees = '', decimals = ''] = text.replaceAll(',', '').split('.')
  // Together as digits: no fraction ever passes through floating point.
  const paise = Number(`${rupees}${decimals.padEnd(2, '0')}`)
  if (paise !== 0 && (paise < 100 || paise > highestPaise))
    return { problem: 'Enter 0 for a free course, or an amount from ₹1 to ₹5,00,000.' }
  return { paise }
}

const notAnAmount = { problem: 'Enter an amount such as 1499 or 1,499.50, or 0 for a free course.' }

/** A price for its field: "1499", "1499.50", or nothing. */
export function typedPrice(paise: number | null): string {
  if (paise === null) return ''
  return paise % 100 === 0 ? String(paise / 100) : (paise / 100).toFixed(2)
}
