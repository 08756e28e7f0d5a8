import { mailLink } from "#app/accounts/mail-link.ts";
import type { Job } from "#app/core/jobs.ts";
import { sweepFiles } from "#app/core/files/sweep-files.ts";
import { sendMailJob } from "#app/core/mail.ts";
import { keepSearch } from "#app/discovery/search-upkeep.ts";
import { closeOnTime } from "#app/forums/auto-close.ts";
import { renderPosts } from "#app/forums/render-posts.ts";
import { mineAll } from "#app/insights/mine-everything.ts";

/** Every job the worker can run. */
export const jobs: Job[] = [closeOnTime, keepSearch, mailLink, mineAll, renderPosts, sendMailJob, sweepFiles];
