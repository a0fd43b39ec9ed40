/** Befunde zu PCDF-Datensätzen, deutsch. */
import type { PcdfCode } from '../../model/findings-pcdf.ts'

export const pcdf: Record<PcdfCode, string> = {
  'PCDF-FIELD': 'Im PCDF-Datensatz fehlt die Angabe {field}.',
  'PCDF-VALUE': 'Die Angabe {field} ist anders geschrieben als vorgesehen: „{found}“.',
  'PCDF-UNKNOWN': 'Die signierten Daten enthalten eine unbekannte Angabe {field}: „{found}“.',
  'PCDF-STRAY': 'Zwischen oder hinter den Angaben steht weiterer Text: „{found}“.',
  'PCDF-TIME': 'Die Zeit {field} ist keine: „{found}“.',
  'PCDF-OPEN': 'Der Datensatz ist nicht der letzte des Ladevorgangs (SP {found}).',
  'PCDF-ENERGY':
    'Der Zähler signiert die Energie dieses Ladevorgangs als eine Zahl; der Anfang bei 0 ist nicht eigens signiert.',
  'PCDF-DURATION':
    'Die signierte Ladedauer von {found} s ist eine andere als die Zeit vom Anfang bis zum Ende ({clock} s).',
}
