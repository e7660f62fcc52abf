import { commands } from './figures/commands.ts';
import { diets } from './figures/diets.ts';
import { doorsFigure } from './figures/doors.ts';
import { house } from './figures/house.ts';
import { ingredients } from './figures/ingredients.ts';
import { parts } from './figures/parts.ts';
import { runFigures } from './run-figures.ts';

const figures = [ingredients, diets, commands, doorsFigure, parts, house];
process.exitCode = await runFigures('npm run bench', figures, process.argv.slice(2));
