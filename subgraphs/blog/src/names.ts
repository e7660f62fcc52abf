import { newId } from '@mealprep360/mongo/id';
import { slugOf } from '@mealprep360/service/slug';
import type { Model } from 'mongoose';
import type { Work } from './context.ts';
import { nameKey } from './domain/post-input.ts';
import type { BlogTagRecord } from './models/blog-tag.ts';

/** The slug of a name, with the end of the record's id behind it where another record has that slug already. */
export async function freeSlug<Record extends { slug: string }>(
  { session }: Work,
  model: Model<Record>,
  name: string,
  otherwise: string,
  id: string,
): Promise<string> {
  const slug = slugOf(name, otherwise);
  const taken = await model.exists({ slug } as object).session(session);
  return taken === null ? slug : `${slug}-${id.slice(-6)}`;
}

/** The ids of the tags of these names, in their order; those that are not there yet are made. */
export async function tagsNamed(work: Work, names: readonly string[]): Promise<string[]> {
  const keys = names.map(nameKey);
  const found = await work.tags
    .find({ key: { $in: keys } })
    .session(work.session)
    .lean<BlogTagRecord[]>();
  const ids = new Map(found.map(tag => [tag.key, tag._id]));
  for (const name of names.filter(name => !ids.has(nameKey(name)))) {
    const _id = newId();
    const tag = { _id, slug: await freeSlug(work, work.tags, name, 'tag', _id), name, key: nameKey(name) };
    await work.tags.create([tag], { session: work.session });
    ids.set(tag.key, _id);
  }
  return keys.flatMap(key => ids.get(key) ?? []);
}
