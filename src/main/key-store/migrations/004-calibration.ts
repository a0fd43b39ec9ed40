/**
 * Version 4: until which year the meter of a key is calibrated, as the user read it off.
 *
 * @module
 */
export const calibration = /* sql */ `
ALTER TABLE statement ADD COLUMN calibrated_until INTEGER
  CHECK (calibrated_until BETWEEN 2000 AND 2199);
`
