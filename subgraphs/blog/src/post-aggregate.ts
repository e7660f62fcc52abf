import { BlogPostPublished } from '@mealprep360/contracts/blog';
import { id } from '@mealprep360/contracts/vocabulary';
import { newId } from '@mealprep360/mongo/id';
import { fault, valid } from '@mealprep360/service/fault';
import type { Work } from './context.ts';
import type { PostDraft } from './domain/post-input.ts';
import { statusOf } from './domain/post-status.ts';
import { RENDERING, renderPost } from './domain/render-post.ts';
import type { BlogPostRecord, ReadPost } from './models/blog-post.ts';
import { freeSlug, tagsNamed } from './names.ts';

// A post changes here only: each change raises its version by one, and its publication is said once.

/** What an author gave, and what follows from the text alone. */
export type WrittenPost = PostDraft & Pick<BlogPostRecord, 'bodyHtml' | 'rendering'>;

/** Renders the text, which takes its time and is done before the transaction. Throws the Fault of `renderPost`. */
export function written(draft: PostDraft): WrittenPost {
  const { bodyHtml, opening } = renderPost(draft.bodyMarkdown);
  return { ...draft, excerpt: draft.excerpt ?? opening, bodyHtml, rendering: RENDERING };
}

/** A post begins, as a draft. */
export async function createPost(work: Work, authorId: string, given: WrittenPost): Promise<ReadPost> {
  const _id = newId();
  const post: BlogPostRecord = {
    ...(await contentOf(work, given)),
    _id,
    slug: await freeSlug(work, work.posts, given.title, 'post', _id),
    authorId,
    version: 1,
    createdAt: work.now,
    listedAt: work.now,
    publishAt: null,
    archived: false,
    announced: false,
  };
  await work.posts.create([post], { session: work.session });
  return { ...post, readAt: work.now };
}

/** The next version of a post; its slug stays, so that links to it hold. Throws a Fault CONFLICT. */
export const editPost = async (work: Work, before: BlogPostRecord, given: WrittenPost): Promise<ReadPost> =>
  replace(work, { ...before, ...(await contentOf(work, given)) });

/** Publishes a post at once, or at a time to come; one that is published already stays as it is. */
export async function publishPost(work: Work, before: BlogPostRecord, at: Date | null): Promise<ReadPost> {
  const later = at !== null && at > work.now;
  if (statusOf(before, work.now) === 'PUBLISHED') {
    if (later) throw fault('ALREADY_PUBLISHED', 'This post is published; archive it first.', ['at']);
    return { ...before, readAt: work.now };
  }
  const publishAt = later ? at : work.now;
  const post = await replace(work, { ...before, publishAt, listedAt: publishAt, archived: false, announced: !later });
  if (!later) announce(work, post);
  return post;
}

/** Says that a post is published; whoever calls this marks it as announced. */
export function announce(work: Work, { _id, authorId, recipeIds, publishAt, version }: BlogPostRecord): void {
  if (publishAt === null) throw new Error(`the draft ${_id} cannot be announced`);
  work.emit(BlogPostPublished.of(_id, version, { id: _id, authorId, recipeIds, publishedAt: publishAt }));
}

/** Takes a post out of everybody's sight but its author's. */
export const archivePost = async (work: Work, before: BlogPostRecord): Promise<ReadPost> =>
  before.archived ? { ...before, readAt: work.now } : replace(work, { ...before, archived: true });

/** A post goes, with its comments. */
export async function deletePost(work: Work, { _id }: BlogPostRecord): Promise<void> {
  await work.posts.deleteOne({ _id }, { session: work.session });
  await work.comments.deleteMany({ postId: _id }, { session: work.session });
  work.entomb('BlogPost', _id);
}

export const conflict = (expected: number) =>
  fault('CONFLICT', `This post is no longer at version ${expected}. Read it again and repeat your edit.`, [
    'expectedVersion',
  ]);

/** A post that this user may change. Throws a Fault POST_NOT_FOUND for all others, seen or not. */
export async function ownPost(work: Work, authorId: string, postId: string): Promise<BlogPostRecord> {
  const _id = valid(id, postId, ['id']);
  const post = await work.posts.findOne({ _id, authorId }).session(work.session).lean<BlogPostRecord>();
  if (post === null) throw fault('POST_NOT_FOUND', 'You have no post of this id.', ['id']);
  return post;
}

async function replace(work: Work, changed: BlogPostRecord): Promise<ReadPost> {
  const post = { ...changed, version: changed.version + 1 };
  const { _id, ...fields } = post;
  const replaced = await work.posts.replaceOne({ _id, version: changed.version }, fields, { session: work.session });
  if (replaced.matchedCount === 0) throw conflict(changed.version);
  return { ...post, readAt: work.now };
}

async function contentOf(work: Work, { tags, ...content }: WrittenPost) {
  const { categoryId } = content;
  if (categoryId !== null && !(await work.categories.exists({ _id: categoryId }).session(work.session))) {
    throw fault('CATEGORY_NOT_FOUND', 'There is no category of this id; see blogCategories.', ['input', 'categoryId']);
  }
  return { ...content, tagIds: await tagsNamed(work, tags) };
}
