// `npm start` on a repository of fakes: the first argument is its root.
import { launch } from '../src/launcher.ts';

const [root, ...args] = process.argv.slice(2);
process.exit(await launch(args, root));
