export interface ErrorSummaryProps {
  title?: string
  /** `field` is the control's id. */
  errors: { field: string; text: string }[]
}

/** On top of a long form that was refused: takes the focus and links to every field. Nothing when there are no errors. */
export function ErrorSummary({ title = 'Please check these answers', errors }: ErrorSummaryProps) {
  if (errors.length === 0) return null
  return (
    <div class="error-summary" role="group" aria-labelledby="error-summary-title" tabindex={-1} autofocus>
      <h2 id="error-summary-title">{title}</h2>
      <ul>
        {errors.map(({ field, text }) => (
          <li>
            <a href={`#${field}`}>{text}</a>
          </li>
        ))}
      </ul>
    </div>
  )
}
