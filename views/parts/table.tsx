import type { Child } from 'hono/jsx'

export interface TableProps {
  caption: string
  hideCaption?: boolean
  columns: { label: string; align?: 'end' }[]
  rows: { cells: Child[] }[]
}

export function Table({ caption, hideCaption, columns, rows }: TableProps) {
  return (
    <table class={columns.length > 5 ? 'table table-wide' : 'table'}>
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
