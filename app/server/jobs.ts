import { mailLink } from "#app/accounts/mail-link.ts";
import { applyRule } from "#app/community/group-rules.ts";
import type { Job } from "#app/core/jobs.ts";
import { tidyQueue } from "#app/core/tidy-queue.ts";
import { sweepFiles } from "#app/core/files/sweep-files.ts";
import { sendMailJob } from "#app/core/mail.ts";
import { compareSearch, keepSearch } from "#app/discovery/search-upkeep.ts";
import { closeOnTime } from "#app/forums/auto-close.ts";
import { publishOnTime, publishOverdue } from "#app/blogs/publish-article.ts";
import { forgetErased } from "#app/forums/purge/forget-erased.ts";
import { renderPosts } from "#app/forums/render-posts.ts";
import { sendBriefs } from "#app/insights/brief.ts";
import { countThemes } from "#app/insights/count-later.ts";
import { drawWeekly } from "#app/insights/draw-weekly.ts";
import { learn } from "#app/insights/learning/learn.ts";
import { mailDecision } from "#app/insights/mail-decision.ts";
import { mineDue } from "#app/insights/mine-due.ts";
import { mineAll } from "#app/insights/mine-everything.ts";
import { readTwice } from "#app/insights/read-twice.ts";
import { mineTalk, recount } from "#app/insights/recount.ts";
import { scoreDaily } from "#app/insights/score-themes.ts";
import { summariseThemes } from "#app/insights/language-model/summarise.ts";
import { tellOfDecision } from "#app/insights/tell.ts";
import { tellOverdue } from "#app/notifications/notify-knowledge.ts";
import { tellHub } from "#app/outside/tell-hub.ts";
import { freshenLinks, renderPages } from "#app/wikis/freshen-links.ts";

/** Every job the worker can run. */
export const jobs: Job[] = [applyRule, closeOnTime, compareSearch, countThemes, drawWeekly, forgetErased, freshenLinks, keepSearch, learn, mailDecision, mailLink, mineAll, mineDue, mineTalk, recount, publishOnTime, publishOverdue, readTwice, renderPages, renderPosts, scoreDaily, sendBriefs, sendMailJob, summariseThemes, sweepFiles, tellHub, tellOfDecision, tellOverdue, tidyQueue];
