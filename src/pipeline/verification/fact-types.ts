export interface CalendarDay {
  year?: number;
  month?: number;
  day?: number;
}

/** A number, with the unit or currency it counts when one is written with it. */
export interface QuantityFact {
  kind: 'quantity';
  text: string;
  value: number;
  unit?: { name: string; factor: number };
}

/** 03/04/2021 has two readings. */
export interface DateFact {
  kind: 'date';
  text: string;
  readings: CalendarDay[];
}

export interface TimeFact {
  kind: 'time';
  text: string;
  minuteOfDay: number;
  /** Neither a.m. nor p.m. was written and the hour fits both. */
  isVague: boolean;
}

/** Compared as written: versions, addresses, weekdays, and codes such as S3. */
export interface NameFact {
  kind: 'version' | 'url' | 'code' | 'weekday';
  text: string;
  key: string;
}

/** The "month" of "$5 per month". */
export interface RateFact {
  kind: 'rate';
  text: string;
  unit: string;
}

export type Fact = QuantityFact | DateFact | TimeFact | NameFact | RateFact;
