import { escapeHtml } from './html.ts';
import { PICTURE_STYLE, THEME } from './theme.ts';

const STYLE = `${THEME}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--back);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",sans-serif}
main{max-width:1216px;margin:0 auto;padding:56px 32px 96px}
h1,h2{font-family:"Iowan Old Style","Palatino Linotype",Palatino,"Book Antiqua",Georgia,serif;font-weight:600;text-wrap:balance}
h1{font-size:clamp(30px,5vw,46px);line-height:1.12;letter-spacing:-.015em;margin:.1em 0 .35em}
h2{font-size:27px;line-height:1.2;margin:0 0 .4em}
h3{font-size:13px;letter-spacing:.06em;text-transform:uppercase;color:var(--muted);margin:36px 0 12px;font-weight:600}
p{max-width:68ch;margin:0 0 1em;text-wrap:pretty}
.eyebrow,.note{color:var(--muted);font-size:14px}.eyebrow{margin:0}
.note{max-width:none}
section{border-top:1px solid var(--line);margin-top:56px;padding-top:32px}
.verdict{background:var(--card);border:1px solid var(--line);border-left:5px solid var(--good);border-radius:6px;padding:14px 18px;max-width:none;margin:20px 0}
.verdict.bad{border-left-color:var(--bad)}.verdict b{color:var(--good)}.verdict.bad b{color:var(--bad)}
.panels{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,300px),1fr));gap:16px}
.panels>*{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:16px 16px 10px;margin:0;break-inside:avoid}
svg{display:block;width:100%;height:auto;max-width:420px}
.legend{display:flex;flex-wrap:wrap;gap:6px 22px;list-style:none;margin:0 0 16px;padding:0;font-size:14px;color:var(--muted)}
.legend i{display:inline-block;width:12px;height:12px;border-radius:3px;margin-right:8px;vertical-align:-1px}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:8px;background:var(--card)}
table{border-collapse:collapse;width:100%;font-size:14px;font-variant-numeric:tabular-nums}
th,td{padding:8px 9px;text-align:right;white-space:nowrap;border-top:1px solid var(--line);vertical-align:top}
thead th{border-top:0;color:var(--muted);font-weight:600;font-size:12.5px}
th:first-child,td:first-child,.words{text-align:left}th:first-child,td:first-child{padding-left:14px}
tbody th{font-weight:600}th small{font-weight:400}
small{color:var(--muted);font-size:11.5px;display:block;line-height:1.3}
.good{color:var(--good)}.bad{color:var(--bad)}
.worst td{white-space:normal;text-align:left}.worst td:nth-child(1){width:38%}.worst td:nth-child(2){width:27%}
code{font:12.5px/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.worst ol{margin:0;padding-left:1.5em}.worst li{padding-left:2px}.worst li::marker{color:var(--muted)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:6px 20px;font-size:14px;margin:0}
dt{color:var(--muted)}dd{margin:0;overflow-wrap:anywhere}
details summary{cursor:pointer;font-size:14px;color:var(--muted)}
@media(max-width:640px){
main{padding:32px 18px 64px}section{margin-top:40px;padding-top:24px}
tbody th:first-child,thead th:first-child{position:sticky;left:0;background:var(--card)}
tbody th:first-child{white-space:normal;overflow-wrap:anywhere;min-width:130px;max-width:150px}
.scroll.worst{border:0;background:none}.worst table,.worst tbody,.worst tr,.worst td{display:block;width:auto!important}
.worst thead{display:none}.worst tr{background:var(--card);border:1px solid var(--line);border-radius:8px;margin-bottom:12px;padding:6px 0}
.worst td{border:0;padding:6px 14px}.worst td:first-child{font-weight:600}.worst small{font-weight:400}.worst td[data-is]::before{content:attr(data-is);display:block;color:var(--muted);font-size:12px}
dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:8px}}
@media print{body{font-size:10.5pt}main{max-width:none;padding:0}section{break-before:page;border:0;margin:0;padding:0}
.panels{grid-template-columns:repeat(3,1fr)}tr,.verdict{break-inside:avoid}.scroll{overflow:visible}th,td{padding:4px 6px}table{font-size:9pt}}
${PICTURE_STYLE}`;

/** A page on its own: nothing is loaded from anywhere, so it can be mailed, archived and printed. */
export function renderPage(title: string, body: string[]): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none';style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
<main>
${body.filter((part) => part !== '').join('\n')}
</main>
</html>
`;
}

/** A table whose first column names its row. Cells are HTML. */
export function renderTable(head: string[], rows: string[][]): string {
  const body = rows.map(
    ([name = '', ...cells]) =>
      `<tr><th scope="row">${name}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`,
  );
  return `<div class="scroll"><table><thead><tr>${head.map((cell) => `<th scope="col">${cell}</th>`).join('')}</tr></thead>
<tbody>${body.join('\n')}</tbody></table></div>`;
}
