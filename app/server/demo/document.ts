export { markdownToDocument as documentOf } from "#app/core/rich-text.ts";
