/**
 * What the fields of a record are called, for people who do not know the format.
 *
 * @module
 */
import type { FormatId } from '../model/record.ts'
import type { Language } from './index.ts'

/** German and English beside each other: a row for each abbreviation. */
const OCMF: Record<string, readonly [string, string]> = {
  FV: ['Formatversion', 'Format version'],
  GI: ['Signierendes Gerät', 'Signing component'],
  GS: ['Seriennummer des Geräts', 'Serial number of the component'],
  GV: ['Software des Geräts', 'Software of the component'],
  VI: ['Hersteller', 'Vendor'],
  VV: ['Version', 'Version'],
  PG: ['Laufende Nummer', 'Sequence number'],
  MV: ['Hersteller des Zählers', 'Maker of the meter'],
  MM: ['Modell des Zählers', 'Model of the meter'],
  MS: ['Seriennummer des Zählers', 'Serial number of the meter'],
  MF: ['Firmware des Zählers', 'Firmware of the meter'],
  IS: ['Nutzer zugeordnet', 'User assigned'],
  IL: ['Sicherheit der Zuordnung', 'Level of assignment'],
  IF: ['Verfahren der Zuordnung', 'Methods of assignment'],
  IT: ['Art der Nutzerkennung', 'Type of user identification'],
  ID: ['Nutzerkennung', 'User identification'],
  TT: ['Tariftext', 'Tariff text'],
  CF: ['Firmware der Ladesteuerung', 'Firmware of the charge controller'],
  CT: ['Art der Ladepunktkennung', 'Type of charge point id'],
  CI: ['Ladepunkt', 'Charge point'],
  TM: ['Zeit', 'Time'],
  TX: ['Anlass der Ablesung', 'Reason of the reading'],
  RV: ['Zählerstand', 'Reading'],
  RI: ['Register (OBIS)', 'Register (OBIS)'],
  RU: ['Einheit', 'Unit'],
  RT: ['Stromart', 'Kind of current'],
  CL: ['Kabelverlust', 'Cable loss'],
  EI: ['Ereigniszähler', 'Event counter'],
  EF: ['Fehlerkennzeichen', 'Error flags'],
  ST: ['Zustand des Zählers', 'State of the meter'],
  LN: ['Name der Kabeldaten', 'Name of the cable data'],
  LI: ['Nummer der Kabeldaten', 'Number of the cable data'],
  LR: ['Kabelwiderstand', 'Cable resistance'],
  LU: ['Einheit des Widerstands', 'Unit of the resistance'],
  SA: ['Signaturverfahren', 'Signature method'],
  SE: ['Kodierung der Signatur', 'Encoding of the signature'],
  SM: ['Form der Signatur', 'Form of the signature'],
  SD: ['Signatur', 'Signature'],
}

const LABELS: Record<FormatId, Record<string, readonly [string, string]>> = { ocmf: OCMF }

/** @param name such as `"GS"` or `"RD[1].TM"`. @returns null where the name says nothing to us */
export function fieldLabel(language: Language, format: FormatId, name: string): string | null {
  const label = LABELS[format][name.slice(name.lastIndexOf('.') + 1)]
  return label?.[language === 'de' ? 0 : 1] ?? null
}
