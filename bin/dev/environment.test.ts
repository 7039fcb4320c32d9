import { describe, expect, it } from 'vitest'
import { appEnvironment, ownSettings } from './environment'

const sandbox = {
  MUX_TOKEN_ID: 'sandbox',
  MUX_BASE_URL: 'http://127.0.0.1:3001/mux',
  SMTP_URL: 'smtp://127.0.0.1:2525',
  MAIL_FROM: 'no-reply@sandbox.example.com',
}

describe('the environment of development', () => {
  it('reaches every vendor in the sandbox when nothing is set', () => {
    expect(appEnvironment({ PORT: '3000' }, sandbox, { MUX_TOKEN_ID: ' ' })).toEqual({
      PORT: '3000',
      ...sandbox,
    })
  })

  it('leaves a vendor alone of which the person set a key, so that real keys never meet a stand-in', () => {
    const environment = appEnvironment({ PORT: '3000' }, sandbox, { MUX_TOKEN_ID: 'real', PORT: '4000' })
    expect(environment.MUX_TOKEN_ID).toBe('real')
    expect(environment).not.toHaveProperty('MUX_BASE_URL')
    expect(environment.SMTP_URL).toBe(sandbox.SMTP_URL)
    expect(environment.PORT).toBe('4000')
  })

  it('counts the sender of mails to the mail server', () => {
    expect(appEnvironment({}, sandbox, { SMTP_URL: 'smtps://mail.example.com' })).not.toHaveProperty(
      'MAIL_FROM',
    )
  })
})

it('What is written down for other commands is the settings of this site, nothing of the shell', () => {
  const shell = {
    PATH: '/bin',
    AWS_SECRET_ACCESS_KEY: 'theirs',
    GITHUB_TOKEN: 'theirs',
    SMTP_URL: 'smtp://own',
  }
  const environment = appEnvironment({ PORT: '3000', NODE_ENV: 'development' }, sandbox, shell)
  expect(ownSettings(environment)).toEqual({
    PORT: '3000',
    SMTP_URL: 'smtp://own',
    MUX_TOKEN_ID: 'sandbox',
    MUX_BASE_URL: 'http://127.0.0.1:3001/mux',
  })
})
