/**
 * What the members of an OCMF record are called: German and English beside each other.
 *
 * @module
 */
import type { FieldLabels } from './labels.ts'

export const ocmf: FieldLabels = {
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
