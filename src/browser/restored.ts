import { paths } from '../paths'

/** A page from the back/forward cache stays hidden until its session is known to be valid. */
addEventListener('pageshow', (event) => {
  const { session } = document.body.dataset
  if (!event.persisted || !session) return
  document.documentElement.style.visibility = 'hidden'
  void showOrReload(session)
})

async function showOrReload(session: string): Promise<void> {
  if ((await currentSession()) === session) document.documentElement.style.visibility = ''
  else location.reload()
}

async function currentSession(): Promise<unknown> {
  try {
    const response = await fetch(paths.session(), { cache: 'no-store' })
    return (await response.json()).session
  } catch {
    return null
  }
}
