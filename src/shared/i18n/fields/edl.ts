/**
 * What EDL40 meters sign, whatever carries it: German and English beside each other.
 *
 * @module
 */
import type { FieldLabels } from './labels.ts'

export const edl: FieldLabels = {
  serverId: ['Kennung des Zählers (DIN 43863-5)', 'Identity of the meter (DIN 43863-5)'],
  meterNumber: ['Nummer auf dem Zähler', 'Number printed on the meter'],
  timestamp: ['Uhr des Zählers', 'Clock of the meter'],
  status: ['Zustand des Zählers', 'State of the meter'],
  fault: ['Zustand: Störung', 'State: fault'],
  synchronousTransmission: ['Zustand: synchrone Übertragung', 'State: synchronous transmission'],
  clockSet: ['Zustand: Uhr gestellt', 'State: clock set'],
  reverseStop: ['Zustand: Rücklaufsperre', 'State: reverse stop'],
  directionOut: ['Zustand: Einspeisung', 'State: energy is fed in'],
  magneticField: ['Zustand: Magnetfeld erkannt', 'State: magnetic field noticed'],
  secondsIndex: ['Betriebssekunden', 'Seconds of operation'],
  pagination: ['Laufende Nummer', 'Sequence number'],
  obis: ['Register (OBIS)', 'Register (OBIS)'],
  unit: ['Einheit (DLMS)', 'Unit (DLMS)'],
  scaler: ['Zehnerpotenz', 'Power of ten'],
  value: ['Zählerstand', 'Reading'],
  logBook: ['Stand des Ereignis-Logbuchs', 'Position of the event log'],
  contractId: ['Nutzerkennung', 'User identification'],
  contractTimestamp: ['Nutzer erkannt um', 'User identified at'],
  historicalRegister: ['Stand zum Vergleich', 'Register kept for comparison'],
  compensatedRegister: ['Stand ohne Kabelverlust', 'Reading without cable loss'],
  lineResistance: ['Kabelwiderstand (mΩ)', 'Cable resistance (mΩ)'],
  stopwatch: ['Stoppuhr (s)', 'Stopwatch (s)'],
  price: ['Preis', 'Price'],
  valueSignature: ['Signatur des Zählerstands', 'Signature of the reading'],
  esth: ['Kennung der Ladesäule (ESTH)', 'Identity of the station (ESTH)'],
  listName: ['Anlass', 'Reason of the record'],
  sensorTime: ['Zeit der Übertragung', 'Time of transmission'],
  valTime: ['Zeit', 'Time'],
  publicKey: ['Öffentlicher Schlüssel', 'Public key'],
  meterValueSignature: ['Signatur', 'Signature'],
  signatureMethod: ['Signaturverfahren', 'Signature method'],
  encodingMethod: ['Kodierung der Daten', 'Encoding of the data'],
}
