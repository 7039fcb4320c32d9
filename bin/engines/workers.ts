import { runSuite } from './suite'

/** workerd behind a pooler that loses every SET, with its cache off and on. */
export const workers = () => runSuite(['--project', 'runtime'], {})
