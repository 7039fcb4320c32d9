import { paths } from '../paths'

/** A page out of the browser's memory is hidden until its session is known to stand. */
addEventListener('pageshow', (event) => {
  const { session } = document.body.dataset
  if (!event.persisted || !session) return
  const { style } = document.documentElement
  style.visibility = 'hidden'
  standing().then((now) => {
    if (now === session) style.visibility = ''
    else location.reload()
  })
})

/** The session of this browser as the server knows it; null when there is none or nobody answers. */
async function standing(): Promise<unknown> {
  try {
    const answer = await fetch(paths.session(), { cache: 'no-store' })
    return (await answer.json()).session
  } catch {
    return null
  }
}
