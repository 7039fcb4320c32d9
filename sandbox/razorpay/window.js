// The checkout window as shops know it: new Razorpay(options).open(). Runs under a policy without
// inline scripts and styles.
;(() => {
  const BASE = 'https://sandbox.invalid'

  class Razorpay {
    #options
    #listeners = new Map()
    #overlay = null
    #frame = null
    #before = null

    constructor(options) {
      if (!options?.key) throw new Error('No key passed')
      this.#options = { modal: {}, retry: {}, theme: {}, ...options }
    }

    on(event, listener) {
      this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener])
      return this
    }

    open() {
      if (this.#overlay) return this
      const { key, order_id, amount, name, description, theme } = this.#options
      const source = new URL(`${BASE}/v1/checkout/frame`)
      const told = {
        key_id: key,
        order_id,
        amount,
        name,
        description,
        color: theme.color,
        parent: location.origin,
      }
      for (const [field, value] of Object.entries(told))
        if (value !== undefined) source.searchParams.set(field, value)

      this.#before = document.activeElement
      this.#overlay = document.createElement('div')
      this.#overlay.className = 'razorpay-container'
      this.#overlay.setAttribute('role', 'dialog')
      this.#overlay.setAttribute('aria-modal', 'true')
      this.#overlay.setAttribute('aria-label', 'Pay')
      Object.assign(this.#overlay.style, {
        position: 'fixed',
        inset: '0',
        zIndex: '2147483647',
        background: '#0b1026a6',
      })
      this.#frame = document.createElement('iframe')
      this.#frame.className = 'razorpay-checkout-frame'
      this.#frame.title = 'Razorpay Checkout'
      this.#frame.src = source.href
      Object.assign(this.#frame.style, {
        width: '100%',
        height: '100%',
        border: '0',
        display: 'block',
        colorScheme: 'light',
      })
      this.#frame.addEventListener('load', () => this.#frame?.focus())
      this.#overlay.append(this.#frame)
      document.body.append(this.#overlay)
      document.documentElement.style.setProperty('overflow', 'hidden')
      addEventListener('message', this.#receive)
      addEventListener('keydown', this.#type)
      return this
    }

    close() {
      if (!this.#overlay) return
      removeEventListener('message', this.#receive)
      removeEventListener('keydown', this.#type)
      this.#overlay.remove()
      this.#overlay = null
      this.#frame = null
      document.documentElement.style.removeProperty('overflow')
      this.#before?.focus?.()
    }

    #dismiss() {
      const { modal } = this.#options
      if (modal.confirm_close && !confirm('Do you want to cancel the payment?')) return
      this.close()
      modal.ondismiss?.()
    }

    #escape() {
      if (this.#options.modal.escape !== false) this.#dismiss()
    }

    #type = (event) => {
      if (event.key === 'Escape') this.#escape()
    }

    #receive = (message) => {
      if (message.source !== this.#frame?.contentWindow || message.origin !== new URL(BASE).origin) return
      const { razorpay: event, detail } = message.data
      if (event === 'close') this.#dismiss()
      if (event === 'escape') this.#escape()
      if (event === 'failed') this.#fail(detail)
      if (event === 'paid') this.#finish(detail)
    }

    #fail(error) {
      const { callback_url, redirect, retry } = this.#options
      for (const listener of this.#listeners.get('payment.failed') ?? []) listener({ error })
      if (callback_url && redirect) post(callback_url, failureFields(error))
      else if (retry === false || retry.enabled === false) this.#dismiss()
    }

    #finish(receipt) {
      const { callback_url, redirect, handler } = this.#options
      this.close()
      if (handler && !redirect) handler(receipt)
      else if (callback_url) post(callback_url, receipt)
    }
  }

  function failureFields(error) {
    const text = (value) => (typeof value === 'string' ? value : JSON.stringify(value))
    return Object.fromEntries(Object.entries(error).map(([name, value]) => [`error[${name}]`, text(value)]))
  }

  function post(action, fields) {
    const form = document.createElement('form')
    form.method = 'post'
    form.action = action
    form.hidden = true
    for (const [name, value] of Object.entries(fields)) {
      const input = document.createElement('input')
      input.type = 'hidden'
      input.name = name
      input.value = value
      form.append(input)
    }
    document.body.append(form)
    form.submit()
  }

  window.Razorpay = Razorpay
})()
