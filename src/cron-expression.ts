const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const DAYS = 'sun mon tue wed thu fri sat'.split(' ');

interface CronField {
  min: number;
  max: number;
  names: string[];
}

const SECOND: CronField = { min: 0, max: 59, names: [] };
const FIELDS: CronField[] = [
  { min: 0, max: 59, names: [] },
  { min: 0, max: 23, names: [] },
  { min: 1, max: 31, names: [] },
  { min: 1, max: 12, names: MONTHS },
  { min: 0, max: 7, names: DAYS },
];

/**
 * Five fields, or six with seconds first: `*`, numbers, names, ranges, lists and steps. Checked here so that a
 * wrong schedule stops the start instead of the first night.
 */
export function isCronExpression(text: string): boolean {
  const parts = text.trim().split(/\s+/);
  const fields = parts.length === 6 ? [SECOND, ...FIELDS] : FIELDS;
  return parts.length === fields.length && fields.every((field, i) => isField(parts[i] ?? '', field));
}

function isField(text: string, field: CronField): boolean {
  return text.split(',').every((item) => {
    const [range = '', step, ...rest] = item.split('/');
    if (rest.length > 0 || (step !== undefined && !/^[1-9]\d?$/.test(step))) return false;
    if (range === '*') return true;
    const ends = range.split('-').map((end) => numberOf(end, field));
    // A step counts through a range; `5/10` means different things to different schedulers.
    if (step !== undefined && ends.length !== 2) return false;
    const known = ends.filter((end) => end !== undefined);
    const [from = 0, to = from] = known;
    return known.length === ends.length && ends.length <= 2 && from <= to;
  });
}

function numberOf(text: string, field: CronField): number | undefined {
  const named = field.names.indexOf(text.toLowerCase());
  const value = named >= 0 ? named + field.min : /^\d{1,2}$/.test(text) ? Number(text) : undefined;
  return value !== undefined && value >= field.min && value <= field.max ? value : undefined;
}
