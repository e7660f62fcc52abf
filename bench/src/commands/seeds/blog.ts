import { blogCategoryCollection } from '@mealprep360/blog/models/blog-category';
import { blogCommentCollection, type BlogCommentRecord } from '@mealprep360/blog/models/blog-comment';
import { blogPostCollection, type BlogPostRecord } from '@mealprep360/blog/models/blog-post';
import { blogTagCollection } from '@mealprep360/blog/models/blog-tag';
import { newId } from '@mealprep360/mongo/id';
import type { Seed, Size } from '../measure.ts';
import { hour, times } from './times.ts';

/** Published posts of one author, who looks; all of one category, each with tags, recipes and comments. */
export const seedBlog: Seed = async (db, size) => {
  const author = newId();
  const postLists = ['Query.blogPosts', 'User.blogPosts', 'BlogCategory.posts', '_entities.BlogPost'];
  const perPost = size('BlogPost.tags', 10);
  const tagIds = times(Math.max(size('Query.blogTags'), size('_entities.BlogTag'), perPost), newId);
  const categoryIds = times(Math.max(size('Query.blogCategories'), size('_entities.BlogCategory')), newId);
  // Every tag is one that a post has: the lists of tags are those of posts.
  const count = Math.max(...postLists.map(list => size(list)), Math.ceil(tagIds.length / perPost));
  const posts = times(count, index => {
    const tags = times(perPost, nth => tagIds[(index * perPost + nth) % tagIds.length] ?? '');
    return post(index, author, categoryIds[0] ?? null, tags, size);
  });
  const comments = posts.flatMap(written => commentsOn(written, size));
  const named = (kind: string) => (_id: string, index: number) => ({
    ...{ _id, slug: `${kind}-${index}`, name: `${kind} ${index}`, key: `${kind} ${index}` },
  });
  await db.model(blogCategoryCollection).insertMany(categoryIds.map(named('category')));
  await db.model(blogTagCollection).insertMany(tagIds.map(named('tag')));
  await db.model(blogPostCollection).insertMany(posts);
  await db.model(blogCommentCollection).insertMany(comments);
  return {
    viewer: { userId: author },
    arguments: {
      'Query.blogPost.id': posts[0]?._id,
      'Query.blogPosts.filter': { authorId: author },
      '_entities.BlogPost': posts.slice(0, size('_entities.BlogPost')).map(({ _id }) => _id),
      '_entities.BlogComment': comments.slice(0, size('_entities.BlogComment')).map(({ _id }) => _id),
      '_entities.BlogCategory': categoryIds.slice(0, size('_entities.BlogCategory')),
      '_entities.BlogTag': tagIds.slice(0, size('_entities.BlogTag')),
      '_entities.User': times(size('_entities.User'), index => (index === 0 ? author : newId())),
    },
  };
};

function post(
  index: number,
  authorId: string,
  categoryId: string | null,
  tagIds: string[],
  size: Size,
): BlogPostRecord {
  return {
    ...{ _id: newId(), slug: `post-${index}`, authorId, title: `Post ${index}`, excerpt: 'Words.' },
    ...{ bodyMarkdown: 'Words.', bodyHtml: '<p>Words.</p>\n', rendering: 1, categoryId, tagIds },
    recipeIds: times(size('BlogPost.recipes', 20), newId),
    ...{ heroImage: null, version: 2, createdAt: hour(index), listedAt: hour(index) },
    ...{ publishAt: hour(index), archived: false, announced: true },
  };
}

/** Each answers the one before it. */
const commentsOn = ({ _id: postId, authorId: postAuthorId }: BlogPostRecord, size: Size): BlogCommentRecord[] => {
  const ids = times(Math.max(size('BlogPost.comments'), Math.ceil(size('_entities.BlogComment') / 2)), newId);
  return ids.map((_id, index) => ({
    ...{ _id, postId, postAuthorId, authorId: newId(), body: 'Good.', replyToId: ids[index - 1] ?? null },
    ...{ status: 'APPROVED', createdAt: hour(index) },
  }));
};
