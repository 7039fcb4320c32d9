const international = /^\+[1-9]\d{7,14}$/
const indian = /^\+91[1-9]\d{9}$/

/** E.164, such as +919876543210, or null; ten digits, also after 0 or 91, are an Indian number. */
export function phoneNumber(typed: string): string | null {
  const bare = typed.normalize('NFKC').replace(/[\s\p{Pd}.()/\p{Cf}]/gu, '')
  const digits = bare.replace(/^00/, '+')
  const local = /^(?:0|91)?([1-9]\d{9})$/.exec(digits)?.[1]
  const number = local ? `+91${local}` : digits.replace(/^\+910(?=\d{10}$)/, '+91')
  if (!international.test(number)) return null
  return number.startsWith('+91') && !indian.test(number) ? null : number
}
