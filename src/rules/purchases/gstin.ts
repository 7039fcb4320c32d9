/** By the two digits with which a GSTIN begins; 96 stands for buyers abroad. */
export const gstStates: Readonly<Record<string, string>> = {
  '35': 'Andaman and Nicobar Islands',
  '37': 'Andhra Pradesh',
  '12': 'Arunachal Pradesh',
  '18': 'Assam',
  '10': 'Bihar',
  '04': 'Chandigarh',
  '22': 'Chhattisgarh',
  '26': 'Dadra and Nagar Haveli and Daman and Diu',
  '07': 'Delhi',
  '30': 'Goa',
  '24': 'Gujarat',
  '06': 'Haryana',
  '02': 'Himachal Pradesh',
  '01': 'Jammu and Kashmir',
  '20': 'Jharkhand',
  '29': 'Karnataka',
  '32': 'Kerala',
  '38': 'Ladakh',
  '31': 'Lakshadweep',
  '23': 'Madhya Pradesh',
  '27': 'Maharashtra',
  '14': 'Manipur',
  '17': 'Meghalaya',
  '15': 'Mizoram',
  '13': 'Nagaland',
  '21': 'Odisha',
  '34': 'Puducherry',
  '03': 'Punjab',
  '08': 'Rajasthan',
  '11': 'Sikkim',
  '33': 'Tamil Nadu',
  '36': 'Telangana',
  '16': 'Tripura',
  '09': 'Uttar Pradesh',
  '05': 'Uttarakhand',
  '19': 'West Bengal',
  '97': 'Other territory of India',
  '96': 'Outside India',
}

export const isState = (code: string): boolean => Object.hasOwn(gstStates, code)

/** The code of a state that is given by its code or its name; null for anything else. */
export function stateCode(text: string): string | null {
  const wanted = text.trim().toLowerCase()
  const found = Object.entries(gstStates).find(
    ([code, name]) => code === wanted || name.toLowerCase() === wanted,
  )
  return found?.[0] ?? null
}

/** "Karnataka (29)"; empty where none is known. */
export const stateName = (code: string | null): string =>
  code === null ? '' : `${gstStates[code] ?? 'State'} (${code})`

export const stateOfGstin = (gstin: string): string => gstin.slice(0, 2)

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** Fifteen characters whose last is the check digit of the others, and a state that exists. */
export function isGstin(text: string): boolean {
  if (!/^\d{2}[A-Z]{5}\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]$/.test(text) || !isState(text.slice(0, 2))) return false
  let sum = 0
  for (let place = 0; place < 14; place++) {
    const product = digits.indexOf(text.charAt(place)) * (place % 2 === 0 ? 1 : 2)
    sum += Math.floor(product / 36) + (product % 36)
  }
  return digits.charAt((36 - (sum % 36)) % 36) === text.charAt(14)
}
