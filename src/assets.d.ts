declare module '*/dist/manifest.json' {
  const manifest: Record<string, string>
  export default manifest
}

/** What we use of Alpine's build that needs no eval; the package has no types. */
declare module '@alpinejs/csp' {
  interface Alpine {
    data(name: string, component: (...options: never[]) => object): void
    store(name: string, value?: unknown): unknown
    magic(name: string, value: (element: HTMLElement) => unknown): void
    initTree(root: Element): void
    destroyTree(root: Element): void
    start(): void
  }
  const alpine: Alpine
  export default alpine
}
