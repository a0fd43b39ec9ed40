/**
 * PCDF, the charging data of Porsche's direct-current stations. See README.md.
 *
 * @module
 */
import type { Format } from '../format.ts'
import { decodePcdf } from './decode.ts'
import { findPcdf, looksLikePcdf } from './groups.ts'

export const pcdf: Format<null> = {
  id: 'pcdf',
  title: 'PCDF',
  detect: looksLikePcdf,
  find: findPcdf,
  decode: decodePcdf,
}
