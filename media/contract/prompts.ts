/** Languages in which the media server has announcements: a file each in `media/server/prompts/`. */
export const PROMPT_LANGUAGES: readonly string[] = ['de', 'en', 'es', 'fr'];
