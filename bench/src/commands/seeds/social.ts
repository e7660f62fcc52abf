import { newId } from '@mealprep360/mongo/id';
import { commentCollection, type CommentRecord } from '@mealprep360/social/models/comment';
import { followCollection } from '@mealprep360/social/models/follow';
import { likeCollection } from '@mealprep360/social/models/like';
import { socialPostCollection, type SocialPostRecord } from '@mealprep360/social/models/social-post';
import { userProfileCollection } from '@mealprep360/social/models/user-profile';
import type { Seed, Size } from '../measure.ts';
import { hour, times } from './times.ts';

/** Posts of one author about one recipe, each with comments of many people, who also follow; the author looks. */
export const seedSocial: Seed = async (db, size) => {
  const lists = ['SocialProfile.followers', 'SocialProfile.following', '_entities.User', '_entities.SocialProfile'];
  const comments = Math.max(size('SocialPost.comments'), size('_entities.Comment'));
  const people = times(Math.max(comments, ...lists.map(list => size(list))) + 1, newId);
  const [author = '', ...others] = people;
  const recipes = times(size('_entities.Recipe'), newId);
  const posts = postsOf(author, recipes[0] ?? '', size);
  const talk = posts.flatMap(post => talkAt(post, others.slice(0, comments)));
  await db.model(userProfileCollection).insertMany(
    people.map((_id, index) => ({
      ...{ _id, handle: `cook_${index}`, bio: null, followerCount: 2, followingCount: 2, createdAt: hour(index) },
    })),
  );
  await db.model(socialPostCollection).insertMany(posts);
  await db.model(commentCollection).insertMany(talk);
  await db
    .model(likeCollection)
    .insertMany(posts.map(({ _id: postId, createdAt }) => ({ _id: newId(), postId, userId: author, createdAt })));
  const follows = [
    ...others.slice(0, size('SocialProfile.followers')).map(other => [other, author] as const),
    ...others.slice(0, size('SocialProfile.following')).map(other => [author, other] as const),
  ];
  await db.model(followCollection).insertMany(
    follows.map(([followerId, followeeId], index) => ({
      ...{ _id: newId(), followerId, followeeId, createdAt: hour(index) },
    })),
  );
  return {
    viewer: { userId: author },
    arguments: {
      'Query.socialPost.id': posts[0]?._id,
      'Query.socialProfile.handle': 'cook_0',
      '_entities.Recipe': recipes,
      '_entities.User': people.slice(0, size('_entities.User')),
      '_entities.SocialProfile': people.slice(0, size('_entities.SocialProfile')),
      '_entities.SocialPost': posts.slice(0, size('_entities.SocialPost')).map(({ _id }) => _id),
      '_entities.Comment': talk.slice(0, size('_entities.Comment')).map(({ _id }) => _id),
    },
  };
};

function postsOf(authorId: string, recipeId: string, size: Size): SocialPostRecord[] {
  const lists = ['Query.feed', 'SocialProfile.posts', 'Recipe.socialPosts', '_entities.SocialPost'];
  const images = times(size('SocialPost.images', 10), index => `https://example.org/${index}.jpg`);
  return times(Math.max(...lists.map(list => size(list))), index => ({
    ...{ _id: newId(), authorId, body: `Post ${index}`, images, recipeId, mealPlanId: newId() },
    ...{ likeCount: 1, commentCount: 2, createdAt: hour(index) },
  }));
}

/** One comment of each, which answers the one before. */
function talkAt({ _id: postId, authorId: postAuthorId }: SocialPostRecord, people: readonly string[]): CommentRecord[] {
  const ids = people.map(newId);
  return people.map((authorId, index) => ({
    ...{ _id: ids[index] ?? newId(), postId, postAuthorId, authorId, body: 'Yum' },
    ...{ replyToId: ids[index - 1] ?? null, createdAt: hour(index) },
  }));
}
