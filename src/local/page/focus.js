/** Puts the cursor into a pane's composer. Not on a touch screen, where it would raise the keyboard. */
export function focusComposer(pane) {
  if (!matchMedia('(hover: hover)').matches) return;
  requestAnimationFrame(() => document.querySelector(`${pane} .composer textarea`)?.focus());
}
