// What one browser remembers between visits. Storage can be forbidden (private windows): then nothing is kept.
const PREFIX = 'countersign.local.';

export function readSaved(name, fallback) {
  try {
    const text = localStorage.getItem(PREFIX + name);
    return text === null ? fallback : JSON.parse(text);
  } catch {
    return fallback;
  }
}

export function save(name, value) {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // Not remembered; the page works the same without it.
  }
}
