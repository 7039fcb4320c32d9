/** Menus are `<details>`: they work without this; with it they close by Escape and by a click elsewhere. */

const openMenus = () => document.querySelectorAll<HTMLDetailsElement>('details[data-menu][open]')

document.addEventListener('click', (event) => {
  for (const menu of openMenus()) {
    if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false
  }
})

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return
  for (const menu of openMenus()) {
    menu.open = false
    menu.querySelector('summary')?.focus()
  }
})
