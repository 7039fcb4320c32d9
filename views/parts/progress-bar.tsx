export interface ProgressBarProps {
  /** 0 to 100, whole. */
  percent: number
  /** Of what, for those who only hear it. */
  label: string
  id?: string
}

/** A bar and its words, "40% complete". */
export function ProgressBar({ percent, label, id }: ProgressBarProps) {
  return (
    <div class="progress" id={id}>
      <progress value={percent} max={100} aria-label={label} />
      <span>{percent}% complete</span>
    </div>
  )
}
