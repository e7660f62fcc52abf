import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative, sep } from 'node:path';
import { edited, type Tooth } from './tooth.ts';

const LEFT_OUT = new Set(['.git', '.mealprep360', 'coverage']);

/** A copy of the whole tree in a folder of its own, in which a tooth's edits are made. */
export interface CopyOfHouse {
  folder: string;
  remove: () => void;
}

/**
 * Copies the tree with what git ignores and the house needs. Packages of the repository are linked by relative links,
 * which lead into the copy; all others lie in one folder, which the copy shares with the original.
 */
export function copyOfHouse(root: string, tooth: Tooth): CopyOfHouse {
  const folder = mkdtempSync(join(tmpdir(), 'mealprep360-tooth-'));
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    cpSync(root, folder, { recursive: true, verbatimSymlinks: true, filter: path => isNeeded(root, path) });
    symlinkSync(join(root, 'node_modules', '.pnpm'), join(folder, 'node_modules', '.pnpm'));
    for (const { file, by } of tooth.rivals ?? []) {
      cpSync(join(folder, 'tests/chaos/teeth/rivals', by), join(folder, file));
    }
    for (const file of new Set(tooth.edits.map(edit => edit.file))) {
      const path = join(folder, file);
      writeFileSync(path, edited(tooth, file, readFileSync(path, 'utf8')));
    }
    return { folder, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function isNeeded(root: string, path: string): boolean {
  const parts = relative(root, path).split(sep);
  if (parts.some(part => LEFT_OUT.has(part))) return false;
  const inside = parts.slice(parts.indexOf('node_modules') + 1);
  // of the packages only the links to them; the package manager's own files begin with a dot
  return inside.length === parts.length || !basename(path).startsWith('.');
}
