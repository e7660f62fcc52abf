import express, { type Express, type Response } from 'express';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

// The last GraphiQL that comes as one file: it runs without the internet and without a build step.
const react = dirname(require.resolve('react/package.json'));
const reactDom = dirname(require.resolve('react-dom/package.json'));
const graphiql = dirname(require.resolve('graphiql/package.json'));
const files: Readonly<Record<string, string>> = {
  'react.js': join(react, 'umd/react.production.min.js'),
  'react-dom.js': join(reactDom, 'umd/react-dom.production.min.js'),
  'graphiql.js': join(graphiql, 'graphiql.min.js'),
  'graphiql.css': join(graphiql, 'graphiql.min.css'),
};

// Nothing of the page may come from elsewhere, so a machine without internet shows the same.
const policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:";

/** GraphiQL at /graphiql, from this machine's own files; `?query=` and `?variables=` fill its editors. */
export function graphiqlPage(app: Express): void {
  const page = express.Router();
  const own = join(import.meta.dirname, '../graphiql');
  page.get('/', (_, response) => {
    response.setHeader('content-security-policy', policy);
    send(response, join(own, 'index.html'));
  });
  page.get('/start.js', (_, response) => {
    send(response, join(own, 'start.js'));
  });
  for (const [name, file] of Object.entries(files)) {
    page.get(`/${name}`, (_, response) => {
      send(response, file);
    });
  }
  app.use('/graphiql', page);
}

const send = (response: Response, file: string): void => {
  response.sendFile(basename(file), { root: dirname(file), dotfiles: 'allow' });
};
