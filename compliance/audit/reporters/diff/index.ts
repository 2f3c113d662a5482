export { COMMENT_MARK, diffMarkdown } from './markdown';
export { diffText } from './text';
