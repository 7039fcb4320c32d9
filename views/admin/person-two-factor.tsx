import type { Confirmation } from '../../src/models/account/confirmation'
import type { UserDetails } from '../../src/models/admin/users'
import { paths } from '../../src/paths'
import { Card } from '../parts/card'
import { VerbForm, type VerbProblem } from '../parts/verb-form'

interface Props {
  person: UserDetails
  confirmation: Confirmation
  problem?: VerbProblem
}

/** For somebody who lost the app and the recovery codes; nothing to see where it is off. */
export function PersonTwoFactor({ person, confirmation, problem }: Props) {
  if (!person.twoFactor && !problem) return null
  return (
    <Card title="Two-factor sign-in" id="two-factor-card">
      <p>
        Reset it for somebody who lost their phone and their recovery codes. First make sure who is asking:
        afterwards, the password or Google account alone is enough to sign in.
      </p>
      <VerbForm
        {...{ confirmation, problem }}
        id="two-factor"
        action={paths.personTwoFactorDelete(person.id)}
        button="Reset two-factor sign-in"
        kind="danger"
        confirm={`${person.name} will be signed out everywhere and told by email.`}
        target="two-factor-card"
        reasonHint="How you verified who is asking. Kept on the audit page."
      />
    </Card>
  )
}
