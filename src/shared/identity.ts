/**
 * Names of meters and charge points in the form in which they are compared.
 *
 * Labels, records and registers write one name in several ways: `DE*ABC*E123*1` and `DEABCE1231`,
 * `1 EMH00 1234` and `1EMH001234`. Only what is compared is changed, never what is shown.
 * Source: eMI3 identifiers, separators are optional; spellings of the charging register.
 *
 * @module
 */

/** @returns letters and digits in upper case; empty for what names nothing */
export function comparable(name: string | null): string {
  if (name === null) return ''
  const plain = name.normalize('NFKC').toUpperCase()
  const core = plain.replace(/[^\p{L}\p{N}]/gu, '')
  return core === '' ? plain.trim() : core
}

/** @returns words without case and accents, for searching: `"Straße Süd"` is `"strasse sud"` */
export function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss')
}
