import { readSaved, save } from './saved.js';

const NEXT = { auto: 'light', light: 'dark', dark: 'auto' };

export const readTheme = () => readSaved('theme', 'auto');

/** Paints the page light, dark, or as the system says ('auto'). */
export function applyTheme(theme) {
  document.documentElement.dataset.theme = theme;
}

export function turnTheme(theme) {
  const next = NEXT[theme] ?? 'auto';
  save('theme', next);
  applyTheme(next);
  return next;
}
