/**
 * All rules over sessions, in the order their findings are shown.
 *
 * @module
 */
import { checkKeyValidity } from './key-validity.ts'
import { PLAUSIBILITY } from './plausibility.ts'
import type { SessionRule } from './rule.ts'
import { checkGeneralSession } from './session-general.ts'
import { checkEdlSession } from './session-edl.ts'
import { checkOcmfSession } from './session-ocmf.ts'
import { checkPackedSession } from './session-packed.ts'

export const SESSION_RULES: readonly SessionRule[] = [
  ...PLAUSIBILITY,
  checkGeneralSession,
  checkOcmfSession,
  checkPackedSession,
  checkKeyValidity,
  checkEdlSession,
]
