/** Browsers inside of other apps, where the window of a bank cannot open. */
const inApp = /\b(FBAN|FBAV|FB_IAB|Instagram|Line|MicroMessenger|Snapchat|Twitter|LinkedInApp)\b|; wv\)/

export const canOpenWindows = (userAgent: string | undefined): boolean => !inApp.test(userAgent ?? '')
