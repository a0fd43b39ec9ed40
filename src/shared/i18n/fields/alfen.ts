/**
 * What the fields of an ALFEN record are called: German and English beside each other.
 *
 * @module
 */
import type { FieldLabels } from './labels.ts'

export const alfen: FieldLabels = {
  adapterId: ['Nummer des Adapters', 'Number of the adapter'],
  adapterFirmware: ['Firmware des Adapters', 'Firmware of the adapter'],
  adapterChecksum: ['Prüfsumme der Firmware', 'Checksum of the firmware'],
  meterId: ['Nummer des Zählers', 'Number of the meter'],
  meterStatus: ['Zustand des Zählers', 'Status of the meter'],
  clockError: ['Fehler der Uhr', 'Clock error'],
  eepromFailure: ['Speicher des Zählers ausgefallen (EEPROM)', 'Meter memory failed (EEPROM)'],
  flashFailure: ['Speicher des Zählers ausgefallen (Flash)', 'Meter memory failed (flash)'],
  phaseL1Failure: ['Ausfall der Phase L1', 'Failure of phase L1'],
  phaseL2Failure: ['Ausfall der Phase L2', 'Failure of phase L2'],
  phaseL3Failure: ['Ausfall der Phase L3', 'Failure of phase L3'],
  phaseSequence: ['Falsche Drehrichtung der Phasen', 'Wrong phase sequence'],
  adapterStatus: ['Zustand des Adapters', 'Status of the adapter'],
  adapterFailure: ['Adapter ausgefallen', 'Adapter failed'],
  startMismatch: ['Anfang und Ende passen nicht zusammen', 'Start and stop do not match'],
  intermediateCommand: ['Zwischenwert angefordert', 'Intermediate value asked for'],
  stopCommand: ['Ende des Ladevorgangs', 'End of the session'],
  startCommand: ['Anfang des Ladevorgangs', 'Start of the session'],
  memoryFailure: ['Speicher des Adapters fehlerhaft', 'Adapter memory faulty'],
  meterUnreachable: ['Zähler nicht erreichbar', 'Meter not reachable'],
  secondsIndex: ['Betriebssekunden des Zählers', 'Seconds of operation of the meter'],
  timestamp: ['Zeit (Weltzeit)', 'Time (UTC)'],
  obis: ['Register (OBIS)', 'Register (OBIS)'],
  unit: ['Einheit (DLMS, 30 = Wh)', 'Unit (DLMS, 30 = Wh)'],
  scaler: ['Zehnerpotenz', 'Power of ten'],
  value: ['Zählerstand, ohne Zehnerpotenz', 'Reading, without power of ten'],
  uid: ['Karte', 'Card'],
  sessionId: ['Nummer des Ladevorgangs', 'Number of the session'],
  paging: ['Laufende Nummer', 'Sequence number'],
  type: ['Art des Datensatzes', 'Kind of the record'],
  version: ['Fassung', 'Version'],
  publicKey: ['Öffentlicher Schlüssel', 'Public key'],
}
