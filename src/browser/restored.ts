import { paths } from '../paths'

/** A page from the back/forward cache stays hidden until its session is known to be valid. */
addEventListener('pageshow', (event) => {
  const { session } = document.body.dataset
  if (!event.persisted || !session) return
  const { style } = document.documentElement
  style.visibility = 'hidden'
  currentSession().then((current) => {
    if (current === session) style.visibility = ''
    else location.reload()
  })
})

async function currentSession(): Promise<unknown> {
  try {
    const response = await fetch(paths.session(), { cache: 'no-store' })
    return (await response.json()).session
  } catch {
    return null
  }
}
