/**
 * The members of a ChargePoint receipt: German and English beside each other.
 *
 * @module
 */
import type { FieldLabels } from './labels.ts'

export const chargepoint: FieldLabels = {
  outlet: ['Anschluss', 'Outlet'],
  session_id: ['Ladevorgang', 'Session'],
  station_mac: ['Ladesäule (MAC)', 'Station (MAC)'],
  driver_info: ['Nutzerkennung', 'User identification'],
  meter_serial: ['Seriennummer des Zählers', 'Serial number of the meter'],
  meter_startreading: ['Zählerstand am Anfang', 'Reading at the start'],
  meter_endreading: ['Zählerstand am Ende', 'Reading at the end'],
  total_energy: ['Energie', 'Energy'],
  energy_units: ['Einheit', 'Unit'],
  start_time: ['Anfang (Sekunden seit 1970)', 'Start (seconds since 1970)'],
  end_time: ['Ende (Sekunden seit 1970)', 'End (seconds since 1970)'],
  start_time_utc: ['Anfang UTC (Sekunden seit 1970)', 'Start UTC (seconds since 1970)'],
  end_time_utc: ['Ende UTC (Sekunden seit 1970)', 'End UTC (seconds since 1970)'],
  duration: ['Dauer (s)', 'Duration (s)'],
  seq_num: ['Posten', 'Item'],
  units: ['Menge', 'Quantity'],
  unit_price: ['Preis je Einheit', 'Price per unit'],
  line_item_cost: ['Betrag', 'Amount'],
  company_name: ['Anbieter', 'Company'],
  currency_code: ['Währung', 'Currency'],
  totalAmount: ['Gesamtbetrag', 'Total amount'],
  subtotal: ['Zwischensumme', 'Subtotal'],
  total_tax: ['Steuer', 'Tax'],
  flat_fee: ['Pauschale', 'Flat fee'],
  EVSEId: ['Ladepunkt', 'Charge point'],
}
