/**
 * What the groups of a PCDF record are called: German and English beside each other.
 *
 * @module
 */
import type { FieldLabels } from './labels.ts'

export const pcdf: FieldLabels = {
  ST: ['Anfang (Weltzeit)', 'Start (UTC)'],
  CT: ['Ende (Weltzeit)', 'End (UTC)'],
  CD: ['Ladedauer', 'Duration of charging'],
  TV: ['Zeit gültig', 'Time valid'],
  BV: ['Abrechnung erlaubt', 'Billing allowed'],
  CSC: ['Zähler der Ladevorgänge', 'Counter of sessions'],
  SP: ['Ende vorhanden', 'End present'],
  RV: ['Energie des Ladevorgangs', 'Energy of the session'],
  SI: ['Nutzer, Art, Transaktion', 'User, kind, transaction'],
  CS: ['Prüfsumme der Software', 'Checksum of the software'],
  HW: ['Seriennummer des Zählers', 'Serial number of the meter'],
  DT: ['Art des Zählers', 'Kind of meter'],
  PK: ['Öffentlicher Schlüssel', 'Public key'],
}
