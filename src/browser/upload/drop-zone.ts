export function onFiles(selector: string, take: (zone: HTMLElement, files: File[]) => void): void {
  const zoneOf = ({ target }: Event) =>
    target instanceof Element ? target.closest<HTMLElement>(selector) : null

  const takeChosen = (event: Event) => {
    const zone = zoneOf(event)
    const { target } = event
    if (!zone || !(target instanceof HTMLInputElement) || !target.files?.length) return
    take(zone, [...target.files])
    // So that the same file can be chosen again.
    target.value = ''
  }
  document.addEventListener('change', takeChosen)
  // While somebody chooses, the page may put a fresh zone in its place; the old one is still told.
  document.addEventListener('click', (event) => {
    if (zoneOf(event)) event.target?.addEventListener('change', takeChosen)
  })

  for (const type of ['dragenter', 'dragover', 'dragleave', 'drop'] as const) {
    document.addEventListener(type, (event) => {
      const zone = zoneOf(event)
      if (!zone || !event.dataTransfer?.types.includes('Files')) return
      const isLeaving = type === 'dragleave' && !zone.contains(event.relatedTarget as Node | null)
      if (type === 'drop' || isLeaving) delete zone.dataset.over
      else zone.dataset.over = 'true'
      event.preventDefault()
      if (type === 'drop') take(zone, [...event.dataTransfer.files])
    })
  }
}
