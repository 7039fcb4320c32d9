// The inside of the checkout window: attempts without leaving the page, and notifies the window
// above.
;(() => {
  const form = document.querySelector('form')
  const alert = document.querySelector('[role=alert]')
  const shop = new URLSearchParams(location.search).get('parent')
  const isInApp = /Instagram|FBAN|FBAV|; wv\)/.test(navigator.userAgent)
  const notify = (event, detail) => shop && window.parent.postMessage({ razorpay: event, detail }, shop)

  addEventListener('keydown', (event) => event.key === 'Escape' && notify('escape'))
  if (!form || !alert) {
    document.querySelector('button')?.addEventListener('click', () => notify('close'))
    return
  }
  form.querySelector('button')?.focus()

  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const outcome = event.submitter?.value ?? 'paid'
    if (outcome === 'closed') return notify('close')
    if (isInApp) {
      alert.textContent = 'The window of your bank could not be opened in this app.'
      alert.hidden = false
      return
    }
    const body = new URLSearchParams([...new FormData(form), ['outcome', outcome]])
    const buttons = [...form.querySelectorAll('button')]
    for (const button of buttons) button.disabled = true
    try {
      const answer = await fetch(form.action, {
        method: 'POST',
        headers: { accept: 'application/json' },
        body,
      })
      const result = await answer.json()
      if (!result.error) return notify('paid', result)
      alert.textContent = result.error.description
      alert.hidden = false
      notify('failed', result.error)
    } catch {
      alert.textContent = 'The payment could not be sent. Please try again.'
      alert.hidden = false
    }
    for (const button of buttons) button.disabled = false
    event.submitter?.focus()
  })
})()
