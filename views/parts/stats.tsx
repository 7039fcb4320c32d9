export function Stats({ facts, id, class: extra }: { facts: string[][]; id?: string; class?: string }) {
  return (
    <dl class={extra ? `stats ${extra}` : 'stats'} id={id}>
      {facts.map(([what, value]) => (
        <div>
          <dt>{what}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
