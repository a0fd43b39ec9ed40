/**
 * The shape of the lists of field names.
 *
 * @module
 */

/** German and English for the last part of a field's name: `"TM"` for `"RD[1].TM"`. */
export type FieldLabels = Readonly<Record<string, readonly [german: string, english: string]>>
