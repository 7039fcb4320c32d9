// The inside of the checkout window: attempts without leaving the page, and tells the window above.
;(() => {
  const form = document.querySelector('form')
  const alert = document.querySelector('[role=alert]')
  const shop = new URLSearchParams(location.search).get('parent')
  const tell = (event, detail) => shop && window.parent.postMessage({ razorpay: event, detail }, shop)

  addEventListener('keydown', (event) => event.key === 'Escape' && tell('escape'))
  if (!form || !alert) {
    document.querySelector('button')?.addEventListener('click', () => tell('close'))
    return
  }
  form.querySelector('button')?.focus()

  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const outcome = event.submitter?.value ?? 'paid'
    if (outcome === 'closed') return tell('close')
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
      if (!result.error) return tell('paid', result)
      alert.textContent = result.error.description
      alert.hidden = false
      tell('failed', result.error)
    } catch {
      alert.textContent = 'The bank cannot be reached. Please try again.'
      alert.hidden = false
    }
    for (const button of buttons) button.disabled = false
    event.submitter?.focus()
  })
})()
