/**
 * Browsers inside of other apps, where the window of a bank cannot open, and two that frame nothing:
 * https://razorpay.com/docs/payments/payment-gateway/web-integration/custom/best-practices
 */
const named =
  /\b(FBAN|FBAV|FB_IAB|Instagram|Line|MicroMessenger|Snapchat|Twitter|LinkedInApp|UCBrowser|Opera Mini)\b/
const androidView = /; wv\)/
/** Only the browser itself calls itself Safari there. */
const appleView = /\biP(hone|ad|od)\b.*AppleWebKit(?!.*Safari\/)/

export const canOpenWindows = (userAgent = ''): boolean =>
  ![named, androidView, appleView].some((pattern) => pattern.test(userAgent))
