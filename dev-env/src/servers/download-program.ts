// Run by download.ts: fetches mongod into the folder given, and answers its parent with the path or the reason.
import { MongoBinary } from 'mongodb-memory-server-core';

const [folder = '.'] = process.argv.slice(2);

process.on('disconnect', () => process.exit(1));
try {
  process.send?.({ path: await MongoBinary.getPath({ downloadDir: folder, checkMD5: true }) });
} catch (error) {
  process.send?.({ error: String(error).replace(/\s+/g, ' ').slice(0, 240) });
}
process.disconnect();
