/**
 * What the elements of a Mennekes charging process are called, and the fields of its signed block.
 *
 * @module
 */
import type { FieldLabels } from './labels.ts'

export const mennekes: FieldLabels = {
  // The signed block
  serverId: ['Zähler', 'Meter'],
  timestamp: ['Uhr des Zählers', 'Clock of the meter'],
  status: ['Zustand', 'Status'],
  fault: ['Fehler des Zählers', 'Fault of the meter'],
  synchronousTransmission: ['Übertragung im Takt', 'Transmission in step'],
  clockSet: ['Uhr gestellt', 'Clock set'],
  reverseStop: ['Rücklaufsperre', 'Reverse stop'],
  directionOut: ['Richtung Lieferung', 'Direction out'],
  magneticField: ['Magnetfeld erkannt', 'Magnetic field detected'],
  secondsIndex: ['Betriebssekunden des Zählers', 'Seconds of operation of the meter'],
  pagination: ['Laufende Nummer', 'Sequence number'],
  obis: ['Register (OBIS)', 'Register (OBIS)'],
  unit: ['Einheit (DLMS, 30 = Wh)', 'Unit (DLMS, 30 = Wh)'],
  scaler: ['Zehnerpotenz', 'Power of ten'],
  value: ['Zählerstand, ohne Zehnerpotenz', 'Reading, without power of ten'],
  logBook: ['Ereigniszähler', 'Event counter'],
  contractId: ['Nutzerkennung', 'User identification'],
  contractTimestamp: ['Zeit der Nutzerkennung', 'Time of the identification'],
  // Elements beside it
  ServerId: ['Zähler, wie geschrieben', 'Meter, as written'],
  PublicKey: ['Öffentlicher Schlüssel', 'Public key'],
  MeteringPoint: ['Ladepunkt', 'Charge point'],
  ZipCode: ['Postleitzahl', 'Postal code'],
  Street: ['Straße', 'Street'],
  Town: ['Ort', 'Town'],
  CustomerIdent: ['Nutzerkennung, wie geschrieben', 'User identification, as written'],
  TimestampCustomerIdent: [
    'Zeit der Nutzerkennung, wie geschrieben',
    'Time of the identification, as written',
  ],
  Timestamp: ['Zeit mit Abstand zur Weltzeit', 'Time with offset from UTC'],
  Signature: ['Signatur', 'Signature'],
  EventCounter: ['Ereigniszähler, wie geschrieben', 'Event counter, as written'],
  MeterStatus: ['Zustandswort', 'Status word'],
  Value: ['Zählerstand, wie geschrieben', 'Reading, as written'],
  Scaler: ['Zehnerpotenz, wie geschrieben', 'Power of ten, as written'],
  Pagination: ['Laufende Nummer, wie geschrieben', 'Sequence number, as written'],
  SecondIndex: ['Betriebssekunden, wie geschrieben', 'Seconds of operation, as written'],
}
