const form = document.querySelector<HTMLElement>('form[data-code-seconds]')
const clock = form?.querySelector<HTMLElement>('[data-code-clock]')
const over = form?.querySelector<HTMLElement>('[data-code-over]')

if (form && clock && over) {
  const seconds = Number(form.dataset.codeSeconds)
  const deadline = Date.now() + seconds * 1000

  const tick = () => {
    // By the clock, because a page in the background ticks slowly.
    const left = Math.max(0, Math.ceil((deadline - Date.now()) / 1000))
    if (left > 0) {
      clock.textContent = `About ${left} ${left === 1 ? 'second' : 'seconds'} left.`
      return
    }
    clearInterval(timer)
    clock.textContent = over.dataset.codeOver ?? ''
    over.textContent = clock.textContent
  }
  const timer = setInterval(tick, 1000)
  if (seconds > 0) {
    clock.hidden = false
    tick()
  } else clearInterval(timer)
}
