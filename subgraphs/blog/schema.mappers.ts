import type { Page } from '@mealprep360/service/paging';
import type { BlogCategoryRecord } from './src/models/blog-category.ts';
import type { BlogCommentRecord } from './src/models/blog-comment.ts';
import type { ReadPost } from './src/models/blog-post.ts';
import type { BlogTagRecord } from './src/models/blog-tag.ts';

export type BlogPostMapper = ReadPost;
export type BlogCommentMapper = BlogCommentRecord;
export type BlogCategoryMapper = BlogCategoryRecord;
export type BlogTagMapper = BlogTagRecord;
export type BlogPostConnectionMapper = Page<ReadPost>;
export type BlogCommentConnectionMapper = Page<BlogCommentRecord>;
export type UserMapper = { id: string };
