import { paths } from '../../src/paths'
import { recoveryCodeInWords } from '../../src/rules/account/two-factor'
import { ButtonLink } from '../parts/button'
import { Card } from '../parts/card'
import { Breadcrumbs, PageHeader } from '../parts/page-header'

interface RecoveryCodesPageProps {
  codes: string[]
  siteName: string
}

export function RecoveryCodesPage({ codes, siteName }: RecoveryCodesPageProps) {
  const words = codes.map(recoveryCodeInWords)
  const file = [`Recovery codes for ${siteName}. Each works once.`, '', ...words, ''].join('\n')
  return (
    <div class="wrap medium">
      <Breadcrumbs
        items={[
          { href: paths.account(), label: 'Account' },
          { href: paths.twoFactor(), label: 'Two-factor sign-in' },
        ]}
      />
      <PageHeader
        title="Your recovery codes"
        lead="Each code lets you in once, when you do not have your phone. This is the only time they are shown."
      />
      <Card title="Save them somewhere you can reach without your phone">
        <ol class="recovery-codes">
          {words.map((code) => (
            <li>
              <code>{code}</code>
            </li>
          ))}
        </ol>
        <div class="form-actions">
          <ButtonLink
            href={`data:text/plain;charset=utf-8,${encodeURIComponent(file)}`}
            download="recovery-codes.txt"
          >
            Download
          </ButtonLink>
          <ButtonLink href={paths.twoFactor()} kind="primary">
            I have saved them
          </ButtonLink>
        </div>
      </Card>
    </div>
  )
}
