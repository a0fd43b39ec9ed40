/**
 * The data points of a BSM-WS36A snapshot: German and English beside each other.
 *
 * @module
 */
import type { FieldLabels } from './labels.ts'

export const bsm: FieldLabels = {
  Typ: ['Anlass der Ablesung', 'Reason of the reading'],
  RCR: ['Energie des Ladevorgangs', 'Energy of the session'],
  TotWhImp: ['Zählerstand', 'Total reading'],
  W: ['Leistung', 'Power'],
  MA1: ['Seriennummer des Zählers', 'Serial number of the meter'],
  RCnt: ['Laufende Nummer', 'Sequence number'],
  OS: ['Betriebssekunden', 'Seconds of operation'],
  Epoch: ['Zeit (Sekunden seit 1970)', 'Time (seconds since 1970)'],
  TZO: ['Abweichung von UTC', 'Offset from UTC'],
  EpochSetCnt: ['Uhr gestellt (Anzahl)', 'Clock set (times)'],
  EpochSetOS: ['Uhr zuletzt gestellt (Betriebssekunden)', 'Clock last set (seconds of operation)'],
  DI: ['Digitale Eingänge', 'Digital inputs'],
  DO: ['Digitale Ausgänge', 'Digital outputs'],
  Meta1: ['Angabe der Ladesäule 1', 'Statement of the station 1'],
  Meta2: ['Angabe der Ladesäule 2', 'Statement of the station 2'],
  Meta3: ['Angabe der Ladesäule 3', 'Statement of the station 3'],
  Evt: ['Ereignisse', 'Events'],
}
