const LIGHT =
  '--back:#faf9f6;--card:#ffffff;--ink:#1b1f24;--muted:#59636e;--line:#dcdfe4;--good:#1b7f4d;--bad:#b3401a;--tint:#eef3fb;--s0:#2a6fdb;--s1:#a0a9b5;--s2:#c2571a;--s3:#1b8a5a';
const DARK =
  '--back:#0f1216;--card:#171b21;--ink:#e9edf2;--muted:#9ba6b2;--line:#2f363f;--good:#54c48a;--bad:#f08a5d;--tint:#1a2433;--s0:#5b9bff;--s1:#6b7683;--s2:#e8915a;--s3:#4dbb87';

/** Colours of reports and pictures, light and dark; paper is white whatever the screen is. */
export const THEME = `:root{color-scheme:light dark;${LIGHT}}
@media(prefers-color-scheme:dark){:root{${DARK}}}
@media print{:root{color-scheme:light;${LIGHT};--back:#fff}}`;

/** Classes that the pictures use. `s0` is the search that is judged, the others are what it is held against. */
export const PICTURE_STYLE = `svg text{font:12px system-ui,-apple-system,"Segoe UI",sans-serif;fill:var(--ink);font-variant-numeric:tabular-nums}
svg .t{font-size:13px;font-weight:600}svg .s{fill:var(--muted);stroke:var(--card);stroke-width:4px;paint-order:stroke;stroke-linejoin:round}svg .x{font-size:10.5px;fill:var(--muted)}
svg .g{stroke:var(--line)}svg .a{stroke:var(--muted)}svg .i{stroke:var(--ink);stroke-width:1.4}
svg .m{fill:none;stroke:var(--ink);stroke-width:2}svg .b{fill:var(--card)}
svg .s0{fill:var(--s0)}svg .s1{fill:var(--s1)}svg .s2{fill:var(--s2)}svg .s3{fill:var(--s3)}`;
