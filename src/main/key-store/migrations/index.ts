/**
 * Steps from an empty file to the newest schema; a file's `user_version` counts those it took.
 * A step that was shipped is never changed: a new one is added.
 *
 * @module
 */
import { keys } from './001-keys.ts'
import { issuers } from './003-issuers.ts'
import { calibration } from './004-calibration.ts'
import { register } from './002-register.ts'
import { imprints } from './005-imprints.ts'

export const MIGRATIONS: readonly string[] = [keys, register, issuers, calibration, imprints]
