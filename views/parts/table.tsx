import type { Child } from 'hono/jsx'

export interface TableProps {
  caption: string
  /** For screen readers only, where a heading has the same words. */
  hideCaption?: boolean
  columns: { label: string; align?: 'end' }[]
  /** As many cells as columns. */
  rows: { cells: Child[] }[]
}

/** Rows and columns; on phones each row becomes a list of labels and values. */
export function Table({ caption, hideCaption, columns, rows }: TableProps) {
  return (
    <table class="table">
      <caption class={hideCaption ? 'visually-hidden' : undefined}>{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ label, align }) => (
            <th scope="col" data-align={align}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ cells }) => (
          <tr>
            {cells.map((cell, index) => (
              <td data-label={columns[index]?.label} data-align={columns[index]?.align}>
                <div>{cell}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
