// The half of the checkout that it loads from another host: without it the window does not open.
window.RazorpayCheckoutFrame = (title) => {
  const frame = document.createElement('iframe')
  frame.className = 'razorpay-checkout-frame'
  frame.title = title
  Object.assign(frame.style, {
    width: '100%',
    height: '100%',
    border: '0',
    display: 'block',
    colorScheme: 'light',
  })
  return frame
}
