import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { node, top } from './install.mjs';
import { run } from './run.mjs';

const apps = ['display', 'counter'];
/** What a public page loads before it shows anything, scripts and styles, gzipped, at most so many bytes. */
const budget = 60 * 1024;
const stampFile = join(top, 'node_modules/.antrean/built');

/** Every file the screens are built from, by content. */
const stampOfSources = () => {
  const hash = createHash('sha256');
  for (const folder of [...apps, 'shared']) {
    const files = readdirSync(join(top, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .filter((path) => !/[\\/](node_modules|dist)[\\/]/.test(path))
      .sort();
    for (const file of files) hash.update(file.slice(top.length)).update(readFileSync(file));
  }
  hash.update(readFileSync(join(top, 'pnpm-lock.yaml')));
  return hash.digest('hex');
};

/** Builds the screens unless they are built from what is there. Ends the process when that fails. */
export const build = async () => {
  const stamp = stampOfSources();
  const isBuilt = apps.every((app) => existsSync(join(top, app, 'dist')));
  if (isBuilt && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  console.log('Building the screens …');
  for (const app of apps) {
    const vite = join(top, app, 'node_modules/vite/bin/vite.js');
    const code = await run(node, [vite, 'build', '--logLevel', 'warn'], {
      cwd: join(top, app),
      env: { ...process.env, NODE_ENV: 'production' },
    });
    if (code !== 0) {
      console.error(`The screens of ${app}/ could not be built: see above.`);
      process.exit(1);
    }
  }
  for (const [page, bytes] of publicPages()) {
    if (bytes <= budget) continue;
    console.error(
      `${page} loads ${bytes} bytes (gzip), more than the ${budget} that a public page may: make it smaller.`,
    );
    process.exit(1);
  }
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, stamp);
};

/** Each page of the public screens with what it loads at once, the largest catalogue too, in bytes as gzip makes them. */
export const publicPages = () => {
  const dist = join(top, 'display/dist');
  const sizeOf = (path) => gzipSync(readFileSync(join(dist, path))).length;
  const languages = readdirSync(join(top, 'shared/locales')).flatMap(
    (name) => /^([a-z]+)\.json$/.exec(name)?.[1] ?? [],
  );
  const catalogues = readdirSync(join(dist, 'assets')).filter((name) => languages.includes(name.split('-')[0]));
  const largest = Math.max(...catalogues.map((name) => sizeOf(`assets/${name}`)));
  return readdirSync(dist)
    .filter((page) => existsSync(join(dist, page, 'index.html')))
    .map((page) => {
      const text = readFileSync(join(dist, page, 'index.html'), 'utf8');
      const assets = [...text.matchAll(/"\/display\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, path]) => path);
      return [page, sizeOf(`${page}/index.html`) + assets.reduce((sum, path) => sum + sizeOf(path), largest)];
    });
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await build();
