import { markdown } from '../../src/rules/markdown'
import { Button } from '../parts/button'
import { Checkbox, Field, type Option, Select, TextArea } from '../parts/field'
import { Icon } from '../parts/icon'
import { Prose } from '../parts/text'

export interface SettingProps extends ControlProps {
  action: string
  isSaved?: boolean
}

interface ControlProps {
  name: 'title' | 'description' | 'categoryId' | 'price' | 'level' | 'outcomes' | 'isFree'
  value: string
  typed?: string
  error?: string
  hint?: string
  options?: Option[]
}

/** The page needs `teach.js`. */
export function Setting({ action, isSaved, ...props }: SettingProps) {
  const { name, value } = props
  return (
    <form
      id={`${name}-form`}
      class="form teach-setting"
      method="post"
      action={action}
      hx-post={action}
      hx-swap="outerHTML"
      hx-sync="this:drop"
      novalidate
      x-data="saving"
      {...{ '@input': 'change()' }}
    >
      <SettingControl {...props} />
      {name === 'description' && value ? <Preview text={value} isOpen={isSaved} /> : null}
      <div class="form-actions">
        <Button id={`${name}-save`}>Save</Button>
        {isSaved ? (
          <span class="saved" role="status" x-bind:hidden="isChanged">
            <Icon name="check" />
            Saved
          </span>
        ) : null}
        <span class="soft label-size" x-bind:hidden="!isChanged" hidden>
          Not saved yet
        </span>
      </div>
    </form>
  )
}

function SettingControl({ name, value, typed, error, hint, options = [] }: ControlProps) {
  const control = { name, value: typed ?? value, error, hint, autofocus: Boolean(error) || undefined }
  switch (name) {
    case 'title':
      return <Field {...control} label="Title" maxlength={120} autocomplete="off" required />
    case 'description':
      return <TextArea {...control} label="Description" rows={8} />
    case 'categoryId':
      return <Select {...control} label="Category" options={options} placeholder="Not chosen yet" />
    case 'price':
      return <Field {...control} label="Price" affix="₹" inputmode="decimal" autocomplete="off" />
    case 'level':
      return (
        <Select {...control} label="Level" required={false} options={options} placeholder="For everyone" />
      )
    case 'outcomes':
      return <TextArea {...control} label="Outcomes" required={false} rows={4} />
    case 'isFree':
      return (
        <>
          <input type="hidden" name={name} value="off" />
          <Checkbox
            {...{ name, error, hint, autofocus: control.autofocus }}
            label="Free preview"
            checked={value === 'on'}
          />
        </>
      )
  }
}

function Preview({ text, isOpen }: { text: string; isOpen?: boolean }) {
  return (
    <details class="teach-preview" open={isOpen || undefined}>
      <summary>
        How students see it
        <Icon name="chevron-down" />
      </summary>
      <Prose html={markdown(text)} />
    </details>
  )
}
