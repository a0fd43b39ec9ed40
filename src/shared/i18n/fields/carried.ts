/**
 * What the containers of chargeIT and Charge Transparency Records write beside signed values:
 * German and English beside each other. Nothing of it is signed.
 *
 * @module
 */
import type { FieldLabels } from './labels.ts'

export const carried: FieldLabels = {
  '@context': ['Art der Daten', 'Kind of data'],
  '@id': ['Name', 'Name'],
  firmwareVersion: ['Firmware des Zählers', 'Firmware of the meter'],
  manufacturer: ['Hersteller', 'Maker'],
  type: ['Art', 'Type'],
  meterId: ['Zähler', 'Meter'],
  transactionId: ['Ladevorgang', 'Session'],
  localOffset: ['Abweichung von UTC (min)', 'Offset from UTC (min)'],
  seasonOffset: ['Sommerzeit (min)', 'Summer time (min)'],
  unit: ['Einheit in Worten', 'Unit in words'],
  valueType: ['Art der Zahl', 'Kind of number'],
  name: ['Bezeichnung', 'Designation'],
  time: ['Zeit in Worten', 'Time in words'],
  measurementId: ['Laufende Nummer', 'Sequence number'],
  evseId: ['Ladepunkt', 'Charge point'],
  EVSEId: ['Ladepunkt', 'Charge point'],
  chargingStationId: ['Ladesäule', 'Station'],
  serialNumber: ['Seriennummer der Ladesäule', 'Serial number of the station'],
  controllerSoftwareVersion: ['Software der Ladesäule', 'Software of the station'],
  compliance: ['Konformität', 'Compliance'],
  begin: ['Anfang laut Datei', 'Start as the file says'],
  end: ['Ende laut Datei', 'End as the file says'],
  tariffId: ['Tarif', 'Tariff'],
  energyMeterId: ['Zähler', 'Meter'],
  street: ['Straße', 'Street'],
  houseNumber: ['Hausnummer', 'House number'],
  zipCode: ['Postleitzahl', 'Postal code'],
  postalCode: ['Postleitzahl', 'Postal code'],
  town: ['Ort', 'Town'],
  city: ['Ort', 'Town'],
  country: ['Land', 'Country'],
  lat: ['Geografische Breite', 'Latitude'],
  lon: ['Geografische Länge', 'Longitude'],
  lng: ['Geografische Länge', 'Longitude'],
}
