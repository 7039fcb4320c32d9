/** What spreadsheets take for a formula, full-width signs and leading blanks included. */
const formula = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/

function cell(text: string): string {
  const harmless = formula.test(text) && !/^-\d+\.\d\d$/.test(text) ? `'${text}` : text
  return /[",;\t\r\n]|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** RFC 4180 with the byte order mark for Excel; no cell can act as a formula. */
export const csv = (rows: string[][]): string =>
  `\uFEFF${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`

/** "1499.00" from 149900 paise, "-0.50" from -50: a number for every spreadsheet. */
export const plainRupees = (paise: number): string => {
  const amount = Math.abs(paise)
  return `${paise < 0 ? '-' : ''}${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`
}
