import { paths } from '../../src/paths'
import { ButtonLink } from '../parts/button'
import { Icon } from '../parts/icon'
import { When } from '../parts/text'

export interface TwoFactorStripProps {
  by: Date
  isOver: boolean
  timeZone: string
}

export function TwoFactorStrip({ by, isOver, timeZone }: TwoFactorStripProps) {
  return (
    <aside class="wrap site-notice" aria-label="Two-factor sign-in">
      <div class={isOver ? 'notice notice-error' : 'notice notice-info'}>
        <Icon name={isOver ? 'alert' : 'info'} />
        <div class="cluster between">
          <p>
            Administrators need two-factor sign-in.{' '}
            {isOver ? (
              'The administration is closed to you until you set it up.'
            ) : (
              <>
                Set it up by <When date={by} timeZone={timeZone} time />, or the administration closes to you.
              </>
            )}
          </p>
          <ButtonLink href={paths.twoFactor()}>Set it up</ButtonLink>
        </div>
      </div>
    </aside>
  )
}
