import type { Child } from 'hono/jsx'
import { Icon } from './icon'

export interface ProgressBarProps {
  /** 0 to 100, whole. */
  percent: number
  label: string
}

export function ProgressBar({ percent, label }: ProgressBarProps) {
  return (
    <div class="progress">
      <progress value={percent} max={100} aria-label={label} />
      <span>{percent}% complete</span>
    </div>
  )
}

export interface Step {
  title: string
  text?: Child
  state: 'done' | 'current' | 'waiting' | 'failed'
}

const said = { done: 'Done', current: 'In progress', waiting: 'Not yet', failed: 'Failed' }

export function StepList({ steps }: { steps: Step[] }) {
  return (
    <ol class="steps">
      {steps.map(({ title, text, state }, index) => (
        <li data-state={state} aria-current={state === 'current' ? 'step' : undefined}>
          <span class="step-mark">
            {state === 'done' ? (
              <Icon name="check" />
            ) : state === 'failed' ? (
              <Icon name="close" />
            ) : (
              index + 1
            )}
          </span>
          <span class="step-title">
            {title}
            <span class="visually-hidden"> ({said[state]})</span>
          </span>
          {text ? <span class="step-text">{text}</span> : null}
        </li>
      ))}
    </ol>
  )
}
