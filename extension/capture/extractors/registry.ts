import { article } from "./article.ts";
import { event } from "./event.ts";
import type { Extractor } from "./extractor.ts";
import { job } from "./job.ts";
import { organisation } from "./organisation.ts";
import { page } from "./page.ts";
import { paper } from "./paper.ts";
import { person } from "./person.ts";
import { place } from "./place.ts";
import { product } from "./product.ts";
import { recipe } from "./recipe.ts";
import { repository } from "./repository.ts";
import { video } from "./video.ts";

/** Every kind a whole page can be, one line each. Between equally confident claims the earlier one wins. */
export const extractors: readonly Extractor[] = [
	paper,
	repository,
	recipe,
	job,
	product,
	event,
	article,
	video,
	place,
	person,
	organisation,
	page,
];
