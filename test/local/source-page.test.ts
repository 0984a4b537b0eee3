import { expect, onTestFinished, test } from 'vitest';
import { startLocalServer } from '../../src/local/server.ts';

test('a cited page of a made-up help centre is shown as text, whatever stands in it', async () => {
  const hostile = '<script>alert(1)</script> & "quotes"';
  const server = await startLocalServer({
    findSource: async (url) =>
      url === 'https://help.example/a' ? { title: hostile, text: hostile } : undefined,
  });
  onTestFinished(() => server.stop());
  const found = await fetch(`${server.url}/source?url=${encodeURIComponent('https://help.example/a')}`);
  const html = await found.text();
  expect(found.status).toBe(200);
  expect(html).not.toContain('<script');
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quotes&quot;');
  expect(found.headers.get('content-security-policy')).toContain("default-src 'none'");
  const missing = await fetch(`${server.url}/source?url=https://help.example/b`);
  expect(missing.status).toBe(404);
  expect(await (await fetch(`${server.url}/source`)).text()).toContain('no page with this address');
});
