import { Button } from '../parts/button'
import { Field, Select, type SelectProps } from '../parts/field'

interface SearchFormProps {
  action: string
  /** Names the form among those of the page. */
  name: string
  words: { label: string; hint: string; value?: string }
  choice: Pick<SelectProps, 'label' | 'name' | 'value' | 'placeholder' | 'options'>
}

/** Words and one choice narrow a list of the administration. */
export const SearchForm = ({ action, name, words, choice }: SearchFormProps) => (
  <form class="filters" method="get" action={action} role="search" aria-label={name}>
    <div class="field-grow">
      <Field {...words} name="q" type="search" maxlength={100} autocomplete="off" />
    </div>
    <Select {...choice} />
    <Button>Search</Button>
  </form>
)
