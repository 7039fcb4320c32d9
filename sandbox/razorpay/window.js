// The checkout window as shops know it: new Razorpay(options).open(). Runs under a policy without
// inline scripts and styles.
;(() => {
  const API = 'https://api.invalid'
  const CDN = 'https://cdn.invalid'
  const BEACON = 'https://beacon.invalid'
  const isInApp = /Instagram|FBAN|FBAV|; wv\)/.test(navigator.userAgent)

  const ready = new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.src = `${CDN}/frame.js`
    script.onload = resolve
    script.onerror = () => reject(new Error('The checkout could not be loaded.'))
    document.head.append(script)
  })
  ready.catch(() => {})

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
      const { callback_url, redirect } = this.#options
      navigator.sendBeacon(`${BEACON}/beacon`, JSON.stringify({ event: 'open' }))
      if (isInApp && callback_url && redirect) {
        post(`${API}/checkout/embedded`, this.#purchase())
        return this
      }
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
      document.body.append(this.#overlay)
      document.documentElement.style.setProperty('overflow', 'hidden')
      addEventListener('message', this.#receive)
      addEventListener('keydown', this.#type)
      void ready.then(() => this.#show())
      return this
    }

    #purchase() {
      const { key, order_id, amount, name, description, theme, prefill = {} } = this.#options
      const { callback_url, cancel_url } = this.#options
      const contact = prefill.contact
      const told = { key_id: key, order_id, amount, name, description, color: theme.color }
      const all = { ...told, 'prefill[contact]': contact, callback_url, cancel_url }
      return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
    }

    #show() {
      if (!this.#overlay) return
      const source = new URL(`${API}/checkout/frame`)
      for (const [field, value] of Object.entries(this.#purchase())) source.searchParams.set(field, value)
      source.searchParams.set('parent', location.origin)
      const picture = new Image(1, 1)
      picture.src = `${CDN}/picture.png`
      picture.alt = ''
      Object.assign(picture.style, { position: 'absolute' })
      this.#frame = window.RazorpayCheckoutFrame('Razorpay Checkout')
      this.#frame.src = source.href
      this.#frame.addEventListener('load', () => this.#frame?.focus())
      this.#overlay.append(picture, this.#frame)
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
      if (message.source !== this.#frame?.contentWindow || message.origin !== new URL(API).origin) return
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
