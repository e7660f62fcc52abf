import type { OpenApi } from './openapi.ts';

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
code,pre{font:14px/1.4 ui-monospace,monospace}pre{background:#f4f4f4;padding:1rem;overflow:auto}
table{border-collapse:collapse}td,th{text-align:left;padding:.25rem 1rem .25rem 0;vertical-align:top}
@media(prefers-color-scheme:dark){body{background:#111;color:#eee}pre{background:#222}a{color:#8cf}}`;

/** The description as a page that needs nothing else: no script, no file of others. */
export function openApiPage(api: OpenApi): string {
  const routes = Object.entries(api.paths).map(([path, { get }]) => {
    const rows = Object.entries(get.responses).map(
      ([status, { description, content }]) =>
        `<tr><th>${status}<td>${escaped(description)}<td>${Object.values(content ?? {})
          .map(linked)
          .join(' ')}`,
    );
    return `<h2>GET ${escaped(path)}</h2><p>${escaped(get.summary)}.</p><table>${rows.join('')}</table>`;
  });
  const shown = Object.values(api.paths).map(({ get }) => get.operationId);
  const named = Object.entries(api.components.schemas);
  const screensFirst = [
    ...named.filter(([name]) => shown.includes(name)),
    ...named.filter(([name]) => !shown.includes(name)),
  ];
  const schemas = screensFirst.map(
    ([name, schema]) =>
      `<h3 id="${escaped(name)}">${escaped(name)}</h3><pre>${escaped(JSON.stringify(schema, null, 2))}</pre>`,
  );
  const { title, description } = api.info;
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title><style>${STYLE}</style>
<h1>${escaped(title)}</h1><p>${escaped(description)} Send <code>Authorization: Bearer &lt;access token&gt;</code>, and no parameter.
As <a href="/openapi.json">OpenAPI JSON</a>.</p>${routes.join('')}<h2>Schemas</h2>${schemas.join('')}</html>`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function linked({ schema }: { schema: { $ref: string } }): string {
  const name = escaped(schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1));
  return `<a href="#${name}">${name}</a>`;
}
