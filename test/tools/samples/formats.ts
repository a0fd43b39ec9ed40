/**
 * A sample of each format and container beside OCMF, in `assets/samples/formats/`; a line each.
 *
 * @module
 */
import type { Sample } from './sample.ts'

export const FORMAT_SAMPLES: readonly Sample[] = []
