/** A line of a page, in points from the lower left corner. */
export interface PrintedLine {
  text: string;
  size?: number;
  x?: number;
  y: number;
}

/** A PDF document that programs can open; `encrypt` locks it with a password that nobody knows. */
export function createPdf(
  pages: PrintedLine[][],
  options: { title?: string; modified?: string; encrypt?: boolean } = {},
): Buffer {
  const objects: string[] = ['<< /Type /Catalog /Pages 2 0 R >>', ''];
  const add = (body: string) => objects.push(body);
  const font = add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
  const kids = pages.map((lines) => {
    const drawn = lines.map(
      ({ text, size = 11, x = 72, y }) => `BT /F1 ${size} Tf 1 0 0 1 ${x} ${y} Tm (${escaped(text)}) Tj ET`,
    );
    const stream = drawn.join('\n');
    const content = add(`<< /Length ${Buffer.byteLength(stream, 'latin1')} >>\nstream\n${stream}\nendstream`);
    return add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${content} 0 R /Resources << /Font << /F1 ${font} 0 R >> >> >>`,
    );
  });
  objects[1] = `<< /Type /Pages /Count ${kids.length} /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] >>`;
  const info = add(`<< /Title (${escaped(options.title ?? '')}) /ModDate (${options.modified ?? ''}) >>`);
  const junk = 'A1'.repeat(32);
  const locked = options.encrypt
    ? `/Encrypt ${add(`<< /Filter /Standard /V 1 /R 2 /P -44 /O <${junk}> /U <${junk}> >>`)} 0 R /ID [<${junk}> <${junk}>]`
    : '';
  return assemble(objects, `/Root 1 0 R /Info ${info} 0 R ${locked}`);
}

function assemble(objects: string[], trailer: string): Buffer {
  let file = '%PDF-1.4\n';
  const offsets = objects.map((body, at) => {
    const offset = file.length;
    file += `${at + 1} 0 obj\n${body}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const start = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join('')}`;
  file += `trailer\n<< /Size ${objects.length + 1} ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}

function escaped(text: string): string {
  return text.replace(/[\\()]/g, '\\$&').replaceAll('•', '\\225');
}
