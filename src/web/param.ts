import type { AppContext } from './env'

/** Of the address; empty where its pattern has no such name. */
export const param = (c: AppContext, name: string): string => c.req.param(name as never) ?? ''
